#!/usr/bin/env bash
# Starts a hub on a free port, runs check.mjs against it, stops it. HUB names the program; by default it is built by `dotnet run`.
# Exit status: 0 all checks passed, or node is not here (said in words); 1 otherwise.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1
if ! command -v npm > /dev/null; then
  echo "skipped: node and npm are not on this machine"
  exit 0
fi
npm ci --no-audit --no-fund --loglevel=error || exit 1
hub=(${HUB:-dotnet run --project ../../../src/Hub/Hub.Cli --})
said="$(mktemp)"
HUB_API_KEY=peer-key "${hub[@]}" serve --config_file hub.yml --port 0 --json > "$said" &
server=$!
trap 'kill "$server" 2> /dev/null; rm -f "$said"' EXIT
for _ in $(seq 600); do
  grep -q '"url"' "$said" && break
  kill -0 "$server" 2> /dev/null || { echo "the hub did not start"; exit 1; }
  sleep 0.1
done
url="$(sed -n 's/.*"url"[^"]*"\([^"]*\)".*/\1/p' "$said" | head -1)"
node check.mjs "$url" peer-key
