"""kill -9 at random moments of import, compute and return: after a restart nothing is lost, nothing is
doubled, and no half file is visible.

    crash_rounds.py --quarterday FILE --families DIR --rounds N [--mysql-url-file FILE] [--seed S]

Rounds take turns between import, compute and return, first on SQLite, then on MariaDB. In each, an
operation is started and killed after a random part of the time it takes when left alone; what is
visible is looked at straight in the database and the delivery folder; then the operation is done
again, undisturbed, and the outcome compared with that of a twin nobody ever killed.
"""
import argparse
import csv
import datetime
import hashlib
import io
import json
import pathlib
import random
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from house import House, MariaDb  # noqa: E402

RECORDS = 20_000      # of each imported file
PERIODS = ("FY2025-26-Q4", "FY2026-27-Q1")
# A killed claim may be taken over as soon as its lease has ended.
SETTINGS = "[jobs]\nlease_seconds = 1\nlongest_wait_seconds = 1\n"


class Wrong(Exception):
    """What must never happen, happened."""


def expect(condition, sentence):
    if not condition:
        raise Wrong(sentence)


def seconds_of(work):
    start = time.monotonic()
    work()
    return time.monotonic() - start


def figures(house, period):
    """The facts of a period without the numbers of the run that made them."""
    rows = csv.DictReader(io.StringIO(house.run("facts", "--period", period, "--format", "csv")))
    return [{name: cell for name, cell in row.items() if name not in ("id", "run")} for row in rows]


