#!/usr/bin/env python3
"""Puts small bugs into the code, one at a time, and asks whether a test notices.

run.py [FOLDER…] [--changed [REV]] [--count N] [--seed S] [--at-least SHARE] [--without LABEL] [--again REPORT]

Works on a copy of the tree below build/mutation, so that the sources are never touched. For each change: an
incremental build, then first the tests of the room it is in, then all others that were built from it. A change
that does not compile is replaced by another. Survivors are listed; those that tests/mutation/equivalent.txt
explains (a line each: path | line as it was | as it became | why) are not counted.

With --again only those are asked that survived in an earlier report and are still possible; lines may have moved.

With --without mysql or golden those tests are not asked: much faster, and the share can only be too low.

Leaves with 1 when a smaller share than --at-least (90) was noticed.
"""
import argparse
import collections
import dataclasses
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import time

from changes import changes_of

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
WORK = ROOT / "build/mutation"
TREE, BUILD = WORK / "tree", WORK / "build"
FLOORS = ["core", "jobs", "orm", "server", "plugins", "sdk"]
SOURCE = re.compile(r"\.(cpp|hpp|h)$")
TEST_SECONDS = "90"


def run(command, **options):
    return subprocess.run([str(part) for part in command], text=True, capture_output=True, **options)


def git(*words):
    return run(["git", *words], cwd=ROOT, check=True).stdout


def copy_tree():
    """Only what differs is written, so that the build below stays incremental."""
    wanted = set(git("ls-files", "--cached", "--others", "--exclude-standard").splitlines())
    wanted = {name for name in wanted if (ROOT / name).is_file()}
    for name in wanted:
        there, here = TREE / name, ROOT / name
        if there.exists() and there.read_bytes() == here.read_bytes():
            continue
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(here, there)
        os.utime(there)
    for there in [path for path in TREE.rglob("*") if path.is_file()]:
        if str(there.relative_to(TREE)) not in wanted:
            there.unlink()
    beside = ROOT.parent / "shared"  # the regulator's workbooks, for the tests that read them
    if beside.exists() and not (WORK / "shared").exists():
        (WORK / "shared").symlink_to(beside)


