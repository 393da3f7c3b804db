# Installs what tools/packages.txt names and this machine lacks. Sourced by ./qd; as root or with sudo.
# shellcheck shell=bash

qd_suite() { . /etc/os-release && printf '%s' "${VERSION_CODENAME:-unknown}"; }

# The packages of this suite, one a line; with an argument, those marked with it as well.
qd_packages() {
  sed -e 's/#.*//' -e 's/[[:space:]]*$//' "$QD_ROOT/tools/packages.txt" |
    awk -v suite="[$(qd_suite)]" -v more="[${1:-}]" \
      '/^\[/ { if ($1 == suite || $1 == more) print $2; next } NF { print $1 }'
}

# Node that did not come from Debian brings its own npm: a command that is there is not installed again.
qd_missing_packages() {
  local installed
  installed=$(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' | awk '$1 == "ii" { print $2 }')
  comm -23 <(qd_packages "${1:-}" | sort -u) <(sort -u <<<"$installed") |
    while read -r package; do
      [ "$package" = npm ] && command -v npm >/dev/null && continue
      printf '%s\n' "$package"
    done
}

qd_as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; return; fi
  command -v sudo >/dev/null || { echo "qd: packages are missing; run once as root, or install sudo" >&2; return 1; }
  sudo "$@"
}

# Debian 12 ships the ODB compiler without its run time; bullseye, on the same mirror, has it.
# Pinned so that nothing but libodb* can ever come from there.
qd_add_odb_suite() {
  local mirror keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  mirror=$(apt-get indextargets --format '$(REPO_URI) $(SUITE) $(CODENAME)' |
    awk '$2 == "bookworm" || $3 == "bookworm" { print $1; exit }')
  [ -n "$mirror" ] || { echo "qd: no bookworm mirror in apt's configuration" >&2; return 1; }
  qd_as_root tee /etc/apt/sources.list.d/quarterday-odb.list >/dev/null \
    <<<"deb [signed-by=$keyring] $mirror bullseye main"
  qd_as_root tee /etc/apt/preferences.d/quarterday-odb >/dev/null <<'PIN'
Package: *
Pin: release n=bullseye
Pin-Priority: -1

Package: libodb*
Pin: release n=bullseye
Pin-Priority: 500
PIN
}

qd_apt_update() { qd_as_root apt-get update -q -o DPkg::Lock::Timeout=300; }

qd_setup() {
  local missing
  case "$(qd_suite)" in
    bookworm | trixie) ;;
    *) echo "qd: Debian 12 (bookworm) and 13 (trixie) are the platforms; this is '$(qd_suite)'" >&2; return 1 ;;
  esac
  missing=$(qd_missing_packages "${1:-}")
  [ -z "$missing" ] && return 0
  echo "qd: installing $(wc -w <<<"$missing") packages and what they need; the first time some 300 MB"
  local log; log=$(mktemp)
  qd_install "$missing" >"$log" 2>&1 ||
    { cat "$log"; echo "qd: the packages could not be installed" >&2; return 1; }
  rm -f "$log"
}

qd_install() {
  # apt names its mirrors only once it has read their lists.
  qd_apt_update || return 1
  if [ "$(qd_suite)" = bookworm ] && [ ! -e /etc/apt/preferences.d/quarterday-odb ]; then
    qd_add_odb_suite && qd_apt_update || return 1
  fi
  # shellcheck disable=SC2086
  qd_as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y -o DPkg::Lock::Timeout=300 --no-install-recommends $1
}
