#!/bin/sh
# Random queries and random rule sets: what Apache Jena answers is what we answer. Needs Jena (README.md).
#   bash eval/peers/jena/differential.sh [CASES]      so many queries and so many rule sets; 5000 without a number
# With HUB_UPDATE_GOLDEN=1 the answers that are compared where there is no Jena are written anew.
set -e
root=$(cd "$(dirname "$0")/../../.." && pwd)
export HUB_JENA_CASES="${1:-5000}"
for project in Knowledge.Sparql.Tests Knowledge.Rules.Tests; do
  dotnet test "$root/tests/$project" --filter FullyQualifiedName~JenaDifferential --logger "console;verbosity=detailed"
done
