# Building, testing, formatting. Sourced by ./qd.
# shellcheck shell=bash

# qd_build PRESET [--target NAME]
qd_build() {
  cmake --preset "$1" -Wno-dev >"$QD_ROOT/build-$1.log" 2>&1 ||
    { cat "$QD_ROOT/build-$1.log"; return 1; }
  rm -f "$QD_ROOT/build-$1.log"
  cmake --build --preset "$@"
}

# Every test of the preset; the last lines are ctest's totals.
qd_test() {
  local preset=$1
  shift
  ctest --preset "$preset" -j "$(nproc)" --no-tests=error "$@"
}

# Made of what is installed here, for here: docs/adr/0003 says why none is published.
qd_package() {
  (cd "$QD_ROOT/build/package" && rm -f ./*.deb && cpack -G DEB >cpack.log 2>&1) ||
    { cat "$QD_ROOT/build/package/cpack.log"; return 1; }
  ls "$QD_ROOT"/build/package/*.deb
}

qd_cpp_files() {
  git ls-files --cached --others --exclude-standard -- '*.h' '*.hpp' '*.hxx' '*.cpp' '*.cc' '*.c'
}

qd_fmt() { qd_cpp_files | xargs clang-format -i; }
# Debian 12's clang-format is the one the sources are formatted with.
qd_fmt_check() {
  if ! clang-format --version | grep -q 'version 14\.'; then
    echo "qd: format not checked: the sources are formatted with clang-format 14"
    return 0
  fi
  qd_cpp_files | xargs clang-format --dry-run --Werror
}

# Every source of the program, with the flags dev compiles it with; unchanged clean ones are passed by.
# Debian 12's clang-tidy is the one .clang-tidy is written for: each version finds something else.
qd_lint() {
  if ! clang-tidy --version | grep -q 'version 14\.'; then
    echo "qd: not linted: .clang-tidy is written for clang-tidy 14"
    return 0
  fi
  python3 tools/lint.py build/dev build/lint "$@"
}

# qd_bench --before BUILD [arguments of before.py]: this build against another one, in turn.
qd_bench() {
  if [ "${1:-}" = --before ]; then
    python3 tests/bench/before.py "$2" "$QD_ROOT/build/release" "${@:3}"
    return
  fi
  python3 tests/bench/run.py "$QD_ROOT/build/release" "$@"
}
