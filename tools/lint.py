#!/usr/bin/env python3
"""clang-tidy over every source of the program, with the flags it is compiled with.

lint.py BUILD STAMPS [FILE...]

BUILD is a built Ninja directory: its compile_commands.json has the flags (orm/mapping is C++14), its
dependency log the headers. A file whose text, headers, flags, checks and clang-tidy are those of a
run without findings is not looked at again: STAMPS holds one empty file for each such state.
Leaves with 1 when there is a finding or a source that nothing compiles.
"""
import concurrent.futures
import functools
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDERS = ["plugins", "core", "orm", "jobs", "server"]
FINDING = re.compile(r"^(?=\S[^\n]*?: (?:warning|error): )", re.M)


def sources(wanted):
    if wanted:
        return sorted(pathlib.Path(name).resolve() for name in wanted)
    return sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.cpp"))


def compile_commands(build):
    entries = json.loads((build / "compile_commands.json").read_text())
    return {(pathlib.Path(e["directory"]) / e["file"]).resolve(): e for e in entries}


def object_of(entry):
    return re.search(r" -o (\S+) ", entry["command"]).group(1)


def headers(build):
    """Object -> every file it was built from; an object that was not built since is left out."""
    log = subprocess.run(["ninja", "-C", build, "-t", "deps"], capture_output=True, text=True).stdout
    found = {}
    for block in log.split("\n\n"):
        first, *files = block.strip().split("\n")
        if first.endswith("(VALID)"):
            found[first.split(": #deps")[0]] = [line.strip() for line in files]
    return found


@functools.lru_cache(maxsize=None)
def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else "gone since"


def state(entry, files, checks):
    """What a verdict depends on; None when the headers are not known."""
    if not files:
        return None
    directory = pathlib.Path(entry["directory"])
    parts = [checks, entry["command"]]
    parts += [f"{name} {digest(directory / name)}" for name in files]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def findings_of(source, build):
    """The text of each finding; a clang-tidy that failed without one gives what it complained of."""
    ran = subprocess.run(["clang-tidy", "-p", build, "--quiet", "--warnings-as-errors=*", source],
                         capture_output=True, text=True, cwd=ROOT)
    found = [part for part in FINDING.split(ran.stdout) if part.strip()]
    return found or ([] if ran.returncode == 0 else [f"{source}: {ran.stderr}"])


def main():
    build, stamps = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
    stamps.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    version = subprocess.run(["clang-tidy", "--version"], capture_output=True, text=True).stdout
    checks = version + (ROOT / ".clang-tidy").read_text()
    commands, built_from = compile_commands(build), headers(build)
    files = sources(sys.argv[3:])
    findings = {f"{path}: no target compiles it\n" for path in files if path not in commands}
    states = {path: state(commands[path], built_from.get(object_of(commands[path])), checks)
              for path in files if path in commands}
    due = [path for path, name in states.items() if not name or not (stamps / name).exists()]
    print("".join(sorted(findings)), end="", flush=True)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for path, found in zip(due, pool.map(lambda path: findings_of(path, build), due)):
            print("".join(text for text in found if text not in findings), end="", flush=True)
            findings.update(found)
            if not found and states[path]:
                (stamps / states[path]).touch()
    if not sys.argv[3:]:
        for stamp in stamps.iterdir():
            if stamp.name not in states.values():
                stamp.unlink()
    print(f"lint: {len(files)} files, {len(due)} looked at, the others as they were when clean; "
          f"{len(findings)} findings; {time.monotonic() - began:.0f} s")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
