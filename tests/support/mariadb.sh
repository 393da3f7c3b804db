#!/usr/bin/env bash
# A private MariaDB for the tests: on loopback, on a free port, in a directory of its own.
#   mariadb.sh start DIR    leaves DIR/url, e.g. mysql://quarterday:tests@127.0.0.1:34567/
#   mariadb.sh stop DIR
set -euo pipefail

action=${1:?start or stop} directory=$(realpath -m "${2:?directory}")
PATH=$PATH:/usr/sbin:/usr/local/sbin

# A number left behind by a crash may be another program's by now: the command line must be ours.
running() {
  [ -s "$directory/pid" ] &&
    tr '\0' ' ' <"/proc/$(<"$directory/pid")/cmdline" 2>/dev/null | grep -qF -- "--datadir=$directory/data"
}

stop() {
  running || return 0
  local pid; pid=$(<"$directory/pid")
  kill "$pid"
  timeout 60 tail --pid="$pid" -f /dev/null || kill -9 "$pid"
  rm -rf "$(<"$directory/socket_directory")" "$directory"
}

# A certificate that an authority of ours has signed: issue NAME DAYS WHOM.
issue() {
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$1" -keyout "$1.key" -out "$1.csr"
  printf 'subjectAltName=%s\n' "$3" >"$1.names"
  openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -days "$2" -extfile "$1.names" -out "$1.pem"
}

# The server's, two that it must not be believed with, and an authority that has signed none of them.
make_certificates() (
  mkdir -p "$directory/tls"
  cd "$directory/tls"
  local name
  for name in ca other-ca; do
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj "/CN=$name" \
      -keyout "$name.key" -out "$name.pem"
  done
  issue good 30 IP:127.0.0.1,DNS:localhost
  issue elsewhere 30 DNS:db.example.org
  issue expired 0 IP:127.0.0.1,DNS:localhost
  cp good.pem server.pem
  cp good.key server.key
  chmod a+r ./*
) >/dev/null 2>&1

# What MariaDB does by itself from 11.6.2 on, Debian 13's among them, is asked of older ones too: a record that changed
# since it was read is an error. One attempt: the port may be taken by the time the server asks for it.
try_start() {
  local port=$1 socket=$2
  # shellcheck disable=SC2086
  setsid mariadbd --no-defaults $as_user --datadir="$directory/data" --socket="$socket" \
    --bind-address=127.0.0.1 --port="$port" --pid-file="$directory/pid" --tmpdir="$directory/tmp" --skip-name-resolve \
    --ssl-ca="$directory/tls/ca.pem" --ssl-cert="$directory/tls/server.pem" --ssl-key="$directory/tls/server.key" \
    --max-connections=300 --innodb-buffer-pool-size=256M --innodb-flush-log-at-trx-commit=0 \
    --skip-innodb-doublewrite --innodb-flush-method=nosync --sync-frm=0 --loose-innodb-snapshot-isolation=ON \
    >"$directory/log" 2>&1 </dev/null &
  local server=$!
  mariadb-admin --no-defaults --socket="$socket" --user=root --wait=60 --silent ping \
    >/dev/null 2>&1 </dev/null &
  local asking=$!
  wait -n "$server" "$asking" && kill -0 "$server" 2>/dev/null && return 0
  kill "$asking" "$server" 2>/dev/null || true
  return 1
}

start() {
  running && stop
  rm -rf "$directory"
  # Its own folder for temporary tables: a server that starts removes those it finds there.
  mkdir -p "$directory/tmp"
  export TMPDIR="$directory/tmp"
  make_certificates
  # As root the server must be told that it may; any other user it is already.
  as_user=''
  [ "$(id -u)" = 0 ] && as_user=--user=root
  # --force: no host name is looked up. A bare folder has no /etc/hosts, and the tests need no names.
  # shellcheck disable=SC2086
  mariadb-install-db --no-defaults $as_user --datadir="$directory/data" --skip-test-db \
    --force --auth-root-authentication-method=normal >"$directory/install.log" 2>&1 ||
    { cat "$directory/install.log" >&2; exit 1; }
  # Sockets have short names only; build directories need not.
  mktemp -d /tmp/quarterday-mariadb.XXXXXX >"$directory/socket_directory"
  local socket; socket=$(<"$directory/socket_directory")/socket
  local attempt port
  for attempt in 1 2 3 4 5; do
    port=$((20000 + (RANDOM * 32768 + RANDOM) % 40000))
    try_start "$port" "$socket" && break
    [ "$attempt" = 5 ] && { cat "$directory/log" >&2; exit 1; }
  done
  mariadb --no-defaults --socket="$socket" --user=root -e "
    CREATE USER quarterday@127.0.0.1 IDENTIFIED BY 'tests';
    GRANT ALL ON *.* TO quarterday@127.0.0.1 WITH GRANT OPTION;
    CREATE USER secret_account@127.0.0.1 IDENTIFIED BY 'tests' REQUIRE SSL;
    GRANT ALL ON *.* TO secret_account@127.0.0.1;"
  echo "mysql://quarterday:tests@127.0.0.1:$port/" >"$directory/url"
}

"$action"
