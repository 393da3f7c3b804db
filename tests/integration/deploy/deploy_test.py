#!/usr/bin/env python3
"""Installed where it belongs, started as a service is, watched, on accounts of least privilege."""
import collections
import http.client
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "support"))
from house import Failed, House, MariaDb, options  # noqa: E402
from served import Served, free_port  # noqa: E402

OPTIONS, UNITTEST_ARGUMENTS = options("--build", "--deploy")
PERIOD = "FY2026-27-Q1"
os.environ["PATH"] += ":/usr/sbin"


class Installed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.root = pathlib.Path(tempfile.mkdtemp(prefix="quarterday-root-"))
        subprocess.run(["cmake", "--install", OPTIONS.build, "--component", "program", "--prefix", cls.root / "usr"],
                       check=True, capture_output=True, env={**os.environ, "DESTDIR": ""})

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.root)

    def test_lies_where_the_fhs_has_it(self):
        there = {str(path.relative_to(self.root)) for path in self.root.rglob("*") if path.is_file()}
        for wanted in ("usr/bin/quarterday", "usr/lib/quarterday/families/existing_pis.so",
                       "usr/lib/systemd/system/quarterday.service", "usr/lib/systemd/system/quarterday-backup.timer",
                       "usr/lib/sysusers.d/quarterday.conf", "usr/share/quarterday/proxy/nginx.conf",
                       "usr/share/quarterday/mariadb/accounts.sql", "usr/share/doc/quarterday/copyright",
                       "usr/share/doc/quarterday/reference/configuration.md", "usr/etc/quarterday/quarterday.toml"):
            self.assertIn(wanted, there)
        self.assertEqual([name for name in there if "_template" in name or "/include/" in name], [])

    def test_finds_its_families_and_its_configuration(self):
        configuration = self.root / "usr/etc/quarterday/quarterday.toml"
        configuration.write_text(configuration.read_text().replace("/var/lib/quarterday", str(self.root / "state")))
        bare = {"PATH": os.environ["PATH"], "HOME": str(self.root)}

        def run(*words):
            return subprocess.run([self.root / "usr/bin/quarterday", *words], cwd="/", env=bare, capture_output=True,
                                  text=True, check=True).stdout
        self.assertEqual(len(json.loads(run("family", "list", "--format", "json"))), 3)
        run("audit", "verify")
        self.assertTrue((self.root / "state/quarterday.db").exists())


class Runbooks(unittest.TestCase):
    """What an operator is told to type is there, with its options; so are the files and units that are named."""

    pages = sorted((OPTIONS.deploy.parent / "docs/how-to/operate").glob("*.md"))

    def commands(self, page):
        text = page.read_text()
        for block in re.findall(r"^```sh\n(.*?)^```", text, re.S | re.M):
            yield from (line for line in block.splitlines() if line)

    def help_of(self, *words):
        return subprocess.run([OPTIONS.quarterday, *words, "--help"], capture_output=True, text=True)

    def test_name_commands_and_options_that_are_there(self):
        n_commands = 0
        for page in self.pages:
            for line in self.commands(page):
                typed = re.search(r"(?:^|-- )quarterday ((?:[a-z-]+ )*[a-z-]+)(.*)", line)
                if not typed:
                    continue
                n_commands += 1
                words, more = typed.group(1).split(), typed.group(2)
                top = self.help_of().stdout
                self.assertRegex(top, rf"(?m)^  {words[0]} ", line)
                known = self.help_of(words[0]).stdout
                if len(words) > 1 and "SUBCOMMAND" in known:
                    self.assertRegex(known, rf"(?m)^  {words[1]} ", line)
                    known += self.help_of(*words[:2]).stdout
                for option in re.findall(r"(--[a-z-]+)", more):
                    self.assertIn(option, known + top, line)
        self.assertGreater(n_commands, 15)

    def test_name_files_and_units_that_are_installed(self):
        for page in self.pages:
            text = page.read_text()
            for name in re.findall(r"/usr/share/quarterday/([\w./-]+\w)", text):
                self.assertTrue((OPTIONS.deploy / name).exists(), name)
            for name in re.findall(r"quarterday[\w-]*\.(?:service|timer)", text):
                self.assertTrue((OPTIONS.deploy / "systemd" / name).exists(), name)

    def test_name_settings_that_are_there(self):
        keys = (OPTIONS.deploy.parent / "docs/reference/configuration.md").read_text()
        for page in self.pages:
            for block in re.findall(r"^```toml\n(.*?)^```", page.read_text(), re.S | re.M):
                table = ""
                for name, key in re.findall(r"(?m)^(?:\[(\w+)\]|(\w+) =)", block):
                    table = name + "." if name else table
                    self.assertTrue(name or f"`{table}{key}`" in keys, f"{page.name}: {table}{key}")


