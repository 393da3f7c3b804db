# The main job on real input, end to end. Sourced by ./qd.
# shellcheck shell=bash

# The regulator's year; then two years and two quarters of a landlord's own register.
QD_DEMO_PERIODS="FY2024-25
  FY2024-25-Q1 FY2024-25-Q2 FY2024-25-Q3 FY2024-25-Q4
  FY2025-26 FY2025-26-Q1 FY2025-26-Q2 FY2025-26-Q3 FY2025-26-Q4
  FY2026-27-Q1 FY2026-27-Q2"
QD_DEMO_RETURN="FY2026-27-Q2"

qd_demo_step() { printf '\n\033[1m%s\033[0m\n' "$*"; }

qd_demo() {
  local once=no tsm="" listen=127.0.0.1:8080
  while [ $# -gt 0 ]; do
    case "$1" in
      --once) once=yes ;;
      --tsm) tsm=${2:?"--tsm needs the workbook's file name"}; shift ;;
      --listen) listen=${2:?"--listen needs an address and port"}; shift ;;
      *) echo "qd demo: there is no option '$1'" >&2; return 2 ;;
    esac
    shift
  done
  local state="$QD_ROOT/state/demo" quarterday="$QD_ROOT/build/dev/server/quarterday" period
  mkdir -p "$state"
  export QUARTERDAY_STATE="$state"

  qd_demo_step "Database"
  "$quarterday" migrate
  qd_demo_step "A landlord, its residents, and four landlords' published figures"
  "$quarterday" demo "$state/files"
  "$quarterday" import all "$state/files"
  if [ -n "$tsm" ]; then
    qd_demo_step "The whole sector, from the regulator's workbook"
    "$quarterday" import rsh-tsm "$tsm"
  fi
  qd_demo_step "Indicators"
  for period in $QD_DEMO_PERIODS; do "$quarterday" compute --period "$period"; done
  qd_demo_step "The Executive's quarterly return"
  "$quarterday" return build --period "$QD_DEMO_RETURN"
  if [ "$once" = yes ]; then return 0; fi
  qd_demo_step "A key for BI tools"
  "$quarterday" key create demo --audience executive
  qd_demo_step "Serving; stop with Ctrl-C"
  "$quarterday" serve --listen "$listen"
}
