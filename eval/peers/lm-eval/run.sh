#!/usr/bin/env bash
# lm-evaluation-harness against /v1/completions of a hub: multiple choice by log-likelihood and a generation task, over the data of this folder.
# HUB names the program; by default it is built by `dotnet run`. Needs `pip install lm_eval[api]`; says so and ends with 0 where it is not here.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1
if ! command -v lm_eval > /dev/null; then
  echo "skipped: lm_eval is not on this machine (pip install 'lm_eval[api]')"
  exit 0
fi
hub=(${HUB:-dotnet run --project ../../../src/Hub/Hub.Cli --})
said="$(mktemp)"
"${hub[@]}" serve --config_file ../openai-sdk/hub.yml --port 0 --json > "$said" &
server=$!
trap 'kill "$server" 2> /dev/null; rm -f "$said"' EXIT
for _ in $(seq 600); do
  grep -q '"url"' "$said" && break
  kill -0 "$server" 2> /dev/null || { echo "the hub did not start"; exit 1; }
  sleep 0.1
done
url="$(sed -n 's/.*"url"[^"]*"\([^"]*\)".*/\1/p' "$said" | head -1)"
OPENAI_API_KEY=local lm_eval run --model local-completions --include_path . --tasks hub_choice,hub_words \
  --model_args "model=hub-nano,base_url=$url/v1/completions,tokenizer_backend=remote,num_concurrent=4,max_length=1024,tokenized_requests=True" --batch_size 4