class SecurityPage(unittest.TestCase):
    def test_names_tests_that_are_there(self):
        text = (OPTIONS.deploy.parent / "docs/explanation/security.md").read_text()
        named = set(re.findall(r"`((?:unit|integration|attack)\.\w+)`", text))
        self.assertGreater(len(named), 7)
        there = subprocess.run(["ctest", "--test-dir", OPTIONS.build, "-N"], capture_output=True, text=True, check=True)
        for name in named:
            self.assertTrue(re.search(rf": {re.escape(name)}(?:\.|\n)", there.stdout), f"{name} is no test")


class AsvsPage(unittest.TestCase):
    """What it says of itself is so: each requirement once, counted, and the tests it names are there."""

    text = (OPTIONS.deploy.parent / "docs/explanation/asvs.md").read_text()
    verdicts = re.findall(r"(?m)^\| (\d+\.\d+\.\d+) \| [^|]+ \| ([a-z ]+) \| .+ \|$", text)

    def test_counts_its_verdicts(self):
        self.assertEqual(len(self.verdicts), len(dict(self.verdicts)))
        told = re.findall(r"(?m)^\| (met|proxy|not applicable|not met) \| [^|]* \| (\d+) \|$", self.text)
        self.assertEqual({verdict: int(n) for verdict, n in told},
                         collections.Counter(verdict for _, verdict in self.verdicts))
        self.assertIn(f"levels 1 and 2, {len(self.verdicts)} requirements", self.text)

    def test_lists_what_is_not_met_once_more(self):
        listed = re.findall(r"(?m)^- \*\*([\d.]+)\*\*", self.text)
        self.assertEqual(sorted(listed), sorted(number for number, verdict in self.verdicts if verdict == "not met"))

    def test_names_tests_that_are_there(self):
        there = subprocess.run(["ctest", "--test-dir", OPTIONS.build, "-N"], capture_output=True, text=True, check=True)
        scripts = "".join(file.read_text() for file in (OPTIONS.deploy.parent / "tests").rglob("*_test.py"))
        named = {name for name in re.findall(r"`([A-Z]\w+\.\w+)`", self.text) if not name.startswith("CMake")}
        self.assertGreater(len(named), 50)
        lost = [name for name in named if not re.search(rf"[./]{re.escape(name)}\b", there.stdout)
                and not re.search(rf"class {name.split('.')[0]}\b", scripts)]
        self.assertEqual(lost, [])


class Units(unittest.TestCase):
    def test_are_what_systemd_takes(self):
        folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, folder)
        for unit in (OPTIONS.deploy / "systemd").iterdir():
            text = unit.read_text().replace("/usr/bin/quarterday", str(OPTIONS.quarterday))
            (folder / unit.name).write_text(text)
        for unit in folder.iterdir():
            checked = subprocess.run(["systemd-analyze", "verify", "--man=no", unit], capture_output=True, text=True,
                                     env={**os.environ, "SYSTEMD_UNIT_PATH": f"{folder}:"})
            ours = [line for line in checked.stderr.splitlines() if "quarterday" in line]
            self.assertEqual(ours, [])

    def test_leave_little_open(self):
        for unit in (OPTIONS.deploy / "systemd").glob("*.service"):
            said = subprocess.run(["systemd-analyze", "security", "--offline=true", "--no-pager", unit],
                                  capture_output=True, text=True).stdout
            exposure = float(re.search(r"Overall exposure level for \S+: ([\d.]+)", said).group(1))
            self.assertLessEqual(exposure, 2.0, unit.name)


