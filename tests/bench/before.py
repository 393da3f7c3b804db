#!/usr/bin/env python3
"""Is the program slower than it was? Two builds, the same work, in turn.

    before.py BUILD_BEFORE BUILD_NOW [--rounds N] [--workbook FILE.xlsx] [--events N]

For import of a large register, import of the regulator's workbook, computing a quarter and building a return:
the median of the ratios now / before, round by round. Each round begins with a copy of the same state, made by that
build. Nothing here decides a test.
"""
import argparse
import csv
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import tempfile
import time

TABLES = ("areas persons memberships events participations policies consultations measure_observations "
          "survey_tallies definitions definition_links").split()
PERIOD = "FY2026-27-Q2"


class Build:
    def __init__(self, folder, work):
        self.program = folder.resolve() / "server/quarterday"
        self.state, self.kept = work / "state", work / "kept"
        work.mkdir()

    def run(self, *words):
        """Seconds by the wall."""
        began = time.perf_counter()
        subprocess.run([self.program, *[str(word) for word in words]], check=True, capture_output=True,
                       env={**os.environ, "QUARTERDAY_STATE": str(self.state)})
        return time.perf_counter() - began

    def prepare(self, files, large):
        """Its own demo, whose columns may have another name in the other build; `large` instead where there is such a file."""
        self.state.mkdir()
        self.run("demo", files)
        self.run("migrate")
        for table in TABLES:
            if table != "participations":
                name = f"{table}.csv"
                self.run("import", table, large / name if (large / name).exists() else files / name)
        shutil.copytree(self.state, self.kept)

    def fresh(self):
        shutil.rmtree(self.state)
        shutil.copytree(self.kept, self.state)


def large_register(program, files, rows):
    """More events than the demo's landlord has, and many more participations of the demo's persons in them."""
    files.mkdir()
    demo = files / "demo"
    subprocess.run([program, "demo", demo], check=True, capture_output=True)
    with open(demo / "persons.csv", newline="") as file:
        persons = [row["code"] for row in csv.DictReader(file)]
    dice = random.Random(7)
    events = max(1, rows // 200)
    with open(files / "events.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["code", "type", "level", "held_on", "minutes", "cancelled", "title"])
        for number in range(events):
            writer.writerow([f"E{number}", "PANEL_MEETING", dice.choice([2, 3, 4]),
                             f"2026-0{dice.randint(4, 9)}-{dice.randint(1, 28):02}", 90, 0, ""])
    with open(files / "participations.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["person", "event", "status", "minutes"])
        for number in range(events):
            for person in dice.sample(persons, min(200, len(persons))):
                writer.writerow([person, f"E{number}", "ATTENDED", dice.randint(10, 120)])


def once(build, files, workbook):
    build.fresh()
    times = {"import of participations": build.run("import", "participations", files / "participations.csv")}
    if workbook:
        times["import of the workbook"] = build.run("import", "rsh-tsm", workbook)
    times["compute of a quarter"] = build.run("compute", "--period", PERIOD)
    times["building a return"] = build.run("return", "build", "--period", PERIOD)
    return times


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("before", type=pathlib.Path)
    words.add_argument("now", type=pathlib.Path)
    words.add_argument("--rounds", type=int, default=7)
    words.add_argument("--workbook", type=pathlib.Path)
    words.add_argument("--events", type=int, default=300_000, help="participations, about so many")
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        files = work / "files"
        large_register(asked.before.resolve() / "server/quarterday", files, asked.events)
        builds = {"before": Build(asked.before, work / "before"), "now": Build(asked.now, work / "now")}
        for name, build in builds.items():
            build.prepare(work / name / "files", files)
        rounds = []
        for number in range(asked.rounds):
            turn = list(builds) if number % 2 == 0 else list(reversed(builds))
            rounds.append({name: once(builds[name], files, asked.workbook) for name in turn})
        for what in rounds[0]["now"]:
            ratios = [one["now"][what] / one["before"][what] for one in rounds]
            seconds = statistics.median(one["now"][what] for one in rounds)
            print(f"{what:<26} now / before: {statistics.median(ratios):.2f} "
                  f"({min(ratios):.2f} to {max(ratios):.2f}); now {seconds:.2f} s")


if __name__ == "__main__":
    main()
