#!/usr/bin/env python3
"""Benchmarks: every figure is a ratio against a named rival in the same run.

Interleaved (A, B, C, …, A, B, C, …), five rounds; what is printed is the median of the ratios and their
spread. Nothing here decides a test.

    run.py BUILD_DIRECTORY [compute|http|crowd] [--rounds N] [--keep]

A round of crowd, which has no rival but itself undisturbed, is a minute.

With --keep what was prepared (five million participations, four million figures) stays in
BUILD_DIRECTORY/bench, and is used again if it is there.
"""
import argparse
import csv
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys

import crowd
import reading
from contest import free_port, report, rounds, run

HERE = pathlib.Path(__file__).resolve().parent
os.environ["PATH"] += ":/usr/sbin"  # where mariadbd is, and not on every user's path

SQL = """
SELECT p.area, e.level, COUNT(*), COUNT(DISTINCT x.person), SUM(x.minutes)
FROM participations x JOIN events e ON e.code = x.event JOIN persons p ON p.code = x.person
WHERE e.held_on >= {start} AND e.held_on < {end} AND x.status IN ('ATTENDED', 'REMOTE', 'RESPONDED')
  {live}
GROUP BY p.area, e.level
"""
LIVE = "AND x.live = 1 AND e.live = 1 AND p.live = 1"
QUARTER = {"start": 20544, "end": 20635}  # 2026-04-01 and 2026-07-01 as days since 1970


class Maria:
    """A private server: own data directory, loopback, stopped by its own process."""

    def __init__(self, folder):
        self.folder, self.port = folder, free_port()
        user = ["--user=root"] if os.geteuid() == 0 else []
        fresh = not folder.exists()
        if fresh:
            folder.mkdir()
        # Its own folder for temporary files too: a second server that starts sweeps a shared one,
        # and so does the one that installs.
        (folder / "tmp").mkdir(exist_ok=True)
        if fresh:
            run(["mariadb-install-db", "--no-defaults", f"--datadir={folder}/data",
                 "--force", "--auth-root-authentication-method=normal", *user],
                env={**os.environ, "TMPDIR": str(folder / "tmp")})
        self.server = subprocess.Popen(
            ["mariadbd", "--no-defaults", f"--datadir={folder}/data", f"--socket={folder}/s",
             f"--port={self.port}", "--bind-address=127.0.0.1", f"--pid-file={folder}/pid", f"--tmpdir={folder}/tmp",
             "--innodb-buffer-pool-size=4G", "--innodb-log-file-size=1G", "--local-infile=1",
             "--tmp-table-size=2G", "--max-heap-table-size=2G", *user],
            stdout=subprocess.DEVNULL, stderr=open(folder / "log", "w"))
        while not (folder / "s").exists() or self.client("SELECT 1", check=False).returncode:
            if self.server.poll() is not None:
                sys.exit((folder / "log").read_text())
        if fresh:
            self.client("CREATE DATABASE bench CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;"
                        "CREATE USER bench@'127.0.0.1' IDENTIFIED BY 'bench';"
                        "GRANT ALL ON bench.* TO bench@'127.0.0.1';")
        self.url = f"mysql://bench:bench@127.0.0.1:{self.port}/bench"

    def client(self, sql, check=True):
        done = subprocess.run(
            ["mariadb", "--no-defaults", f"--socket={self.folder}/s", "-uroot", "--batch",
             "--skip-column-names", "--quick", "-e", sql], text=True, capture_output=True)
        if check and done.returncode:
            raise RuntimeError(f"MariaDB: {done.stderr}")
        return done

    def ask(self, sql):
        """Only the sum of its answer comes back, so the rival does not pay for its client."""
        return self.client(
            f"USE bench; SET @from = NOW(6); SELECT COUNT(*), SUM(n), SUM(people), SUM(minutes) "
            f"INTO @groups, @n, @people, @minutes FROM ({sql}) answer;"
            "SELECT TIMESTAMPDIFF(MICROSECOND, @from, NOW(6)) / 1e6, @groups, @n, @people, @minutes;"
        ).stdout

    def stop(self):
        self.server.terminate()
        self.server.wait()


