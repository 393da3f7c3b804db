"""Reading over HTTP, at the size of a sector: four million figures (200 indicators, 500 areas, 40 quarters).

Questions are drawn at random, so that nobody has the answer ready. Rivals, in the same run and in turn: SAP CAP
on a SQLite table of the same columns with an index for each question, Pistache alone and nginx sending as many
bytes, DuckDB on a table of its own.
"""
import csv
import http.client
import json
import os
import pathlib
import queue
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import threading
import time

from contest import Server, free_port, report, rounds, run

HERE = pathlib.Path(__file__).resolve().parent
SIZE = [200, 500, 40]
# Clients and seconds of a round, by kind of question: the rival takes seconds for the larger ones.
LOAD = {"series": (64, 4), "league": (64, 4), "rows": (4, 8), "sum": (4, 5)}
# What both sides of a comparison send of a figure.
FIELDS = ["indicator", "title", "version", "area", "period", "reading", "breakdown", "numerator", "denominator",
          "value", "display", "unit", "n", "family", "run", "id"]
NUMBERS = {"version", "numerator", "denominator", "value", "n", "run", "id"}
TABLE = "Bench_Facts"
INDEXES = {"series": "indicator, area, period", "league": "indicator, period, area", "quarter": "period, indicator, area"}
CAP = {
    "package.json": json.dumps({
        "name": "rival", "version": "1.0.0",
        "dependencies": {"@sap/cds": "^9", "@cap-js/sqlite": "^2"},
        "cds": {"requires": {"db": {"kind": "sqlite", "credentials": {"url": "facts.db"}}, "auth": "dummy"}},
    }),
    "srv/bench.cds": "@path: '/odata/v4/bench' service Bench {\n"
                     "  @readonly @cds.query.limit: {default: 100000, max: 100000} entity Facts {\n"
                     + "".join(f"    {'key ' if name == 'id' else ''}{name}: "
                               f"{'Int64' if name in ('id', 'run', 'n', 'version') else 'Decimal' if name in NUMBERS else 'String'};\n"
                               for name in FIELDS) + "  }\n}\n",
}


def import_areas(build, work, url):
    """A landlord with ten neighbourhoods of fifty estates."""
    path = work / "areas.csv"
    with open(path, "w") as file:
        print("code,name,kind,parent,valid_from,valid_until", file=file)
        print("L1,Landlord,landlord,,2010-04-01,", file=file)
        for number in range(10):
            print(f"N{number},Neighbourhood {number},neighbourhood,L1,2010-04-01,", file=file)
        for number in range(SIZE[1]):
            print(f"A{number:03},Estate {number},estate,N{number % 10},2010-04-01,", file=file)
    run([str(build / "server/quarterday"), "import", "areas", str(path)],
        env={**os.environ, "QUARTERDAY_STATE": str(work / "state"), "QUARTERDAY_DATABASE": url})


