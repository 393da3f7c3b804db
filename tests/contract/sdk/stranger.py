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

    def begin(self, name, program=None):
        """`family new`; the folder, and the three commands it prints."""
        said = run([program or self.program, "family", "new", name], cwd=self.place)
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

    def beside_the_build_folder(self):
        """Without installing anything, the program of a build folder says commands that work as well, and
        they are those the page shows."""
        folder, commands = self.begin("walkabouts", self.build / "server/quarterday")
        expect("FAIL" in self.follow(commands, 1), "the first case fails")
        shown = blocks(self.source / "docs/how-to/write-a-family.md", "sh")[1]
        shown = shown.replace("~/quarterday/build/dev", str(self.build)).replace("~/walkabouts", str(folder))
        expect(shown.splitlines() == commands, f"the page shows\n{shown}and not\n{commands}")
        shutil.rmtree(folder)

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
        self.load(folder / "build/families/walkabouts.so", blocks(page, "sh")[-1])

    def load(self, library, commands):
        """The commands of the page, by the installed program in a folder of a landlord."""
        home = self.place / "landlord"
        (home / "families").mkdir(parents=True)
        shutil.copy(library, home / "families")
        (home / "areas.csv").write_text("code,name,kind,parent,valid_from\nL1,Us,landlord,,2000-01-01\n"
                                        "N1,North,neighbourhood,L1,2000-01-01\n")
        (home / "findings.csv").write_text("reference,area,found_on,days_to_put_right\n"
                                           "F1,N1,2026-04-01,28\nF2,N1,2026-06-30,29\nF3,N1,2026-06-30,\n")
        surroundings = {"PATH": f"{self.sdk}/bin:/usr/bin:/bin", "HOME": str(home),
                        "QUARTERDAY_STATE": str(home), "QUARTERDAY_FAMILIES": str(home / "families")}
        said = [run(command, shell=True, cwd=home, env=surroundings) for command in commands.splitlines()]
        expect("Estate walkabouts" in said[0], said[0])
        expect("33.3" in said[-1] and "N1" in said[-1] and "L1" in said[-1], said[-1])

    def reference(self):
        """docs/reference/sdk.md: each piece compiles in the page's frame, and the family in C runs."""
        page = self.source / "docs/reference/sdk.md"
        frame, *pieces = blocks(page, "cpp")
        place = "  // the piece stands here\n"
        expect(place in frame and len(pieces) >= 15, "the page has a frame and pieces")
        declaration, plain = blocks(page, "toml")
        (self.place / "example.toml").write_text(declaration)
        run([self.program, "family", "header", "example.toml", "example_names.hpp"], cwd=self.place)
        for number, piece in enumerate(pieces, 1):
            file = self.place / f"piece{number}.cpp"
            file.write_text(frame.replace(place, piece))
            run([self.compiler, "-std=c++17", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only",
                 "-I", self.sdk / "include", file])
        self.plain_c(blocks(page, "c")[0], plain)

    def plain_c(self, code, declaration):
        folder = self.place / "plain"
        (folder / "cases").mkdir(parents=True)
        (folder / "plain.c").write_text(code)
        (folder / "plain.toml").write_text(declaration)
        (folder / "CMakeLists.txt").write_text(
            "cmake_minimum_required(VERSION 3.25)\nproject(plain LANGUAGES C)\nenable_testing()\n"
            "find_package(Quarterday-SDK 1.0 REQUIRED)\nquarterday_add_family(plain plain.c)\n"
            "quarterday_add_cases(plain)\n")
        (folder / "cases/records-are-counted.case").write_text(
            "A record counts where and when it is.\nperiod: FY2026-27-Q1   readings: quarter\n\n"
            "--- areas\ncode,parent\nL,\nA,L\n\n"
            "--- plain_records\nreference,area,day\nR1,A,2026-04-01\nR2,A,2026-06-30\nR3,A,2026-07-01\n\n"
            "--- facts\nindicator,area,value\nplain.records,A,2\nplain.records,L,2\n")
        run(["cmake", "-G", "Ninja", "-S", folder, "-B", folder / "build",
             f"-DCMAKE_PREFIX_PATH={self.sdk}", "-DCMAKE_C_FLAGS=-Wall -Wextra -Wpedantic -Werror"])
        run(["cmake", "--build", folder / "build"])
        self.tests_hold(folder)

    def voids_and_lettings(self):
        """A family with six kinds of indicator, begun like any other."""
        source = self.source / "tests/families/voids_and_lettings"
        folder, commands = self.begin("voids_and_lettings")
        shutil.rmtree(folder / "cases")
        shutil.copytree(source / "cases", folder / "cases")
        for name in ["voids_and_lettings.cpp", "voids_and_lettings.toml"]:
            shutil.copy(source / name, folder)
        expect("FAIL" not in self.follow(commands, 0), "its cases hold")

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
    stranger.beside_the_build_folder()
    stranger.page()
    stranger.voids_and_lettings()
    stranger.reference()


main()
