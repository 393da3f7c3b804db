"""What a family measures grows by text: the built library, another declaration, the same program."""
import csv
import io
import json
import pathlib
import shutil
import signal
import subprocess
import sys
import unittest
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "support"))
from house import Failed, House, MariaDb, options  # noqa: E402

OPTIONS, UNITTEST_ARGUMENTS = options("--objcopy")

ADDED = """
[[indicator]]
code = "RP03"
like = "RP01"
title = "Homes without a smoke alarm"
numerator = "homes without one"
denominator = "homes"
source_verified = false
shortfall = ""

[[indicator]]
code = "RP03"
version = 2
numerator = "homes without one on each floor"
effective_from = 2026-04-01
comparable_with_previous = false
"""

HEADINGS = "measure,version,area,tenure,period_from,period_until,numerator,denominator\n"
RECORDS = HEADINGS + """RP03,1,L1,LCRA,2026-01-01,2026-04-01,30,400
RP03,2,L1,LCRA,2026-04-01,2026-07-01,50,400
BS01,1,L1,LCRA,2026-01-01,2026-04-01,97,400
BS01,1,L1,LCRA,2026-04-01,2026-07-01,98,400
"""
BEFORE, AFTER = "FY2025-26-Q4", "FY2026-27-Q1"

PLAN = """
[[section]]
title = "Alarms"
holds = "Whether a fire is noticed."
indicators = ["RP03"]
"""


NEWCOMER = """
id = "aardvark"
version = "1.0.0"
title = "First of all"

[[input]]
table = "areas"
columns = ["code"]

[[indicator]]
code = "TP01"
title = "Overall satisfaction"
numerator = "satisfied"
denominator = "answers"
unit = "%"
source = "here"
polarity = "high"
aggregation = "flow_ratio"
"""


