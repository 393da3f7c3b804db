"""Several servers on one MariaDB, and the same returns due on all of them: each is computed once, made once and
delivered once, whoever comes first; and a server that is killed meanwhile takes nothing along.

    rival_servers.py --quarterday FILE --families DIR --mysql-url-file FILE [--rounds N] [--servers 2,4,8,16]
                     [--seed S]

In each round everything is owed again to servers that go on running. In every fifth one of them is killed at a
random moment, and started again once the round is over; what it had computed is then computed again by who takes
over, once its lease has ended.
"""
import argparse
import pathlib
import random
import signal
import subprocess
import sys
import time

from crash_rounds import ReturningHouse, Wrong, expect
from house import House, MariaDb

LONGEST_ROUND = 120  # seconds
# Longer than a return takes beside fifteen others: who is slow is not taken for dead.
SETTINGS = "[jobs]\nlease_seconds = 20\nlongest_wait_seconds = 1\n"


class Rivals:
    """url_of: where the server of a number finds the database of a name."""

    def __init__(self, options, maria, n_servers, generator, url_of=None):
        self.random = generator
        self.url_of = url_of or (lambda number, name: maria.url(name))
        self.house = ReturningHouse(options.quarterday, options.families, "mariadb", maria, SETTINGS)
        self.house.load_demo()
        self.houses = [self.house] + [self.another(options, number) for number in range(1, n_servers)]
        self.owe_again()
        self.owed = self.house.owed()
        expect(self.owed, "nothing is owed")
        self.servers = [self.serve(house) for house in self.houses]
        self.wait_until_delivered()
        self.killed = 0

    def another(self, options, number):
        """A server of the same database with folders of its own."""
        house = House(options.quarterday, options.families, "sqlite", settings=SETTINGS)
        house.environment["QUARTERDAY_DATABASE"] = self.url_of(number, self.house.name)
        return house

    @staticmethod
    def serve(house):
        with open(house.folder / "log", "a") as log:
            return house.start("serve", "--listen", "127.0.0.1:0", stdout=subprocess.DEVNULL, stderr=log)

    def close(self):
        for server in self.servers:
            server.send_signal(signal.SIGTERM)
        for server in self.servers:
            server.wait()
        for house in reversed(self.houses):
            house.close()

    def ask(self, sql):
        return self.house.ask(sql)

    def owe_again(self):
        """At one moment: a server sees all of it gone, or nothing."""
        for house in self.houses:
            for file in house.deliveries.glob("*.xlsx"):
                file.unlink()
        self.house.write("START TRANSACTION; " + " ".join(
            f"DELETE FROM {table};" for table in ("workbooks", "deliveries", "return_runs", "facts", "runs")) + " COMMIT")

    def wait_until_delivered(self):
        end = time.monotonic() + LONGEST_ROUND
        while {row[0] for row in self.ask("SELECT period FROM return_runs WHERE state = 'delivered'")} != self.owed:
            expect(time.monotonic() < end, "a return that is owed was not delivered in two minutes\n" + self.said())

    def kill_one(self):
        number = self.random.randrange(len(self.servers))
        try:
            self.servers[number].wait(timeout=self.random.uniform(0, 0.6))
        except subprocess.TimeoutExpired:
            self.servers[number].send_signal(signal.SIGKILL)
            self.servers[number].wait()
            self.killed += 1
        return number

    def check(self, undisturbed):
        once = {"computed twice": "SELECT family, period FROM runs WHERE state = 1 GROUP BY family, period"}
        for what, sql in {
            **(once if undisturbed else {}),
            "made twice": "SELECT schedule, period FROM return_runs GROUP BY schedule, period",
            "delivered twice": "SELECT return_run, recipient FROM deliveries GROUP BY return_run, recipient",
        }.items():
            twice = self.ask(sql + " HAVING COUNT(*) > 1")
            expect(not twice, f"{what}: {twice}")
        for what, sql in {"workbooks": "SELECT COUNT(*) FROM workbooks", "deliveries": "SELECT COUNT(*) FROM deliveries",
                          "returns": "SELECT COUNT(*) FROM return_runs"}.items():
            n = int(self.ask(sql)[0][0])
            expect(n == len(self.owed), f"{n} {what} for {len(self.owed)} that are owed")
        files = [file for house in self.houses for file in house.deliveries.glob("*.xlsx")]
        expect(len(files) == len(self.owed), f"files: {files}")

    def said(self):
        """The end of each server's log."""
        return "\n".join("".join((house.folder / "log").read_text().splitlines(True)[-20:]) for house in self.houses)

    def check_all_go_on(self):
        expect(all(server.poll() is None for server in self.servers), "a server stopped\n" + self.said())

    def round(self, number):
        self.owe_again()
        killed = self.kill_one() if number % 5 == 1 else None
        self.wait_until_delivered()
        self.check(undisturbed=killed is None)
        if killed is not None:
            self.servers[killed] = self.serve(self.houses[killed])
        self.check_all_go_on()


def main():
    arguments = argparse.ArgumentParser()
    for name in ("--quarterday", "--families", "--mysql-url-file"):
        arguments.add_argument(name, type=pathlib.Path, required=True)
    arguments.add_argument("--rounds", type=int, default=250)
    arguments.add_argument("--servers", default="2,4,8,16")
    arguments.add_argument("--seed", type=int, default=random.randrange(10**6))
    options = arguments.parse_args()
    print(f"seed {options.seed}", flush=True)
    for n_servers in map(int, options.servers.split(",")):
        rivals = Rivals(options, MariaDb(options.mysql_url_file), n_servers, random.Random(f"{options.seed}-{n_servers}"))
        begun = time.monotonic()
        try:
            for number in range(options.rounds):
                rivals.round(number)
            print(f"{n_servers} servers, {options.rounds} rounds of {len(rivals.owed)} returns, {rivals.killed} times one"
                  f" was killed: each computed, made and delivered once; {time.monotonic() - begun:.0f} s", flush=True)
        except Wrong as wrong:
            sys.exit(f"seed {options.seed}, {n_servers} servers, round {number}: {wrong}")
        finally:
            rivals.close()


if __name__ == "__main__":
    main()
