#!/usr/bin/env python3
"""Writes families as a stranger does: with the installed SDK, and with the code in the documents."""
import argparse
import pathlib
import re
import shutil
import subprocess
import sys


def run(command, wanted=0, **more):
    done = subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **more)
    if done.returncode != wanted:
        sys.exit(f"{command} ended with {done.returncode}, not {wanted}:\n{done.stdout}")
    return done.stdout


def expect(holds, words):
    if not holds:
        sys.exit(words)


def blocks(page, language):
    return re.findall(rf"```{language}\n(.*?)```", page.read_text(), re.DOTALL)


class Stranger:
    def __init__(self, arguments):
        self.source, self.build, self.place = arguments.source, arguments.build, arguments.place
        self.compiler, self.config = arguments.compiler, arguments.config
        self.sdk = self.place / "my sdk"  # a blank in it, as people have
        self.program = self.sdk / "bin/quarterday"

    def install(self):
        shutil.rmtree(self.place, ignore_errors=True)
        self.place.mkdir(parents=True)
        run(["cmake", "--install", self.build, "--component", "sdk", "--prefix", self.sdk,
             "--config", self.config])

    def begin(self, name):
        """`family new`; the folder, and the three commands it prints."""
        said = run([self.program, "family", "new", name], cwd=self.place)
        lines = said.rstrip("\n").splitlines()
        expect(len(lines) == 5 and not lines[1], f"family new says three commands:\n{said}")
        return self.place / name, lines[2:]

    def follow(self, commands, check_ends_with):
        """The commands as they were printed, from another folder."""
        flags = {"CXXFLAGS": "-Wall -Wextra -Wpedantic -Werror", "CFLAGS": "-Wall -Wextra -Werror",
                 "CXX": self.compiler, "PATH": "/usr/local/bin:/usr/bin:/bin"}
        for command in commands[:2]:
            run(command, shell=True, cwd="/", env=flags)
        return run(commands[2], wanted=check_ends_with, shell=True, cwd="/", env=flags)

    def tests_hold(self, folder):
        said = run(["ctest", "--test-dir", folder / "build", "--no-tests=error"])
        expect("100% tests passed" in said, said)

    def scaffold(self):
        folder, commands = self.begin("repair_times")
        said = self.follow(commands, 1)
        expect("FAIL" in said and "Write the first rule here" in said, said)
        expect("  - repair_times.in_time,WRITE-THE-FIRST-RULE" in said, said)
        accepted = run(commands[2] + " --accept", shell=True, cwd="/")
        expect(accepted.startswith("took"), accepted)
        expect(self.follow(commands, 0).startswith("ok"), "an accepted case holds")
        self.tests_hold(folder)

    def page(self):
        """docs/how-to/write-a-family.md, followed."""
        page = self.source / "docs/how-to/write-a-family.md"
        folder, commands = self.begin("walkabouts")
        (folder / "cases/write-the-first-rule-here.case").unlink()
        (folder / "walkabouts.cpp").write_text(blocks(page, "cpp")[0])
        for declaration in blocks(page, "toml"):
            if declaration.startswith('id = "walkabouts"'):
                (folder / "walkabouts.toml").write_text(declaration)
        (folder / "cases/put-right-within-28-days.case").write_text(blocks(page, "text")[0])
        expect(self.follow(commands, 0).startswith("ok"), "the page's case holds")
        self.tests_hold(folder)

    def versions(self):
        """The package has the ABI's number, and says no to another one."""
        header = (self.sdk / "include/quarterday/plugin.h").read_text()
        major = int(re.search(r"define QD_ABI_MAJOR (\d+)", header).group(1))
        minor = int(re.search(r"define QD_ABI_MINOR (\d+)", header).group(1))
        for wanted, taken in [(f"{major}.{minor}", True), (f"{major}", True),
                              (f"{major}.{minor + 1}", False), (f"{major + 1}.0", False)]:
            folder = self.place / f"wants-{wanted}"
            folder.mkdir()
            (folder / "CMakeLists.txt").write_text(
                "cmake_minimum_required(VERSION 3.25)\nproject(x LANGUAGES NONE)\n"
                f"find_package(Quarterday-SDK {wanted} REQUIRED)\n")
            run(["cmake", "-G", "Ninja", "-S", folder, "-B", folder / "build",
                 f"-DCMAKE_PREFIX_PATH={self.sdk}"], 0 if taken else 1)


def main():
    parser = argparse.ArgumentParser()
    for name in ["source", "build", "place", "compiler"]:
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
    parser.add_argument("--config", required=True)
    stranger = Stranger(parser.parse_args())
    stranger.install()
    stranger.versions()
    stranger.scaffold()
    stranger.page()


main()
