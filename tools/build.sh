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

# One file a process, two at a time; generated files are not ours to lint.
qd_lint() {
  qd_cpp_files | grep -E '\.cpp$' | grep -vE '^(tests/families|plugins/_template)/' |
    xargs -P "$(nproc)" -n 4 clang-tidy -p "$QD_ROOT/build/dev" --quiet --warnings-as-errors='*' 2>/dev/null
}

qd_coverage() {
  find build/cov -name '*.gcda' -print0 | xargs -0 gcov -r -s "$QD_ROOT" -o build/cov >/dev/null 2>&1
  python3 tools/coverage.py build/cov
}

qd_bench() {
  python3 tests/bench/run.py "$QD_ROOT/build/release" "$@"
}
