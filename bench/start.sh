#!/usr/bin/env bash
# Start of the process to its first answered request, of a ReadyToRun build: bash bench/start.sh [RUNS]
# Needs curl. Prints one line a run, in milliseconds, and the median. It builds the last commit in a folder of its own, as lock files know nothing of such a build.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
runs="${1:-9}"
port="${PORT:-8123}"
work="$(mktemp -d)"
server=""
trap '[ -n "$server" ] && kill "$server" 2> /dev/null; rm -rf "$work"' EXIT

git clone --quiet . "$work/source"
dotnet publish "$work/source/src/Hub/Hub.Cli" -c Release -r linux-x64 --self-contained false -p:PublishReadyToRun=true -o "$work/hub" --verbosity quiet --nologo
cat > "$work/echo.yml" <<'YAML'
llms:
  lines:
    _type: nat_test_llm
    response_seq: [hello]
workflow:
  _type: chat_completion
  llm_name: lines
YAML

for ((i = 0; i < runs; i++)); do
  start=$(date +%s%N)
  "$work/hub/hub" serve --config_file "$work/echo.yml" --port "$port" > "$work/log" 2>&1 &
  server=$!
  tries=0
  until curl --silent --fail --output "$work/answer" --header 'content-type: application/json' --data '{"input_message":"hi"}' "http://127.0.0.1:$port/generate"; do
    if [ $((tries += 1)) -gt 1000 ]; then
      echo "the server did not answer in ten seconds:" >&2
      cat "$work/log" >&2
      exit 1
    fi
    sleep 0.01
  done
  echo $((($(date +%s%N) - start) / 1000000)) >> "$work/times"
  grep -q '"hello"' "$work/answer" || { echo "wrong answer: $(cat "$work/answer")" >&2; exit 1; }
  kill "$server"
  wait "$server" 2> /dev/null || true
  server=""
done
cat "$work/times"
echo "median $(sort -n "$work/times" | sed -n "$(((runs + 1) / 2))p") ms"