def csv_copy(sqlite_file, folder):
    """DuckDB's own tables are filled from plain CSV."""
    folder.mkdir()
    columns = {"persons": "code, area", "events": "code, level, held_on",
               "participations": "person, event, status, minutes"}
    with sqlite3.connect(sqlite_file) as database:
        for table, names in columns.items():
            with open(folder / f"{table}.csv", "w", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(names.split(", "))
                writer.writerows(database.execute(f"SELECT {names} FROM {table} WHERE live = 1"))


def prepare(ours, work, sqlite_url, maria, duck):
    print("compute: preparing 5 million participations on SQLite, MariaDB and DuckDB", file=sys.stderr)
    print(f"  load of 5 million on SQLite:  {run([ours, 'prepare', sqlite_url]).split()[0]} s")
    print(f"  load of 5 million on MariaDB: {run([ours, 'prepare', maria.url]).split()[0]} s")
    maria.client("USE bench; ANALYZE TABLE participations, events, persons;")
    csv_copy(work / "register.db", work / "csv")
    node = work / "node"
    node.mkdir()
    shutil.copy(HERE / "duckdb.mjs", node)
    run(["npm", "install", "--silent", "--no-fund", "--no-audit", "@duckdb/node-api"], cwd=node)
    duck("prepare", work / "csv")
    (work / "prepared").touch()


def compute(build, work, n):
    ours = str(build / "tests/bench/bench_participations")
    sqlite_file = work / "register.db"
    sqlite_url = f"sqlite:///{sqlite_file}"

    def duck(mode, argument):
        return run(["node", "duckdb.mjs", mode, str(work / "register.duckdb"), str(argument)],
                   cwd=work / "node")

    maria = Maria(work / "maria")
    try:
        if not (work / "prepared").exists():
            prepare(ours, work, sqlite_url, maria, duck)
        plain = SQL.format(live=LIVE, **QUARTER)
        named = plain.replace("COUNT(*)", "COUNT(*) AS n").replace(
            "COUNT(DISTINCT x.person)", "COUNT(DISTINCT x.person) AS people").replace(
            "SUM(x.minutes)", "SUM(x.minutes) AS minutes")
        times, answer = rounds(n, {
            "ours on SQLite": lambda: run([ours, "compute", sqlite_url]),
            "SQLite SQL": lambda: run([ours, "sqlite", str(sqlite_file), plain]),
            "ours on MariaDB": lambda: run([ours, "compute", maria.url]),
            "MariaDB SQL": lambda: maria.ask(named),
            "DuckDB": lambda: duck("ask", SQL.format(live="", **QUARTER)),
        })
    finally:
        maria.stop()
    print(f"  everybody answers: groups, participations, people, minutes = {answer}")
    report("The quarter's count, people and hours by area and level, 5 million participations (s)",
           times, ["ours on SQLite", "ours on MariaDB"], ["SQLite SQL", "MariaDB SQL", "DuckDB"])


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("build", type=pathlib.Path)
    arguments.add_argument("only", nargs="?", choices=["compute", "http", "crowd"])
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--keep", action="store_true")
    options = arguments.parse_args()
    for name, benchmark in {"compute": compute, "http": reading.read_over_http,
                            "crowd": crowd.beside_a_crowd}.items():
        if options.only not in (None, name):
            continue
        work = options.build.resolve() / "bench" / name
        if not (options.keep and (work / "prepared").exists()):
            shutil.rmtree(work, ignore_errors=True)
            work.mkdir(parents=True)
        benchmark(options.build.resolve(), work, options.rounds)
        if not options.keep:
            shutil.rmtree(work)


if __name__ == "__main__":
    main()