class SaidAgain(unittest.TestCase):
    """What systemd and proxies need to be told once more is held to where it is said first."""

    def test_units_close_the_same(self):
        own = ("RestrictNamespaces=", "SystemCallFilter=@")  # the service runs families, the others do not

        def closed(name):
            text = (OPTIONS.deploy / "systemd" / f"{name}.service").read_text()
            block = text[text.index("NoNewPrivileges="):].split("\n[")[0]
            return [line for line in block.splitlines() if line and line[0] != "#" and not line.startswith(own)]
        self.assertGreater(len(closed("quarterday")), 25)
        for name in ("quarterday-backup", "quarterday-verify"):
            self.assertEqual(closed(name), closed("quarterday"), name)

    def test_the_proxy_gives_up_when_the_program_does(self):
        settings = (OPTIONS.deploy.parent / "docs/reference/configuration.md").read_text()
        site = (OPTIONS.deploy / "proxy/nginx.conf").read_text()
        told = re.findall(r" (\d+)([sk]);\s+# (http\.\w+)$", site, re.M)
        self.assertEqual(len(told), 6)
        for number, unit, key in told:
            default = re.search(rf"(?m)^\| `{re.escape(key)}` \| number \| (\d+) ", settings).group(1)
            self.assertEqual(int(number) * (1024 if unit == "k" else 1), int(default), key)