def changed_lines(since):
    """path -> numbers of the lines that came since; everything of a file git does not know yet."""
    lines, path = collections.defaultdict(set), None
    for row in git("diff", "--unified=0", since, "--", *FLOORS).splitlines():
        if row.startswith("+++ b/"):
            path = row[6:]
        elif found := re.match(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@", row):
            first, count = int(found.group(1)), int(found.group(2) or 1)
            lines[path].update(range(first, first + count))
    for path in git("ls-files", "--others", "--exclude-standard", "--", *FLOORS).splitlines():
        lines[path].update(range(1, 100_000))
    return lines


def candidates(folders, since):
    lines = changed_lines(since) if since else None
    found = []
    for path in git("ls-files", "--cached", "--others", "--exclude-standard", "--", *folders).splitlines():
        if not SOURCE.search(path) or not (ROOT / path).is_file() or (lines is not None and path not in lines):
            continue
        for change in changes_of(path, (ROOT / path).read_text()):
            if lines is None or change.line in lines[path]:
                found.append(change)
    return found


def drawn(found, seed):
    """In an order that spreads over files and kinds: a long file is not asked more often than a short one."""
    dice = random.Random(seed)
    groups = collections.defaultdict(list)
    for change in found:
        groups[change.path, change.kind].append(change)
    queues = list(groups.values())
    for queue in queues:
        dice.shuffle(queue)
    dice.shuffle(queues)
    while queues:
        for queue in queues:
            yield queue.pop()
        queues = [queue for queue in queues if queue]


def told_of(place, kind, before, after):
    return f"{place}: {kind}: {before}  =>  {after}"


def survived_in(report):
    """Survivors as told_of says them: a line's number may be another one by now."""
    rows = re.findall(r"^  survived: (.+?):\d+: (.+)$", report, re.M)
    return {f"{path}: {rest}" for path, rest in rows}


def still_possible(found, survivors):
    def words(change):
        return told_of(change.path, change.kind, *change.shown((ROOT / change.path).read_text()))
    return [change for change in found if words(change) in survivors]


def built(*targets):
    command = ["cmake", "--build", BUILD]
    return run(command + (["--target", *targets] if targets else []))


def products():
    """What tests run: programs and libraries of families, with the time each was made."""
    found = {}
    for pattern in ("tests/**/test_*", "server/quarterday", "**/*.so", "tests/families/test_worker"):
        for path in BUILD.glob(pattern):
            if path.is_file() and (os.access(path, os.X_OK) or path.suffix == ".so"):
                found[str(path)] = path.stat().st_mtime_ns
    return found


@dataclasses.dataclass
class Test:
    number: int  # as ctest counts them
    name: str
    uses: set
    labels: set


def all_tests(without):
    listed = json.loads(run(["ctest", "--test-dir", BUILD, "--show-only=json-v1"], check=True).stdout)
    tests = []
    for number, test in enumerate(listed["tests"], 1):
        properties = {row["name"]: row["value"] for row in test.get("properties", [])}
        tests.append(Test(number, test["name"], set(test.get("command", [])), set(properties.get("LABELS", []))))
    return [test for test in tests if not test.labels & {"slow", "architecture", "docs", *without}]


def failing(tests):
    """The first test that fails; None: none does."""
    if not tests:
        return None
    # By number: an expression of many names is too long for ctest, which then runs nothing and is content.
    numbers = WORK / "tests.txt"
    numbers.write_text("0,0,0," + ",".join(str(test.number) for test in tests) + "\n")
    ran = run(["ctest", "--test-dir", BUILD, "-I", numbers, "-j", str(os.cpu_count()), "--stop-on-failure",
               "--timeout", TEST_SECONDS])
    if "No tests were found" in ran.stdout + ran.stderr:
        sys.exit(f"mutate: ctest ran none of {len(tests)} tests")
    if ran.returncode == 0:
        return None
    found = re.search(r"Test +#\d+: (\S+) \.*\**(Failed|\*\*\*|Exception|Timeout|Not Run)", ran.stdout)
    found = found or re.search(r"^\s+\d+ - (\S+) ", ran.stdout, re.M)
    return found.group(1) if found else "a test"


def first_failing(tests):
    """As failing; those of units first: ctest by itself begins with what takes longest."""
    units = [test for test in tests if "unit" in test.labels]
    return failing(units) or failing([test for test in tests if "unit" not in test.labels])


def room_targets(path, known):
    """Test programs named after the rooms the file lies in: they are asked first."""
    parts = path.split("/")[:-1]
    return [name for name in known if any(name.endswith("_" + part) for part in parts)]


def tests_of(changed, tests):
    """Those that run something that was built anew; what scripts run is not known, so they count always."""
    programs = any(name.endswith((".so", "/quarterday", "test_worker")) for name in changed)
    return [test for test in tests
            if test.uses & set(changed) or (programs and ("integration" in test.labels or "golden" in test.labels
                                                          or "conformance" in test.labels
                                                          or "contract" in test.labels))]


def noticed(change, source, tests, targets):
    """Name of the test that noticed, "" for none, None when it does not compile."""
    place = TREE / change.path
    place.write_text(change.applied(source))
    try:
        before = products()
        near = room_targets(change.path, targets)
        if near:
            if built(*near).returncode != 0:
                return None
            nearest = [test for test in tests if "mysql" not in test.labels and
                       any(use.endswith("/" + target) for use in test.uses for target in near)]
            if found := failing(nearest):
                return found
        if built().returncode != 0:
            return None
        after = products()
        return first_failing(tests_of([name for name, at in after.items() if before.get(name) != at], tests)) or ""
    finally:
        place.write_text(source)


def equivalents():
    listed = ROOT / "tests/mutation/equivalent.txt"
    rows = listed.read_text().splitlines() if listed.exists() else []
    return {tuple(part.strip() for part in row.split(" | ")[:3]) for row in rows if row and row[0] != "#"}


def prepare(without):
    TREE.mkdir(parents=True, exist_ok=True)
    copy_tree()
    made = run(["cmake", "-S", TREE, "-B", BUILD, "-G", "Ninja", "-Wno-dev", "-DQUARTERDAY_WERROR=OFF",
                "-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_CXX_FLAGS_DEBUG=-O0 -UNDEBUG -D_GLIBCXX_ASSERTIONS"])
    made = made if made.returncode else built()
    if made.returncode:
        sys.exit(made.stdout + made.stderr)
    tests = all_tests(without)
    if found := first_failing(tests):
        sys.exit(f"mutate: {found} fails before anything was changed")
    return tests


def told(count, wanted, began):
    minutes = (time.monotonic() - began) / 60
    return f"[{count}/{wanted}, {minutes:.0f} min]"


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("folders", nargs="*", default=FLOORS, help="folders or files; all floors without one")
    words.add_argument("--changed", nargs="?", const="HEAD", metavar="REV", help="only lines changed since REV")
    words.add_argument("--count", type=int, default=60)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--at-least", type=float, default=90, metavar="SHARE")
    words.add_argument("--without", action="append", default=[], metavar="LABEL", help="leave out these tests")
    words.add_argument("--again", type=pathlib.Path, metavar="REPORT", help="what survived in this report")
    words.add_argument("--list", action="store_true", help="only shows what could be changed")
    asked = words.parse_args()
    found = candidates(asked.folders, asked.changed)
    if asked.again:
        survivors = survived_in(asked.again.read_text())
        found = still_possible(found, survivors)
        asked.count = min(asked.count, len(found))
        print(f"mutate: {len(survivors)} survived then, {len(found)} of them are still possible")
    if asked.list:
        for change in found:
            before, after = change.shown((ROOT / change.path).read_text())
            print(told_of(f"{change.path}:{change.line}", change.kind, before, after))
        return 0
    if not found:
        sys.exit("mutate: there is nothing to change there")
    print(f"mutate: {len(found)} possible changes, {asked.count} of them with seed {asked.seed}", flush=True)
    return report(asked, found, prepare(asked.without))


def report(asked, found, tests):
    known, explained = equivalents(), 0
    targets = sorted({pathlib.Path(use).name for test in tests for use in test.uses if "/test_" in use})
    seen, survivors, began = 0, [], time.monotonic()
    for change in drawn(found, asked.seed):
        if seen == asked.count:
            break
        source = (ROOT / change.path).read_text()
        before, after = change.shown(source)
        if (change.path, before, after) in known:
            explained += 1
            continue
        by = noticed(change, source, tests, targets)
        if by is None:
            continue
        seen += 1
        place = told_of(f"{change.path}:{change.line}", change.kind, before, after)
        print(told(seen, asked.count, began), f"{by} noticed" if by else "SURVIVED", place, flush=True)
        if not by:
            survivors.append(place)
    share = 100 * (seen - len(survivors)) / max(seen, 1)
    print(f"\nmutate: {seen - len(survivors)} of {seen} noticed ({share:.1f} %), seed {asked.seed}; "
          f"{explained} drawn are known to change nothing")
    for place in survivors:
        print("  survived:", place)
    return 0 if share >= asked.at_least else 1


if __name__ == "__main__":
    sys.exit(main())
