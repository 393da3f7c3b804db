#!/usr/bin/env python3
"""Benchmarks: every figure is a ratio against a named rival in the same run.

Interleaved (A, B, C, …, A, B, C, …), five rounds; what is printed is the median of the ratios and their
spread. Nothing here decides a test.

    run.py BUILD_DIRECTORY [--rounds N] [--only compute|read] [--keep]

With --keep the five million participations stay in BUILD_DIRECTORY/bench, and are used again if they
are there.
"""
import argparse
import base64
import csv
import http.client
import os
import pathlib
import re
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys

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


def run(command, **options):
    return subprocess.run(command, check=True, text=True, capture_output=True, **options).stdout


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


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


def parse(output):
    seconds, *answer = output.split()
    return float(seconds), [int(float(figure)) for figure in answer]


def report(title, times, ours, rivals, scale=1):
    """Times in seconds are shown multiplied by the scale."""
    print(f"\n{title}")
    for name, seconds in times.items():
        shown = [scale * second for second in seconds]
        print(f"  {name:<34} median {statistics.median(shown):8.3f}   "
              f"({min(shown):.3f} to {max(shown):.3f})")
    for mine in ours:
        for rival in rivals:
            ratios = [b / a for a, b in zip(times[mine], times[rival])]
            print(f"  {rival} / {mine}: {statistics.median(ratios):.2f} times "
                  f"(spread {min(ratios):.2f} to {max(ratios):.2f})")


def rounds(n, contestants):
    """Seconds by contestant; ends when they do not all answer the same."""
    times = {name: [] for name in contestants}
    answers = {}
    for i in range(n):
        for name, ask in contestants.items():
            seconds, answers[name] = parse(ask())
            times[name].append(seconds)
            print(f"  round {i + 1} {name}: {seconds:.3g} s", file=sys.stderr)
    if len({tuple(answer) for answer in answers.values()}) > 1:
        sys.exit(f"the contestants disagree: {answers}")
    return times, answers.popitem()[1]


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


class Server:
    def __init__(self, command, port, environment=None):
        self.port = port
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        env={**os.environ, **(environment or {})})
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                return
            except OSError:
                if self.process.poll() is not None:
                    sys.exit(f"{command[0]} stopped at once")

    def stop(self):
        self.process.terminate()
        self.process.wait()


def wrk(port, path, headers):
    command = ["wrk", "-t2", "-c16", "-d3s"]
    for header in headers:
        command += ["-H", header]
    output = run([*command, f"http://127.0.0.1:{port}{path}"])
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", output)
    if bad:
        sys.exit(f"{path}: {bad.group(0)}")
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", output).group(1))
    return f"{1 / rate:.9f} 1"


def demo_state(build, work):
    """The demo's figures, loaded and computed for two periods."""
    environment = {**os.environ, "QUARTERDAY_STATE": str(work / "state")}
    quarterday = str(build / "server/quarterday")
    (work / "state").mkdir()
    run([quarterday, "migrate"], env=environment)
    run([quarterday, "demo", str(work / "files")], env=environment)
    run([quarterday, "import", "all", str(work / "files")], env=environment)
    for period in ("FY2024-25", "FY2026-27-Q2"):
        run([quarterday, "compute", "--period", period], env=environment)
    created = run([quarterday, "key", "create", "bench", "--audience", "executive"], env=environment)
    return environment, re.search(r"qd_[\w-]+", created).group(0)


def read(build, work, n):
    environment, key = demo_state(build, work)
    port, bare_port = free_port(), free_port()
    server = Server([str(build / "server/quarterday"), "serve", "--listen", f"127.0.0.1:{port}"], port,
                    environment)
    path = "/api/v1/facts?indicator=INV2&period=FY2026-27-Q2&limit=40&format=csv"
    basic = "Basic " + base64.b64encode(f"bench:{key}".encode()).decode()
    client = http.client.HTTPConnection("127.0.0.1", port)
    client.request("GET", path, headers={"Authorization": basic})
    body = client.getresponse().read()
    (work / "body.json").write_bytes(body)
    bare = Server([str(build / "tests/bench/bench_bare_pistache"), str(bare_port),
                   str(work / "body.json")], bare_port)
    key_header = f"Authorization: {basic}"
    alive = "Connection: keep-alive"
    facts = body.count(b"\n") - 1
    print(f"\nread: one indicator, {facts} facts as CSV, {len(body)} bytes, key checked")
    try:
        times, _ = rounds(n, {
            "ours": lambda: wrk(port, path, [key_header]),
            "bare Pistache": lambda: wrk(bare_port, "/", [key_header]),
            "ours, keep-alive": lambda: wrk(port, path, [key_header, alive]),
            "bare Pistache, keep-alive": lambda: wrk(bare_port, "/", [key_header, alive]),
        })
    finally:
        server.stop()
        bare.stop()
    for name, seconds in times.items():
        print(f"  {name:<34} median {1 / statistics.median(seconds):10.0f} answers a second")
    report("One answer (microseconds; 16 connections)", times, ["ours", "ours, keep-alive"],
           ["bare Pistache", "bare Pistache, keep-alive"], scale=1e6)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("build", type=pathlib.Path)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--only", choices=["compute", "read"])
    arguments.add_argument("--keep", action="store_true")
    options = arguments.parse_args()
    for name, benchmark in {"compute": compute, "read": read}.items():
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