class Ours:
    def __init__(self, build, work):
        self.program, self.port = str(build / "server/quarterday"), free_port()
        self.environment = {**os.environ, "QUARTERDAY_STATE": str(work / "state"),
                            "QUARTERDAY_DATABASE": f"sqlite:///{work}/figures.db"}
        # One client asks more often than any in life may; lines about it would be read by this script, which is
        # slower than what it measures.
        (work / "state").mkdir(exist_ok=True)
        (work / "state/quarterday.toml").write_text("[http]\nrequests_a_minute = 0\naccess_log = false\n")
        created = run([self.program, "key", "create", "bench", "--audience", "executive"], env=self.environment)
        self.key = re.search(r"qd_[\w-]+", created).group(0)
        begun = time.monotonic()
        self.process = subprocess.Popen([self.program, "serve", "--no-scheduler", "--listen", f"127.0.0.1:{self.port}"],
                                        env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.in_memory = self.line_with("figures in memory")
        self.ready = time.monotonic() - begun
        self.said = queue.Queue()  # when it had newer figures in memory
        threading.Thread(target=self.listen, daemon=True).start()

    def line_with(self, words):
        """The line of its log that has these words, once it is written."""
        said = []
        for line in self.process.stdout:
            said.append(line)
            if words in line:
                return line
        sys.exit("".join(said))

    def listen(self):
        """What it says must not hold it up."""
        for line in self.process.stdout:
            if "figures in memory" in line:
                self.said.put(time.time())

    def memory(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) * 1024

    def get(self, question, take=None):
        """Seconds to the last byte, and how many bytes there were."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        begun = time.monotonic()
        connection.request("GET", "/api/v1/facts?" + question, headers={"Authorization": f"Bearer {self.key}"})
        return read(connection, begun, take)

    def stop(self):
        self.process.terminate()
        self.process.wait()


def read(connection, begun, take=None):
    response = connection.getresponse()
    n = 0
    while piece := response.read(1 << 20):
        n += len(piece)
        if take:
            take(piece)
    if response.status != 200:
        sys.exit(f"{response.status} {response.reason}")
    return time.monotonic() - begun, n


def prepare(build, work):
    print("http: preparing four million figures, SAP CAP and DuckDB", file=sys.stderr)
    url = f"sqlite:///{work}/figures.db"
    seconds = time.monotonic()
    run([str(build / "tests/bench/bench_figures"), url, *map(str, SIZE)])
    print(f"  four million figures stored in {time.monotonic() - seconds:.0f} s")
    import_areas(build, work, url)
    ours = Ours(build, work)
    try:
        with open(work / "facts.csv", "wb") as file:
            ours.get(f"limit=all&format=csv&fields={','.join(FIELDS)}", file.write)
    finally:
        ours.stop()
    prepare_cap(work)
    node = work / "node"
    node.mkdir()
    shutil.copy(HERE / "duckdb_figures.mjs", node)
    run(["npm", "install", "--silent", "--no-fund", "--no-audit", "@duckdb/node-api"], cwd=node)
    run(["node", "duckdb_figures.mjs", "prepare", str(work / "facts.duckdb"), str(work / "facts.csv")], cwd=node)
    (work / "prepared").touch()


def prepare_cap(work):
    cap = work / "cap"
    (cap / "srv").mkdir(parents=True)
    for name, text in CAP.items():
        (cap / name).write_text(text)
    run(["npm", "install", "--silent", "--no-fund", "--no-audit"], cwd=cap)
    columns = ", ".join(f"{name} {'NUMERIC' if name in NUMBERS else 'TEXT'}{' PRIMARY KEY' if name == 'id' else ''}"
                        for name in FIELDS)
    with sqlite3.connect(cap / "facts.db") as database, open(work / "facts.csv", newline="") as file:
        database.execute(f"CREATE TABLE {TABLE} ({columns})")
        lines = csv.reader(file)
        next(lines)
        database.executemany(f"INSERT INTO {TABLE} VALUES ({', '.join('?' * len(FIELDS))})",
                             ([cell or None for cell in line] for line in lines))
        for name, on in INDEXES.items():
            database.execute(f"CREATE INDEX {name} ON {TABLE} ({on})")
        database.execute("ANALYZE")


def wrk(port, side, kind, headers):
    """Seconds an answer, for the median of the rounds; the 99th percentile is kept beside it."""
    clients, seconds = LOAD[kind]
    command = ["wrk", "-t2", f"-c{clients}", f"-d{seconds}s", "--timeout", "30s", "--latency"]
    for header in headers:
        command += ["-H", header]
    output = run([*command, "-s", str(HERE / "questions.lua"), f"http://127.0.0.1:{port}", "--", side, kind,
                  *map(str, SIZE)])
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", output)
    if bad:
        sys.exit(f"{side} {kind}: {bad.group(0)}")
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", output).group(1))
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", output).groups()
    wrk.slowest.setdefault((side, kind, headers[-1]), []).append(
        float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit])
    return f"{1 / rate:.9f} 1"


wrk.slowest = {}


def asked_at_random(ours, cap_port, bare, n, kind):
    question = {"series": "indicator=I007&area=A007", "league": "indicator=I007&period=FY2020-21-Q1",
                "rows": "indicator=I007&limit=all", "sum": "indicator=I007&group_by=period"}[kind]
    body = []
    ours.get(f"{question}&fields={','.join(FIELDS)}" if kind != "sum" else question, body.append)
    bytes_sent = b"".join(body)
    bare_port = bare(bytes_sent)
    key, alive, closing = f"Authorization: Bearer {ours.key}", "Connection: keep-alive", "Connection: close"
    contestants = {
        "ours": lambda: wrk(ours.port, "ours", kind, [key, alive]),
        "ours, close": lambda: wrk(ours.port, "ours", kind, [key, closing]),
        "SAP CAP": lambda: wrk(cap_port, "cap", kind, [alive]),
        "SAP CAP, close": lambda: wrk(cap_port, "cap", kind, [closing]),
    }
    if kind in ("series", "league"):
        contestants["bare Pistache"] = lambda: wrk(bare_port, "bare", kind, [alive])
    times, _ = rounds(n, contestants)
    rivals = [name for name in times if not name.startswith("ours")]
    report(f"{kind}: random questions, {LOAD[kind][0]} clients, {len(bytes_sent)} bytes (milliseconds an answer)", times,
           ["ours"], rivals, scale=1e3)
    report(f"{kind}: the same, a connection each", {name: times[name] for name in ("ours, close", "SAP CAP, close")},
           ["ours, close"], ["SAP CAP, close"], scale=1e3)
    for name, seconds_each in times.items():
        print(f"  {name:<34} {1 / statistics.median(seconds_each):10.0f} answers a second")
    for (side, asked, header), slowest in wrk.slowest.items():
        if asked == kind:
            print(f"  99th percentile of {side} ({header}): {statistics.median(slowest):.1f} ms")


def nginx(work, file):
    port, folder = free_port(), work / "nginx"
    folder.mkdir(exist_ok=True)
    (folder / "nginx.conf").write_text(
        f"daemon off; worker_processes 2; pid {folder}/pid; error_log {folder}/error.log;\n"
        f"events {{}} http {{ access_log off; sendfile on; client_body_temp_path {folder}/t; proxy_temp_path {folder}/t;\n"
        f"fastcgi_temp_path {folder}/t; uwsgi_temp_path {folder}/t; scgi_temp_path {folder}/t;\n"
        f"server {{ listen 127.0.0.1:{port}; root {file.parent}; }} }}\n")
    user = ["-g", "user root;"] if os.geteuid() == 0 else []
    server = Server(["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), *user], port)

    def get():
        connection = http.client.HTTPConnection("127.0.0.1", port)
        begun = time.monotonic()
        connection.request("GET", "/" + file.name)
        return read(connection, begun)
    return server, get


def whole(ours, work, n):
    """One quarter and everything, as CSV with every field; beside nginx with the same bytes in a file."""
    quarter = "period=FY2020-21-Q1&limit=all&format=csv"
    times = {"one quarter of everything": [ours.get(quarter)[0] for _ in range(n)]}
    report("100,000 figures as CSV, every field (s)", times, [], [])
    everything = work / "everything.csv"
    with open(everything, "wb") as file:
        ours.get("limit=all&format=csv", file.write)
    server, get = nginx(work, everything)
    before = ours.memory()

    def contestant(ask):
        seconds, size = ask()
        return f"{seconds} {size}"
    try:
        times, size = rounds(n, {"ours": lambda: contestant(lambda: ours.get("limit=all&format=csv")),
                                 "nginx": lambda: contestant(get)})
    finally:
        server.stop()
    report(f"All four million as CSV, {size[0] / 1e6:.0f} MB (s)", times, ["ours"], ["nginx"])
    print(f"  memory before {before / 1e6:.0f} MB, after {ours.memory() / 1e6:.0f} MB")
    everything.unlink()


def visible(ours, build, work, n):
    """A run of 100,000 figures is stored again while a client asks for one of them: when does it see the new one?

    Beside it somebody reads the database itself, to whom the commit shows first.
    """
    question = "indicator=I007&area=A007&period=FY2016-17-Q1&format=csv&fields=run"

    def run_seen():
        lines = []
        ours.get(question, lines.append)
        return int(b"".join(lines).splitlines()[1])

    def commit_of(known):
        with sqlite3.connect(work / "figures.db") as database:
            while database.execute("SELECT MAX(id) FROM runs WHERE n_facts > 0").fetchone()[0] == known:
                pass
            return time.time()

    times = {"from its commit until it is read": [], "until it is read from memory": []}
    for _ in range(n):
        before, seen, committed = run_seen(), None, []
        with sqlite3.connect(work / "figures.db") as database:
            known = database.execute("SELECT MAX(id) FROM runs WHERE n_facts > 0").fetchone()[0]
        watcher = threading.Thread(target=lambda known=known, at=committed: at.append(commit_of(known)))
        watcher.start()
        writer = subprocess.Popen([str(build / "tests/bench/bench_figures"), f"sqlite:///{work}/figures.db",
                                   str(SIZE[0]), str(SIZE[1]), "1"])
        while seen is None:
            if run_seen() != before:
                seen = time.time()
        in_memory = ours.said.get(timeout=60)
        watcher.join()
        writer.wait()
        times["from its commit until it is read"].append(seen - committed[0])
        times["until it is read from memory"].append(in_memory - committed[0])
    report("A run of 100,000 figures, seen by a client that asks all the time (s)", times, [], [])


def grouped(ours, work, n):
    sql = ("SELECT indicator, period, SUM(numerator) AS a, SUM(denominator) AS b, COUNT(*) AS c FROM facts "
           "GROUP BY indicator, period")

    def us():
        lines = []
        seconds, _ = ours.get("group_by=period&limit=all&format=csv&fields=indicator,period,numerator,denominator",
                              lines.append)
        return f"{seconds} {len(b''.join(lines).splitlines()) - 1}"
    times, _ = rounds(n, {
        "ours, over HTTP": us,
        "DuckDB": lambda: run(["node", "duckdb_figures.mjs", "ask", str(work / "facts.duckdb"), sql], cwd=work / "node"),
    })
    report("Sums by indicator and period over all four million, 8,000 groups (s)", times, ["ours, over HTTP"], ["DuckDB"])


def read_over_http(build, work, n):
    if not (work / "prepared").exists():
        prepare(build, work)
    ours = Ours(build, work)
    cap_port = free_port()
    cap = Server(["node", "node_modules/@sap/cds/bin/serve.js", "--port", str(cap_port)], cap_port,
                 {"PORT": str(cap_port)}, cwd=work / "cap")
    bare_servers = []

    def bare(body):
        port = free_port()
        (work / "body").write_bytes(body)
        bare_servers.append(Server([str(build / "tests/bench/bench_bare_pistache"), str(port), str(work / "body")], port))
        return port
    try:
        figures, kilobytes = re.search(r"figures in memory: (\d+) .*, (\d+) kB", ours.in_memory).groups()
        print(f"\nhttp: {figures} figures in memory {ours.ready:.1f} s after start, "
              f"{int(kilobytes) * 1024 / int(figures):.1f} bytes a figure")
        for kind in ("series", "league", "rows", "sum"):
            asked_at_random(ours, cap_port, bare, n, kind)
        grouped(ours, work, n)
        whole(ours, work, n)
        visible(ours, build, work, n)
    finally:
        for server in (ours, cap, *bare_servers):
            server.stop()
