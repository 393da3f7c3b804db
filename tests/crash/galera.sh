#!/usr/bin/env bash
# A node of three killed at random moments:  galera.sh BUILD_DIRECTORY ROUNDS
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=$(realpath "$1")
exec /usr/bin/python3 "$here/galera_nodes.py" --quarterday "$build/server/quarterday" --families "$build/families" \
  --rounds "$2"