class Growing:
    """On one engine; see below."""

    def setUp(self):
        maria = MariaDb(OPTIONS.mysql_url_file) if self.engine == "mariadb" else None
        self.house = House(OPTIONS.quarterday, OPTIONS.families, self.engine, maria)
        self.addCleanup(self.house.close)
        folder = self.house.folder / "families"
        shutil.copytree(OPTIONS.families, folder)
        self.library = folder / "existing_pis.so"
        self.house.environment["QUARTERDAY_FAMILIES"] = str(folder)
        self.house.run("migrate")
        self.load("areas", "code,name,kind,parent,valid_from,valid_until\n"
                           "L1,One,landlord,,2020-01-01,\nN1,North,neighbourhood,L1,2020-01-01,\n")
        self.load("measure_observations", RECORDS)

    def load(self, table, text):
        file = self.house.folder / f"{table}.csv"
        file.write_text(text)
        self.house.run("import", table, file)

    def declare(self, change):
        """The library with what change makes of the text of its declaration."""
        text = self.house.folder / "declaration.toml"
        subprocess.run([OPTIONS.objcopy, "--dump-section",
                        f"quarterday.declaration={text}", self.library], check=True)
        before = text.read_text()
        text.write_text(change(before))
        self.assertNotEqual(text.read_text(), before)
        grown = self.house.folder / "grown.so"
        subprocess.run([OPTIONS.objcopy, "--update-section",
                        f"quarterday.declaration={text}", self.library, grown], check=True)
        grown.replace(self.library)

    def reword(self, before, after):
        def change(text):
            self.assertEqual(text.count(before), 1, before)
            return text.replace(before, after)
        self.declare(change)

    def refused(self, *words):
        with self.assertRaises(Failed) as refused:
            self.house.run(*words)
        return str(refused.exception)

    def compute(self):
        for period in (BEFORE, AFTER):
            self.house.run("compute", "--period", period)

    def facts(self, indicator):
        rows = csv.DictReader(io.StringIO(self.house.run(
            "facts", "--format", "csv", "--indicator", indicator)))
        return [(row["period"], int(row["version"]), row["value"], row["title"], row["flags"])
                for row in rows if row["reading"] == "quarter"]

    def test_an_indicator_and_a_second_version_of_it_are_read_back_over_rest_and_in_the_return(self):
        self.compute()
        self.assertIn("'RP03'", self.refused("facts", "--indicator", "RP03"))
        self.declare(lambda text: text + ADDED)
        self.compute()
        server = self.house.start("serve", "--listen", "127.0.0.1:0", "--open", "--no-scheduler",
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        try:
            address = server.stdout.readline().split()[-1]
            indicators = self.fetched(f"{address}/api/v1/indicators?code=RP03")
            facts = self.fetched(f"{address}/api/v1/facts?indicator=RP03&reading=quarter")
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait()
            server.stdout.close()
        self.assertEqual(
            [(one["version"], one["numerator"], one["rule"], one["effective_from"],
              one["comparable_with_previous"]) for one in indicators],
            [(1, "homes without one", "state", "0001-01-01", True),
             (2, "homes without one on each floor", "state", "2026-04-01", False)])
        self.assertEqual([(fact["period"], fact["version"], float(fact["value"])) for fact in facts],
                         [(BEFORE, 1, 7.5), (AFTER, 2, 12.5)])
        self.assertEqual(self.rows_of_the_return("Alarms"),
                         [("RP03", "Homes without a smoke alarm")])

    @staticmethod
    def fetched(address):
        with urllib.request.urlopen(address, timeout=10) as answer:
            return json.load(answer)["data"]

    def rows_of_the_return(self, sheet):
        import openpyxl
        plan = self.house.folder / "plan.toml"
        plan.write_text(self.house.run("return", "plan", "--print") + PLAN)
        self.house.run("return", "build", "--period", AFTER, "--plan", plan)
        book = openpyxl.load_workbook(next(self.house.deliveries.glob("*.xlsx")))
        titles = [row for row in book[sheet].iter_rows(values_only=True) if "RP03" in row]
        return [tuple(cell for cell in row if cell in ("RP03", "Homes without a smoke alarm"))
                for row in titles]

    def test_a_rule_that_its_family_does_not_know_is_told_and_costs_that_indicator_alone(self):
        self.declare(lambda text: text + '\n[[indicator]]\ncode = "RP03"\nlike = "RP01"\nrule = "stat"\n'
                                         'title = "T"\nnumerator = "n"\ndenominator = "d"\n'
                                         'source_verified = false\nshortfall = ""\n')
        for period in (BEFORE, AFTER):  # of the first there are records of RP03
            computing = self.house.start("compute", "--period", period, stdout=subprocess.DEVNULL,
                                         stderr=subprocess.PIPE)
            told = computing.communicate()[1]
            self.assertIn("RP03: rule 'stat' is not known: left out", told)
        self.assertEqual(self.facts("RP03"), [])
        self.assertEqual([value for _, _, value, _, _ in self.facts("BS01")], ["24.25", "24.5"])

    def test_a_factor_that_changes_without_a_version_is_refused_and_the_figures_stand(self):
        self.compute()
        before = self.facts("BS01")
        self.assertEqual([value for _, _, value, _, _ in before], ["24.25", "24.5"])
        self.reword('code = "BS01"\n', 'code = "BS01"\nmultiplier = 10\n')
        complaint = self.refused("compute", "--period", AFTER)
        self.assertIn("indicator BS01 version 1 is in force and would mean something else: "
                      "multiplier was '100' and would be '10'", complaint)
        self.assertIn("declare version 2 with the day it begins", complaint)
        self.assertEqual(self.facts("BS01"), before)

    def test_people_define_no_indicator_that_a_family_declares(self):
        complaint = self.refused("import", "definitions", self.written("TP01"))
        self.assertIn("what TP01 means is declared by the family existing_pis", complaint)
        self.house.run("import", "definitions", self.written("TP99"))

    def written(self, code):
        file = self.house.folder / "definitions.csv"
        file.write_text("code,version,family,title,numerator,unit,source,multiplier,divisor,decimals,"
                        "polarity,aggregation,effective_from,comparable_with_previous\n"
                        f"{code},7,copis,T,n,x,s,1,1,0,high,additive_count,2026-04-01,yes\n")
        return file

    def test_other_words_are_a_revision_that_figures_say_and_the_old_ones_keep_theirs(self):
        self.compute()
        self.reword('title = "Gas safety checks"', 'title = "Gas safety checks, boilers included"')
        self.house.run("compute", "--period", AFTER)
        self.assertEqual([(period, title, "revised" in flags)
                          for period, _, _, title, flags in self.facts("BS01")],
                         [(BEFORE, "Gas safety checks", False),
                          (AFTER, "Gas safety checks, boilers included", True)])

    def test_an_option_that_nobody_declares_keeps_the_program_from_starting(self):
        settings = self.house.folder / "quarterday.toml"
        for text, said in (("[family.existing_pi]\nx = 1\n", "there is no family 'existing_pi'"),
                           ("[family.existing_pis]\nx = 1\n", "'x'")):
            settings.write_text(text)
            for command in (("serve", "--listen", "127.0.0.1:0", "--open"),
                            ("compute", "--period", AFTER)):
                complaint = self.refused(*command)
                self.assertIn(said, complaint)
                self.assertIn("quarterday.toml:", complaint)

    def test_who_comes_later_takes_no_name_whatever_its_file_is_called(self):
        self.compute()
        newcomer = self.library.parent / "aardvark.so"
        shutil.copy(self.library, newcomer)
        text = self.house.folder / "newcomer.toml"
        text.write_text(NEWCOMER)
        subprocess.run([OPTIONS.objcopy, "--update-section",
                        f"quarterday.declaration={text}", newcomer], check=True)
        complaint = self.refused("compute", "--period", AFTER)
        self.assertIn("family aardvark refused: indicator TP01 belongs to the family existing_pis, "
                      "which ships", complaint)
        self.assertEqual(len(self.facts("BS01")), 2, "the family that ships goes on")


class OnSqlite(Growing, unittest.TestCase):
    engine = "sqlite"


class OnMariaDb(Growing, unittest.TestCase):
    engine = "mariadb"


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *UNITTEST_ARGUMENTS], verbosity=2)