class AsAService(unittest.TestCase):
    def setUp(self):
        self.house = House(OPTIONS.quarterday, OPTIONS.families, "sqlite")
        self.addCleanup(self.house.close)
        self.house.run("migrate")

    def test_says_that_it_is_ready_that_it_lives_and_that_it_stops(self):
        served = Served(self.house, "--open", "--listen", "127.0.0.1:0", patience=0.3)
        self.addCleanup(served.close)
        self.assertEqual(served.told(), f"READY=1\nSTATUS=answering on 127.0.0.1:{served.port()}")
        for _ in range(3):
            self.assertEqual(served.told(), "WATCHDOG=1")
        self.assertEqual(served.end(), 0)
        said = served.told()
        while said == "WATCHDOG=1":
            said = served.told()
        self.assertEqual(said, "STOPPING=1\nSTATUS=answers are being finished")

    def settings(self):
        listed = json.loads(self.house.run("audit", "list", "--format", "json"))
        return [entry["content"] for entry in listed if entry["act"] == "settings changed"]

    def serve_once(self):
        served = Served(self.house, "--open", "--listen", "127.0.0.1:0")
        served.told()
        served.close()
        (self.house.folder / "notify").unlink()

    def test_what_it_is_set_to_is_written_down_when_it_changes(self):
        self.serve_once()
        self.serve_once()
        first, = self.settings()
        self.assertIn(f"state_directory = {self.house.folder}", first)
        (self.house.folder / "quarterday.toml").write_text('organisation = "Homes"\n[http]\nthreads = 12\n')
        self.serve_once()
        self.assertEqual(len(self.settings()), 2)
        self.assertIn("http.threads = 12; organisation = Homes", self.settings()[1])
        self.assertIn("follow from each other", self.house.run("audit", "verify"))

    def test_is_silent_where_nobody_watches(self):
        served = Served(self.house, "--open", "--listen", "127.0.0.1:0")
        self.addCleanup(served.close)
        self.assertRegex(served.told(), "^READY=1\n")
        served.end()
        self.assertRegex(served.told(), "^STOPPING=1\n")

    def test_is_there_while_its_database_is_away_and_says_so(self):
        self.house.environment["QUARTERDAY_DATABASE"] = f"mysql://q:q@127.0.0.1:{free_port()}/q"
        served = Served(self.house, "--listen", "127.0.0.1:0", patience=30)
        self.addCleanup(served.close)
        self.assertEqual(served.told(), "READY=1\nSTATUS=waiting for the database")
        self.assertEqual(served.told(), "WATCHDOG=1")

    def test_listens_to_others_only_behind_a_proxy(self):
        refused = self.house.start("serve", "--listen", "0.0.0.0:0", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        said = refused.communicate()[1]
        self.assertEqual(refused.returncode, 1)
        self.assertRegex(said, "QD4013: 0.0.0.0:0 is open to others, and what is said there goes in the clear")
        self.assertIn("http.proxies", said)
        (self.house.folder / "quarterday.toml").write_text('[http]\nproxies = "192.0.2.1"\n')
        served = Served(self.house, "--listen", "0.0.0.0:0")
        self.addCleanup(served.close)
        self.assertRegex(served.told(), "READY=1\nSTATUS=answering on 0.0.0.0:")


class Watched(unittest.TestCase):
    """What Prometheus is told, and that rules and dashboard ask for nothing else."""

    def setUp(self):
        self.house = House(OPTIONS.quarterday, OPTIONS.families, "sqlite")
        self.addCleanup(self.house.close)
        self.house.load_demo()
        self.house.run("compute", "--period", PERIOD)
        self.house.run("return", "build", "--period", PERIOD)
        self.operator = self.house.run("key", "create", "prometheus", "--scope", "operate").split()[0]
        self.reader = self.house.run("key", "create", "reader", "--scope", "figures").split()[0]
        self.served = served = Served(self.house, "--listen", "127.0.0.1:0")
        self.addCleanup(served.close)
        served.told()
        self.port = served.port()

    def get(self, path, key):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path, headers={"Authorization": f"Bearer {key}"})
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return answer.status, body

    def metrics(self):
        status, text = self.get("/metrics", self.operator)
        self.assertEqual(status, 200, text)
        return text

    def value(self, name):
        found = re.search(rf"(?m)^{re.escape(name)} (\S+)$", self.metrics())
        self.assertIsNotNone(found, f"{name} is not in\n{self.metrics()}")
        return float(found.group(1))

    def test_numbers_are_those_there_are(self):
        self.assertEqual(self.value("quarterday_database_up"), 1)
        self.assertEqual(self.value('quarterday_families{state="ready"}'), 3)
        self.assertEqual(self.value('quarterday_runs{state="complete"}'), 6)
        self.assertEqual(self.value('quarterday_returns{state="delivered"}'), 1)
        self.assertEqual(self.value('quarterday_deliveries{state="delivered"}'), 1)
        self.assertEqual(self.value("quarterday_returns_owed") > 0, self.value("quarterday_return_late_seconds") > 0)
        self.assertGreater(self.value('quarterday_disk_free_bytes{folder="state"}'), 0)
        self.assertGreaterEqual(self.value("quarterday_http_connections"), 1)
        for name in ('http_waiting{lane="quick"}', 'http_waiting{lane="long"}', "http_held_bytes"):
            self.assertEqual(self.value(f"quarterday_{name}"), 0)
        self.assertGreater(self.value("quarterday_figures"), 500)
        self.assertGreater(self.value("quarterday_figures_bytes"), 1000)
        before = self.value("quarterday_store_calls_total")
        self.assertGreater(self.value("quarterday_store_calls_total"), before)
        self.assertEqual(self.value("quarterday_store_failures_total"), 0)
        self.assertIn("# TYPE quarterday_store_repeats_total counter", self.metrics())

    def test_who_is_refused_is_known(self):
        self.assertEqual(self.get("/metrics", self.reader)[0], 403)
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as odd:
            odd.sendall(b"GET / HTTP/1.1\r\n bad\r\n\r\n")
            self.assertIn(b" 400 ", odd.recv(4096))
        prefix = self.reader.split("_")[1]
        for line in (f"access from=127.0.0.1 who={prefix} method=GET route=/metrics parameters=- status=403 ",
                     "access from=127.0.0.1 who=- method=- route=- parameters=- status=400 "):
            self.assertTrue(self.served.says(line), line)

    def test_answers_are_counted_by_route_and_status(self):
        for path in ("/api/v1/facts?limit=1", "/api/v1/facts?limit=2", "/api/v1/facts?limit=none", "/nowhere"):
            self.get(path, self.reader)
        count = 'quarterday_http_request_seconds_count{route="%s",status="%s"}'
        self.assertEqual(self.value(count % ("/api/v1/facts", 200)), 2)
        self.assertEqual(self.value(count % ("/api/v1/facts", 400)), 1)
        self.assertEqual(self.value(count % ("-", 404)), 1)
        self.assertGreater(self.value('quarterday_http_answer_bytes_total{route="/api/v1/facts"}'), 500)

    def test_are_for_who_may_operate_and_about_nobody(self):
        self.assertEqual(self.get("/metrics", self.reader)[0], 403)
        self.assertEqual(self.get("/metrics", "nothing")[0], 401)
        text = self.metrics()
        persons = {row[0] for row in self.house.ask("SELECT code FROM persons")}
        self.assertGreater(len(persons), 100)
        self.assertEqual([person for person in persons if person in text], [])
        log = (self.house.folder / "log").read_text()
        self.assertEqual([person for person in persons if person in log], [])

    def test_rules_and_dashboard_ask_for_numbers_that_there_are(self):
        self.get("/api/v1/facts?limit=1", self.reader)
        told = set(re.findall(r"(?m)^(quarterday_\w+)[{ ]", self.metrics()))
        for file in ("prometheus/rules.yml", "grafana/quarterday.json"):
            asked = set(re.findall(r"\bquarterday_\w+", (OPTIONS.deploy / file).read_text()))
            self.assertGreater(len(asked), 4)
            self.assertEqual(asked - told, set(), file)
        dashboard = json.loads((OPTIONS.deploy / "grafana/quarterday.json").read_text())
        self.assertEqual(len({panel["id"] for panel in dashboard["panels"]}), len(dashboard["panels"]))

    @unittest.skipUnless(shutil.which("promtool"), "promtool is not installed: the rules were not checked by it")
    def test_rules_are_what_prometheus_takes(self):
        subprocess.run(["promtool", "check", "rules", OPTIONS.deploy / "prometheus/rules.yml"], check=True,
                       capture_output=True)


