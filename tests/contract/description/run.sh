#!/usr/bin/env bash
# Fetches the tools that read the description, once, and lets them.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
build=$1

mkdir -p "$build/npm/api"
cp "$here/package.json" "$build/npm/api"
(cd "$build/npm/api" && npm install --silent --no-fund --no-audit)
exec /usr/bin/python3 "$here/description_test.py" "$build/dev/server/quarterday" "$build/npm/api"