class Rounds:
    """Of a house and its twin, both with the demo's records."""

    def __init__(self, house, twin, generator):
        self.house, self.random = house, generator
        self.killed = {"import": 0, "compute": 0, "return": 0}
        self.import_seconds, self.return_seconds, self.compute_seconds = 0.5, 1.0, 0.0
        self.expected = {}
        for period in PERIODS:
            self.compute_seconds = seconds_of(lambda p=period: twin.run("compute", "--period", p))
            self.expected[period] = figures(twin, period)
        self.persons = [row[0] for row in house.ask("SELECT code FROM persons ORDER BY code")]

    def start_and_kill(self, what, seconds, *command):
        """Kills the command at a random moment; it may have been faster."""
        process = self.house.start(*command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(timeout=self.random.uniform(0, seconds * 1.1))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            self.killed[what] += 1

    def count(self, condition):
        return int(self.house.ask(f"SELECT COUNT(*) FROM participations WHERE {condition}")[0][0])

    def importing(self, number):
        """A file of participations in events of its own, long past: no figure depends on them."""
        events = -(-RECORDS // len(self.persons))
        folder = self.house.folder / f"round{number}"
        folder.mkdir()
        (folder / "events.csv").write_text("code,type,level,held_on\n" + "".join(
            f"R{number}-{i},SURVEY,2,2001-05-01\n" for i in range(events)))
        (folder / "participations.csv").write_text("person,event,status,minutes\n" + "".join(
            f"{self.persons[i % len(self.persons)]},R{number}-{i // len(self.persons)},ATTENDED,30\n"
            for i in range(RECORDS)))
        self.house.run("import", "events", folder / "events.csv")
        command = ("import", "participations", folder / "participations.csv")
        self.start_and_kill("import", self.import_seconds, *command)
        brought = f"event LIKE 'R{number}-%'"
        seen = self.count(brought)
        expect(seen in (0, RECORDS), f"a half-loaded file is visible: {seen} of {RECORDS} records")
        self.import_seconds = seconds_of(lambda: self.house.run(*command))
        self.house.run(*command)
        stored = self.count(brought)
        expect(stored == RECORDS, f"{stored} of {RECORDS} records after loading the file again")
        live = self.count(brought + " AND superseded_at IS NULL")
        expect(live == RECORDS, f"{live} of {RECORDS} records hold after loading the file again")

    def computing(self, number):
        period = PERIODS[number % len(PERIODS)]
        self.start_and_kill("compute", self.compute_seconds, "compute", "--period", period)
        self.check_runs()
        self.house.run("compute", "--period", period)
        self.check_runs()
        expect(figures(self.house, period) == self.expected[period], f"figures of {period} differ")

    def check_runs(self):
        """A run that is complete has every fact it says, any other has none."""
        for number, state, said, stored in self.house.ask(
                "SELECT r.id, r.state, r.n_facts, (SELECT COUNT(*) FROM facts f WHERE f.run = r.id)"
                " FROM runs r"):
            complete = state in ("1", "complete")
            expect(int(stored) == (int(said) if complete else 0),
                   f"run {number} in state {state} says {said} facts and has {stored}")

    def returning(self, number):
        """`serve` makes what is due; it is killed, started again, and left to finish."""
        self.house.owe_again()
        self.owed = self.house.owed()
        expect(self.owed, "nothing is owed")
        self.start_and_kill("return", self.return_seconds, "serve", "--listen", "127.0.0.1:0")
        self.check_deliveries(finished=False)
        self.return_seconds = seconds_of(self.serve_until_delivered)
        self.check_deliveries(finished=True)

    def serve_until_delivered(self):
        serving = self.house.start("serve", "--listen", "127.0.0.1:0", stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        try:
            while self.undelivered():
                expect(time.monotonic() < deadline, "a return that is owed was not delivered in a minute")
                expect(serving.poll() is None, "the server stopped")
                try:
                    serving.wait(timeout=0.05)
                except subprocess.TimeoutExpired:
                    continue
        finally:
            serving.send_signal(signal.SIGTERM)
            serving.wait()

    def undelivered(self):
        done = {row[0] for row in self.house.ask(
            "SELECT period FROM return_runs WHERE state = 'delivered'")}
        return self.owed - done

    def check_deliveries(self, finished):
        """Only whole workbooks under their names, each with the digest the database knows, once."""
        known = {name: digest for name, digest in self.house.ask(
            "SELECT file_name, sha256 FROM return_runs WHERE file_name <> ''")}
        identities = self.house.ask("SELECT schedule, period, revision, COUNT(*) FROM return_runs"
                                    " GROUP BY schedule, period, revision HAVING COUNT(*) > 1")
        expect(not identities, f"a return exists twice: {identities}")
        files = sorted(self.house.deliveries.glob("*.xlsx")) if self.house.deliveries.exists() else []
        for file in files:
            digest = hashlib.sha256(file.read_bytes()).hexdigest()
            expect(known.get(file.name) == digest, f"{file.name} is not what the database knows")
        if finished:
            names = [file.name for file in files]
            expect(len(names) == len(self.owed), f"delivered: {names}")
            leftovers = [f.name for f in self.house.deliveries.iterdir() if f.suffix != ".xlsx" and f.name != ".quarterday-folder"]
            expect(not leftovers, f"left behind: {leftovers}")

    def run(self, number):
        (self.importing, self.computing, self.returning)[number % 3](number)

    def run_all(self, rounds):
        """So many rounds, and more until each operation was killed in a third of its own: a round
        whose operation was faster than the kill shows nothing."""
        number = 0
        while number < rounds or min(self.killed.values()) < max(1, rounds // 9):
            if number >= 3 * rounds:
                sys.exit(f"nothing was shown: too few kills came in time, {self.killed}")
            self.run(number)
            number += 1
        return number


def quarter_id(day):
    year, quarter = (day.year, (day.month - 1) // 3) if day.month > 3 else (day.year - 1, 4)
    return f"FY{year}-{(year + 1) % 100:02}-Q{quarter}"


class ReturningHouse(House):
    """A house whose returns can be owed again, as if neither they nor their figures were ever made."""

    def load_demo(self):
        super().load_demo()
        # Making one return sets up the schedule; then two or three quarters are owed, on any day.
        self.run("return", "build", "--period", "FY2026-27-Q1")
        first = quarter_id(datetime.date.today() - datetime.timedelta(days=210))
        self.write(f"UPDATE schedules SET first_period = '{first}'")

    def owe_again(self):
        for file in self.deliveries.glob("*"):
            file.unlink()
        for table in ("workbooks", "deliveries", "return_runs", "facts", "runs"):
            self.write(f"DELETE FROM {table}")

    def owed(self):
        schedules = json.loads(self.run("jobs", "list", "--format", "json"))
        return set(schedules[0]["due_periods"])

    def write(self, statement):
        if self.engine == "mariadb":
            self.maria.client(statement, self.name)
            return
        import sqlite3
        with sqlite3.connect(self.file, timeout=30) as database:
            database.execute(statement)


def crash(options, engine, maria, rounds):
    generator = random.Random(f"{options.seed}-{engine}")
    house = ReturningHouse(options.quarterday, options.families, engine, maria, SETTINGS)
    twin = House(options.quarterday, options.families, engine, maria)
    try:
        for each in (house, twin):
            each.load_demo()
        disturbed = Rounds(house, twin, generator)
        done = disturbed.run_all(rounds)
        print(f"{engine}: {done} rounds, killed in time: {disturbed.killed}; nothing lost, nothing"
              " doubled, no half file", flush=True)
    finally:
        house.close()
        twin.close()


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--quarterday", type=pathlib.Path, required=True)
    arguments.add_argument("--families", type=pathlib.Path, required=True)
    arguments.add_argument("--rounds", type=int, required=True)
    arguments.add_argument("--mysql-url-file", type=pathlib.Path)
    arguments.add_argument("--seed", type=int, default=random.randrange(10**6))
    options = arguments.parse_args()
    print(f"seed {options.seed}", flush=True)
    try:
        crash(options, "sqlite", None, options.rounds)
        if options.mysql_url_file:
            crash(options, "mariadb", MariaDb(options.mysql_url_file), options.rounds)
    except Wrong as wrong:
        sys.exit(f"seed {options.seed}: {wrong}")


if __name__ == "__main__":
    main()