class Accounts(unittest.TestCase):
    """Three of MariaDB, each with what it needs and no more."""

    def setUp(self):
        self.maria = MariaDb(OPTIONS.mysql_url_file)
        self.house = House(OPTIONS.quarterday, OPTIONS.families, "mariadb", self.maria)
        self.addCleanup(self.house.close)
        script = (OPTIONS.deploy / "mariadb/accounts.sql").read_text()
        script = script.replace("quarterday.*", f"{self.house.name}.*").replace(
            "CREATE DATABASE IF NOT EXISTS quarterday ", f"CREATE DATABASE IF NOT EXISTS {self.house.name} ")
        self.users = [f"{user}_{self.house.name}"[:80] for user in ("quarterday_migrate", "quarterday", "quarterday_read")]
        for shipped, user in zip(("'quarterday_migrate'", "'quarterday'", "'quarterday_read'"), self.users):
            self.assertIn(shipped, script)
            script = script.replace(shipped, f"'{user}'")
        with self.assertRaises(subprocess.CalledProcessError):
            self.maria.client(script)  # nobody has the passwords that are printed there
        script = re.sub(r"(?<=BY )<password (\d)>", r"'change-me-\1'", script)
        try:
            self.maria.client(script)
        except subprocess.CalledProcessError as refused:
            self.fail(refused.stderr)
        self.addCleanup(self.maria.client, "".join(f"DROP USER '{user}'@'%';" for user in self.users))

    def as_user(self, which, *arguments):
        server = self.maria.server
        authority = pathlib.Path(OPTIONS.mysql_url_file).parent / "tls/ca.pem"
        self.house.environment["QUARTERDAY_DATABASE"] = (
            f"mysql://{self.users[which - 1]}:change-me-{which}@{server.hostname}:{server.port}/{self.house.name}"
            f"?tls=required&ca={authority}")
        return self.house.run(*arguments)

    def test_each_does_its_work_and_no_other(self):
        with self.assertRaisesRegex(Failed, "denied"):
            self.as_user(2, "migrate")
        self.as_user(1, "migrate")
        self.as_user(1, "family", "list")
        self.as_user(2, "demo", self.house.folder / "files")
        self.as_user(2, "import", "all", self.house.folder / "files")
        self.as_user(2, "compute", "--period", PERIOD)
        self.as_user(2, "return", "build", "--period", PERIOD)
        self.assertIn("rows in", self.as_user(3, "backup", self.house.folder / "kept.db"))
        with self.assertRaisesRegex(Failed, "denied"):
            self.as_user(3, "key", "create", "somebody")

    def test_none_speaks_in_the_clear(self):
        server = self.maria.server
        self.house.environment["QUARTERDAY_DATABASE"] = (
            f"mysql://{self.users[1]}:change-me-2@{server.hostname}:{server.port}/{self.house.name}?tls=off")
        with self.assertRaisesRegex(Failed, "denied"):
            self.house.run("facts")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *UNITTEST_ARGUMENTS], verbosity=2)
