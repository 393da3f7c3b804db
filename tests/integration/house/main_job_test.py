"""The main job through the program's own commands, on SQLite and on MariaDB side by side."""
import csv
import io
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest
import urllib.parse
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "support"))
from house import Failed, House, MariaDb, options  # noqa: E402

OPTIONS, UNITTEST_ARGUMENTS = options("--bad-families")

PERIODS = ["FY2024-25", "FY2025-26", "FY2025-26-Q4", "FY2026-27-Q2"]


def exported(house):
    return house.run("facts", "--format", "csv", *[word for period in PERIODS
                                                   for word in ("--period", period)])


class BothEngines(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        maria = MariaDb(OPTIONS.mysql_url_file)
        cls.houses = [House(OPTIONS.quarterday, OPTIONS.families, engine, maria)
                      for engine in ("sqlite", "mariadb")]
        for house in cls.houses:
            house.load_demo()
            for period in PERIODS:
                house.run("compute", "--period", period)
        cls.sqlite, cls.mariadb = cls.houses

    @classmethod
    def tearDownClass(cls):
        for house in cls.houses:
            house.close()

    def test_the_same_import_and_compute_export_the_same_bytes(self):
        on_sqlite, on_mariadb = exported(self.sqlite), exported(self.mariadb)
        self.assertTrue(on_sqlite == on_mariadb, "the exports differ")
        rows = list(csv.DictReader(io.StringIO(on_sqlite)))
        self.assertEqual({row["family"] for row in rows}, {"copis", "existing_pis", "involvement"})
        self.assertGreater(len(rows), 2_500)

    def test_loading_every_file_again_changes_nothing(self):
        for house in self.houses:
            before = exported(house)
            report = json.loads(house.run("import", "all", house.folder / "files", "--format", "json"))
            self.assertEqual({counts["table"] for counts in report},
                             {file.stem for file in (house.folder / "files").glob("*.csv")})
            for counts in report:
                self.assertEqual((counts["new"], counts["corrected"]), (0, 0), (house.engine, counts))
                self.assertGreater(counts["unchanged"], 0, (house.engine, counts))
            self.assertEqual(exported(house), before)

    def test_persons_of_a_year_lie_between_the_largest_quarter_and_the_sum(self):
        for quarter in ("FY2025-26-Q1", "FY2025-26-Q2", "FY2025-26-Q3"):
            self.sqlite.run("compute", "--period", quarter, "--family", "involvement")
        rows = list(csv.DictReader(io.StringIO(self.sqlite.run(
            "facts", "--format", "csv", "--indicator", "INV1", "--area", "DEMO-H4W"))))
        for level in "234":
            quarters = [int(r["numerator"]) for r in rows if r["breakdown"] == f"level={level}"
                        and r["reading"] == "quarter" and r["period"].startswith("FY2025-26")]
            year = [int(r["numerator"]) for r in rows if r["breakdown"] == f"level={level}"
                    and r["reading"] == "year" and r["period"] == "FY2025-26"]
            self.assertEqual((len(quarters), len(year)), (4, 1))
            self.assertTrue(max(quarters) <= year[0] <= sum(quarters), (level, quarters, year))
            together, = self.counted_together("--area", "DEMO-H4W", "--breakdown", f"level={level}")
            self.assertEqual(int(together["numerator"]), year[0], "each is counted once in its quarters")
        for area in ("DEMO-N01", "DEMO-N02"):
            of_estates, = self.counted_together("--under", area, "--area-kind", "estate", "--breakdown", "level=2")
            of_it, = self.counted_together("--area", area, "--breakdown", "level=2")
            self.assertEqual(of_estates["numerator"], of_it["numerator"], "all live on an estate")

    def counted_together(self, *question):
        """Persons of four quarters, each once."""
        periods = [word for n in "1234" for word in ("--period", f"FY2025-26-Q{n}")]
        return list(csv.DictReader(io.StringIO(self.sqlite.run(
            "facts", "--format", "csv", "--indicator", "INV1", "--reading", "quarter", *periods,
            "--group-by", "breakdown", *question))))

    def test_figures_are_shown_in_the_shape_that_is_asked_for(self):
        def rows(*shape):
            return list(csv.DictReader(io.StringIO(self.sqlite.run(
                "facts", "--format", "csv", "--indicator", "INV2.T", "--period", "FY2025-26-Q4",
                "--reading", "quarter", "--breakdown", "", "--area-kind", "estate", *shape))))
        every = rows()
        some = rows("--fields", "area,value", "--order=-value,area")
        self.assertEqual(list(some[0]), ["area", "value"])
        self.assertEqual([(row["area"], row["value"]) for row in some],
                         [(row["area"], row["value"]) for row in sorted(
                             every, key=lambda row: (row["value"] == "", -float(row["value"] or 0), row["area"]))])
        whole, = rows("--group-by", "period")
        self.assertEqual(float(whole["numerator"]), sum(float(row["numerator"] or 0) for row in every))
        self.assertEqual((whole["area"], whole["period"]), ("", "FY2025-26-Q4"))
        self.assertEqual(rows("--changed-since", "2999-01-01T00:00:00Z"), [])
        self.assertEqual(len(rows("--changed-since", "2000-01-01T00:00:00Z")), len(every))
        table = self.sqlite.run("facts", "--indicator", "INV2.T", "--period", "FY2025-26-Q4", "--fields", "polarity,key",
                                "--labels", "codes")
        self.assertEqual(table.split()[:2], ["polarity", "key"])

    def test_a_shape_that_cannot_be_is_refused_with_what_can(self):
        for shape, said in ((("--fields", "vlaue"), "did you mean 'value'?"),
                            (("--order", "areas"), "order: there is no field 'areas'"),
                            (("--group-by", "tenant"), "figures are not grouped by 'tenant'"),
                            (("--labels", "none"), "labels: 'none' is not known"),
                            (("--changed-since", "2020-01-01", "--order", "area"), "neither ordered nor grouped"),
                            (("--indicator", "INV1", "--group-by", "reading", "--audience", "board"), "each is counted once in it")):
            with self.assertRaises(Failed) as refused:
                self.sqlite.run("facts", "--period", "FY2025-26-Q4", *shape)
            self.assertIn(said, str(refused.exception))

    def test_no_password_is_to_be_seen_while_the_program_runs(self):
        """Neither of one that was typed, nor of one in a file."""
        house = self.mariadb
        account = urllib.parse.urlsplit(house.url)
        (house.folder / "password").write_text(account.password + "\n")
        without = house.url.replace(f":{account.password}@", "@")
        for words in (("--database", house.url), (f"--database={house.url}",), ("--database", without)):
            environment = {**house.environment, "QUARTERDAY_DATABASE_PASSWORD_FILE": str(house.folder / "password")}
            del environment["QUARTERDAY_DATABASE"]
            if without not in words:
                del environment["QUARTERDAY_DATABASE_PASSWORD_FILE"]
            server = subprocess.Popen(
                [house.quarterday, "serve", "--listen", "127.0.0.1:0", "--open", "--no-scheduler", *words],
                cwd=house.folder, env=environment, text=True, stdout=subprocess.PIPE)
            try:
                self.assertIn("http://", server.stdout.readline())
                seen = pathlib.Path(f"/proc/{server.pid}/cmdline").read_text()
                self.assertIn("mysql://" + account.username, seen)
                self.assertNotIn(f":{account.password}@", seen)
            finally:
                server.terminate()
                server.wait()
                server.stdout.close()

    def test_a_refused_line_names_its_place_and_keeps_the_rest_out(self):
        house = self.mariadb
        bad = house.folder / "bad.csv"
        bad.write_text("person,event,status,minutes\nP0001,NOWHERE,ATTENDED,30\n")
        with self.assertRaises(Failed) as refused:
            house.run("import", "participations", bad)
        self.assertIn("bad.csv:2:2", str(refused.exception))
        self.assertEqual(house.ask("SELECT COUNT(*) FROM participations WHERE event = 'NOWHERE'"),
                         [("0",)])


class ADoctor(unittest.TestCase):
    def found(self, settings=""):
        house = House(OPTIONS.quarterday, OPTIONS.families, "sqlite", settings=settings)
        try:
            house.run("migrate")
            doctor = house.start("doctor", "--format", "csv", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            output, _ = doctor.communicate()
            rows = {row["check"]: (row["state"], row["found"]) for row in csv.DictReader(io.StringIO(output))}
            left = sorted(path.name for path in house.folder.rglob("*")
                          if "doctor" in path.name or path.name in ("returns", "elsewhere"))
            return doctor.returncode, rows, left
        finally:
            house.close()

    def test_says_that_folders_can_be_written_to_and_families_are_confined(self):
        _, rows, left = self.found()
        self.assertEqual(rows["state folder"][0], "ok")
        self.assertIn("can be written to", rows["delivery folder"][1])
        self.assertIn("files: in force; calls: in force", rows["sandbox"][1])
        self.assertEqual(left, [], "what it wrote to try is gone")

    def test_leaves_no_folder_behind_that_it_made_to_try(self):
        _, rows, left = self.found('delivery_directory = "elsewhere/deep/down"\n')
        self.assertEqual(rows["delivery folder"], ("ok", "elsewhere/deep/down can be written to"))
        self.assertEqual(left, [])

    def test_finds_a_delivery_folder_that_cannot_be(self):
        code, rows, _ = self.found('delivery_directory = "/proc/returns"\n')
        self.assertNotEqual(code, 0)
        self.assertEqual(rows["delivery folder"][0], "failed")
        self.assertIn("nothing can be written to /proc/returns: ", rows["delivery folder"][1])
        self.assertEqual(rows["state folder"][0], "ok")


@unittest.skipIf(os.geteuid() != 0, "only root can run a server as somebody else")
class AServerOfNobody(unittest.TestCase):
    NOBODY = ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]

    def reads(self, pid):
        """Whether another process of the same user can read what the environment of this one is."""
        return subprocess.run([*self.NOBODY, "cat", f"/proc/{pid}/environ"], capture_output=True).returncode == 0

    def test_cannot_be_looked_into_by_others_of_its_user(self):
        with tempfile.TemporaryDirectory() as folder:
            os.chown(folder, 65534, 65534)
            environment = {"QUARTERDAY_STATE": folder, "QUARTERDAY_FAMILIES": str(OPTIONS.families)}
            server = subprocess.Popen(
                [*self.NOBODY, str(OPTIONS.quarterday), "serve", "--listen", "127.0.0.1:0", "--open", "--no-scheduler"],
                cwd=folder, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            other = subprocess.Popen([*self.NOBODY, "cat"], stdin=subprocess.PIPE)
            try:
                self.assertIn("http://", server.stdout.readline())
                self.assertFalse(self.reads(server.pid))
                self.assertTrue(self.reads(other.pid), "of other programs of that user they can")
            finally:
                server.terminate()
                server.wait()
                server.stdout.close()
                other.communicate()


class AFolder(unittest.TestCase):
    """`import all`: parents before children, each file a load of its own."""

    def setUp(self):
        self.house = House(OPTIONS.quarterday, OPTIONS.families, "sqlite")
        self.files = self.house.folder / "files"
        self.files.mkdir()
        (self.files / "areas.csv").write_text(
            "code,name,kind,parent,valid_from\nH,H4W,landlord,,2000-04-01\n")
        (self.files / "persons.csv").write_text("code,relationship,area\nP1,TENANT,H\n")

    def tearDown(self):
        self.house.close()

    def refusal(self, *words):
        with self.assertRaises(Failed) as refused:
            self.house.run("import", "all", *words)
        return str(refused.exception)

    def test_what_was_kept_before_a_refused_file_is_named_and_what_comes_after_is_not_loaded(self):
        (self.files / "persons.csv").write_text("code,relationship,area\nP1,TENANT,NOWHERE\n")
        (self.files / "policies.csv").write_text("code,title,customer_facing\nPOL1,Repairs,1\n")
        said = self.refusal(self.files)
        self.assertIn("kept before: areas\n", said)
        self.assertIn("persons.csv:2:3", said)
        self.assertEqual(self.house.ask("SELECT COUNT(*) FROM areas"), [("1",)])
        self.assertEqual(self.house.ask("SELECT COUNT(*) FROM policies"), [("0",)])

    def test_a_file_named_after_no_table_stops_it_before_anything_is_loaded(self):
        (self.files / "person.csv").write_text("code\n")
        said = self.refusal(self.files)
        self.assertIn("person.csv is named after no table; nothing was loaded", said)
        self.assertIn("persons", said)
        self.assertEqual(self.house.ask("SELECT COUNT(*) FROM areas"), [("0",)])

    def test_other_files_are_passed_over_and_a_folder_without_any_is_refused(self):
        (self.files / "READ ME.txt").write_text("figures of the second quarter")
        (self.files / "events.xlsx").write_bytes(b"PK")
        loading = self.house.start("import", "all", self.files, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        said = loading.communicate()[1]
        self.assertEqual(loading.returncode, 0)
        for name in ("READ ME.txt", "events.xlsx"):
            self.assertIn(f"note: {name} is no CSV file and was passed over\n", said)
        self.assertNotIn("note: persons", said)
        self.assertEqual(self.house.ask("SELECT COUNT(*) FROM persons"), [("1",)])
        empty = self.house.folder / "empty"
        empty.mkdir()
        self.assertIn("holds no CSV file", self.refusal(empty))
        self.assertIn("cannot be read", self.refusal(self.house.folder / "absent"))

    def test_capitals_in_the_ending_make_it_no_other_file(self):
        (self.files / "persons.csv").rename(self.files / "persons.CSV")
        self.house.run("import", "all", self.files)
        self.assertEqual(self.house.ask("SELECT COUNT(*) FROM persons"), [("1",)])

    def test_one_folder_at_a_time_and_not_as_a_dry_run(self):
        self.assertIn("one folder is loaded at a time", self.refusal(self.files, self.files))
        self.assertIn("cannot be tried with --dry-run", self.refusal(self.files, "--dry-run"))


class Corrections(unittest.TestCase):
    def setUp(self):
        self.house = House(OPTIONS.quarterday, OPTIONS.families, "sqlite")
        self.house.load_demo()
        self.house.run("compute", "--period", "FY2024-25", "--family", "existing_pis")

    def tearDown(self):
        self.house.close()

    QUERY = ("facts", "--format", "csv", "--indicator", "BS01", "--period", "FY2024-25")

    def correct(self):
        """BS01 of L3713 from 1088 to 1080 of 1088, computed; the moment before."""
        house = self.house
        moment = house.ask("SELECT MAX(finished_at) FROM runs")[0][0]
        lines = (house.folder / "files/measure_observations.csv").read_text().splitlines()
        corrected = next(line for line in lines if line.startswith("BS01,1,L3713,"))
        changed = corrected.replace(",1088,1088", ",1080,1088")
        self.assertNotEqual(corrected, changed)
        (house.folder / "correction.csv").write_text(lines[0] + "\n" + changed + "\n")
        house.run("import", "measure_observations", house.folder / "correction.csv")
        house.run("compute", "--period", "FY2024-25", "--family", "existing_pis")
        return self.instant(int(moment))

    def test_a_correction_changes_what_is_current_and_not_what_was(self):
        before = self.house.run(*self.QUERY)
        as_of = self.correct()
        self.assertIn("99.3", self.house.run(*self.QUERY, "--area", "L3713"))
        self.assertEqual(self.house.run(*self.QUERY, "--as-of", as_of), before)

    def test_computing_as_of_before_gives_the_figures_of_before_and_changes_nothing_current(self):
        house = self.house
        figures = ("SELECT indicator, version, area, period, reading, breakdown, numerator,"
                   " denominator, n, population, null_reason, flags FROM facts WHERE run ="
                   " (SELECT MAX(id) FROM runs WHERE state = 1) ORDER BY 1, 2, 3, 4, 5, 6")
        figures_before = house.ask(figures)
        before = house.run(*self.QUERY)
        as_of = self.correct()
        current, current_figures = house.run(*self.QUERY), house.ask(figures)
        self.assertNotEqual(current_figures, figures_before)
        house.run("compute", "--period", "FY2024-25", "--family", "existing_pis",
                  "--as-of", as_of)
        self.assertEqual(house.ask(figures), figures_before)
        self.assertEqual(house.run(*self.QUERY), current)
        self.assertEqual(house.run(*self.QUERY, "--as-of", as_of), before)

    def test_nothing_is_computed_as_of_a_moment_to_come(self):
        with self.assertRaises(Failed) as refused:
            self.house.run("compute", "--period", "FY2024-25", "--as-of", "2999-01-01T00:00:00Z")
        self.assertIn("later than now", str(refused.exception))

    @staticmethod
    def instant(milliseconds):
        import datetime
        moment = datetime.datetime.fromtimestamp(milliseconds / 1000, datetime.timezone.utc)
        return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{milliseconds % 1000:03}Z"


class Returns(unittest.TestCase):
    """What was delivered stays what it is; what could not be computed anew is said."""

    PERIOD = ("--period", "FY2026-27-Q2")

    def setUp(self):
        self.house = House(OPTIONS.quarterday, OPTIONS.families, "sqlite")
        self.families = self.house.folder / "families"
        shutil.copytree(OPTIONS.families, self.families)
        self.house.environment["QUARTERDAY_FAMILIES"] = str(self.families)
        self.house.load_demo()

    def tearDown(self):
        self.house.close()

    def workbook(self):
        files = list(self.house.deliveries.glob("*.xlsx"))
        self.assertEqual(len(files), 1)
        return files[0]

    def test_a_delivered_workbook_that_is_gone_is_put_back_byte_by_byte(self):
        self.house.run("return", "build", *self.PERIOD)
        file = self.workbook()
        delivered = file.read_bytes()
        file.unlink()
        self.assertIn("put back", self.house.run("return", "build", *self.PERIOD))
        self.assertEqual(file.read_bytes(), delivered)
        self.assertNotIn("put back", self.house.run("return", "build", *self.PERIOD))

    def test_a_delivered_workbook_that_was_changed_is_told_and_left_alone(self):
        self.house.run("return", "build", *self.PERIOD)
        self.workbook().write_bytes(b"somebody's own")
        for command in (("build", *self.PERIOD), ("verify",)):
            with self.assertRaises(Failed):
                self.house.run("return", *command)
        self.assertEqual(self.workbook().read_bytes(), b"somebody's own")

    def test_a_refused_family_is_named_on_the_first_page(self):
        import openpyxl
        self.house.run("compute", *self.PERIOD)
        library = self.families / "involvement.so"
        library.unlink()
        library.write_bytes(b"no library")
        library.chmod(0o644)
        self.house.run("return", "build", *self.PERIOD)
        cover = openpyxl.load_workbook(self.workbook())["Cover"]
        words = {row[0]: row[1] for row in cover.iter_rows(values_only=True, max_col=2)}
        self.assertIn("Not up to date: involvement", words["Completeness"])

    def test_a_word_that_is_no_command_is_named(self):
        for words, nearest in ((("fcts",), "facts"), (("return", "bild"), "build")):
            with self.assertRaises(Failed) as refused:
                self.house.run(*words)
            self.assertIn(f"did you mean '{nearest}'?", str(refused.exception))


class OwnTables(unittest.TestCase):
    def test_a_place_that_is_not_there_is_refused_with_its_line(self):
        families = OPTIONS.families.parent / "families-for-developers"
        house = House(OPTIONS.quarterday, families, "sqlite")
        self.addCleanup(house.close)
        house.run("migrate")
        (house.folder / "areas.csv").write_text(
            "code,name,kind,parent,valid_from,valid_until\nL1,One,landlord,,2020-01-01,\n")
        house.run("import", "areas", house.folder / "areas.csv")
        jobs = house.folder / "jobs.csv"
        jobs.write_text("reference,area,completed_on,days_taken,cancelled\n"
                        "J1,L1,2026-05-01,3,\nJ2,NOWHERE,2026-05-01,3,\n")
        with self.assertRaises(Failed) as refused:
            house.run("import", "template_jobs", jobs)
        self.assertIn("jobs.csv:3:2", str(refused.exception))
        self.assertIn("'NOWHERE' is not known in areas", str(refused.exception))


    def test_a_whole_folder_holds_files_of_families_too(self):
        house = House(OPTIONS.quarterday, OPTIONS.families.parent / "families-for-developers", "sqlite")
        self.addCleanup(house.close)
        files = house.folder / "files"
        files.mkdir()
        (files / "areas.csv").write_text("code,name,kind,parent,valid_from\nL1,One,landlord,,2020-01-01\n")
        (files / "template_jobs.csv").write_text("reference,area,completed_on\nJ1,L1,2026-05-01\n")
        report = json.loads(house.run("import", "all", files, "--format", "json"))
        self.assertEqual([(counts["table"], counts["new"]) for counts in report],
                         [("areas", 1), ("template_jobs", 1)])


class BadFamilies(unittest.TestCase):
    """A server with families that misbehave beside the three that ship."""

    def setUp(self):
        self.families = pathlib.Path(OPTIONS.families)
        self.mixed = House(OPTIONS.quarterday, OPTIONS.families, "sqlite",
                           settings="[worker]\ntime_out_seconds = 3\nmemory_megabytes = 1024\n")
        folder = self.mixed.folder / "families"
        folder.mkdir()
        for library in list(self.families.glob("*.so")) + [
                OPTIONS.bad_families / f"{name}.so" for name in self.misbehaving()]:
            shutil.copy(library, folder)
        self.mixed.environment["QUARTERDAY_FAMILIES"] = str(folder)
        self.mixed.load_demo()

    def tearDown(self):
        self.mixed.close()

    @staticmethod
    def misbehaving():
        wanted = ["unknown_definition", "throws", "aborts", "loops", "eats_memory"]
        there = {library.stem for library in OPTIONS.bad_families.glob("*.so")}
        missing = [name for name in wanted if name not in there]
        assert not missing, f"{missing} not among {sorted(there)}"
        return wanted

    def test_the_server_answers_the_runs_say_why_and_the_others_have_their_facts(self):
        house = self.mixed
        server = house.start("serve", "--listen", "127.0.0.1:0", "--open", "--no-scheduler",
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        try:
            address = server.stdout.readline().split()[-1]
            compute = house.start("compute", "--period", "FY2026-27-Q2", stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE)
            answers = 0
            while compute.poll() is None:
                with urllib.request.urlopen(f"{address}/api/v1/indicators", timeout=10) as answer:
                    self.assertEqual(answer.status, 200)
                answers += 1
            output = "".join(compute.communicate())
            self.assertEqual(compute.returncode, 1, "a compute with failed runs says so")
            self.assertGreater(answers, 10)
            with urllib.request.urlopen(f"{address}/api/v1/runs", timeout=10) as answer:
                runs = json.load(answer)["data"]
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait()
            server.stdout.close()
        by_family = {run["family"]: run for run in runs}
        for name in self.misbehaving():
            self.assertEqual(by_family[name]["state"], "failed", name)
            self.assertTrue(by_family[name]["reason"].startswith("not computed: "), by_family[name])
            self.assertIn(name, output)
        for name in ("copis", "existing_pis", "involvement"):
            self.assertEqual(by_family[name]["state"], "complete", name)
        facts = house.ask("SELECT r.family, COUNT(*) FROM facts f JOIN runs r ON r.id = f.run"
                          " GROUP BY r.family ORDER BY r.family")
        self.assertEqual([family for family, _ in facts], ["copis", "existing_pis", "involvement"])


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *UNITTEST_ARGUMENTS], verbosity=2)
