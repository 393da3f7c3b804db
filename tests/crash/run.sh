#!/usr/bin/env bash
# kill -9 at random moments, on both engines, and of several servers on one database:  run.sh BUILD_DIRECTORY ROUNDS
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=$(realpath "$1") rounds=$2
server=$build/crash-mariadb
"$here/../support/mariadb.sh" start "$server"
trap '"$here/../support/mariadb.sh" stop "$server"' EXIT
for what in crash_rounds rival_servers; do
  /usr/bin/python3 "$here/$what.py" --quarterday "$build/server/quarterday" --families "$build/families" \
    --rounds "$rounds" --mysql-url-file "$server/url"
done
