"""Every value the regulator published for 2024/25 comes out of its workbook again, on SQLite and MariaDB.

The regulator's CSV figures and the workbook itself, read by openpyxl, are the independent side; the
program is asked through its own commands. Comparison is by decimal text, never by floating point,
but for sample sizes and margins (1e-6), which the regulator publishes as floating point numbers.
"""
import argparse
import csv
import decimal
import io
import pathlib
import re
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "support"))
from house import House, MariaDb  # noqa: E402

arguments = argparse.ArgumentParser()
arguments.add_argument("--quarterday", type=pathlib.Path, required=True)
arguments.add_argument("--families", type=pathlib.Path, required=True)
arguments.add_argument("--figures", type=pathlib.Path, required=True)
arguments.add_argument("--mysql-url-file", type=pathlib.Path, required=True)
OPTIONS, UNITTEST_ARGUMENTS = arguments.parse_known_args()
OPTIONS.figures = OPTIONS.figures.resolve()

# How the regulator writes a value that is not there, and the reasons we may give for it. [U] stands
# both for a denominator of 0 and for parts that were left blank.
REASONS = {"[U]": {"zero_denominator", "not_available"}, "[E]": {"excluded"},
           "[X]": {"not_available"}, "[Z]": {"not_applicable"}}
SHEETS = {"LCHO": "LCHO_Perception", "COMBINED": "Combined_Perception"}


def one_decimal(cell):
    """What a spreadsheet shows of a stored double such as 69.900000000000006."""
    return str(decimal.Decimal(f"{cell:.10g}").quantize(decimal.Decimal("0.1")))


class Facts:
    """The program's answer, by (indicator, landlord, tenure)."""

    def __init__(self, text):
        self.by_key = {}
        for row in csv.DictReader(io.StringIO(text)):
            tenure = row["breakdown"].removeprefix("tenure=")
            self.by_key[row["indicator"], row["area"], tenure] = row

    def difference(self, key, published):
        """None when the fact says what was published; else a sentence."""
        fact = self.by_key.get(key)
        if fact is None:
            return f"{key}: published {published}, no fact"
        if published in REASONS:
            if fact["value"] == "" and fact["null_reason"] in REASONS[published]:
                return None
        elif fact["value"] != "" and decimal.Decimal(fact["display"]) == decimal.Decimal(published):
            return None
        return f"{key}: published {published}, computed {fact['display']} {fact['null_reason']}"


def export(engine, maria=None):
    house = House(OPTIONS.quarterday, OPTIONS.families, engine, maria)
    try:
        house.run("migrate")
        house.run("import", "rsh-tsm", OPTIONS.figures / "tsm2025.xlsx")
        house.run("compute", "--period", "FY2024-25", "--family", "existing_pis")
        return house.run("facts", "--period", "FY2024-25", "--format", "csv")
    finally:
        house.close()


def rows_of(name):
    with open(OPTIONS.figures / name, newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


class Workbook:
    """The published workbook, read by openpyxl: rows as dictionaries by heading."""

    def __init__(self):
        import openpyxl
        self.book = openpyxl.load_workbook(OPTIONS.figures / "tsm2025.xlsx", read_only=True,
                                           data_only=True)

    def rows(self, suffix):
        sheet = next(self.book[name] for name in self.book.sheetnames if name.endswith(suffix))
        headings = None
        for row in sheet.iter_rows(values_only=True):
            if headings is None:
                if row[0] == "Landlord name" and row[1] == "Landlord code":
                    headings = row
            elif row[1] is not None:
                yield str(row[1]), {h: c for h, c in zip(headings, row) if h is not None}


class Sector(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.on_sqlite = export("sqlite")
        cls.facts = Facts(cls.on_sqlite)

    def compare(self, what, pairs):
        differences = [text for text in (self.facts.difference(*pair) for pair in pairs) if text]
        print(f"{what}: {len(pairs)} published values compared, {len(differences)} differ")
        self.assertGreater(len(pairs), 0)
        self.assertEqual(differences, [])
        return len(pairs)

    def test_every_published_management_value(self):
        compared = self.compare("management", [
            ((row["measure"], row["landlord_code"], row["tenure_basis"]), row["published_value"])
            for row in rows_of("tsm2025_management.csv")])
        self.assertEqual(compared, 7898)

    def test_every_published_lcra_perception_value(self):
        compared = self.compare("LCRA perception", [
            ((row["measure"], row["landlord_code"], "LCRA"), row["published_value"])
            for row in rows_of("tsm2025_perception_lcra.csv")])
        self.assertEqual(compared, 4236)

    def test_every_lcho_and_combined_perception_value_of_the_workbook(self):
        book = Workbook()
        for tenure, sheet in SHEETS.items():
            pairs = []
            for landlord, row in book.rows(sheet):
                for heading, cell in row.items():
                    code = re.search(r"^Proportion of respondents who report.*\((TP\d\d)\)\d*$", heading)
                    if code is None or "for each survey method" in heading:
                        continue
                    published = cell if isinstance(cell, str) else one_decimal(cell)
                    pairs.append(((code.group(1), landlord, tenure), published))
            self.compare(f"{tenure} perception", pairs)

    def check_samples(self, what, samples):
        for landlord, tenure, required, margin, achieved in samples:
            fact = self.facts.by_key["SURVEY", landlord, tenure]
            self.assertAlmostEqual(float(fact["required_sample"]), required, delta=1e-6, msg=landlord)
            self.assertAlmostEqual(float(fact["margin"]), margin, delta=1e-6, msg=landlord)
            self.assertEqual(int(fact["n"]), achieved, landlord)
        print(f"{what}: sample size and margin of {len(samples)} landlords compared")
        self.assertGreater(len(samples), 0)

    def test_sample_sizes_and_margins(self):
        samples = [(row["landlord_code"], "LCRA", float(row["required_min_sample_unrounded"]),
                    float(row["margin_of_error_pct"]), int(row["achieved_sample"]))
                   for row in rows_of("tsm2025_sample_lcra.csv")]
        self.assertEqual(len(samples), 353)
        self.check_samples("LCRA", samples)

    def test_sample_sizes_and_margins_of_lcho_and_combined(self):
        book = Workbook()
        for tenure, sheet in SHEETS.items():
            samples = []
            for landlord, row in book.rows(sheet):
                cell = {kind: next(value for heading, value in row.items() if heading.startswith(start))
                        for kind, start in {"required": "Required minimum sample size",
                                            "margin": "Estimated margin of error",
                                            "achieved": "Total sample size achieved"}.items()}
                samples.append((landlord, tenure, float(cell["required"]), float(cell["margin"]),
                                int(cell["achieved"])))
            self.check_samples(tenure, samples)

    def test_the_seven_ties_go_up(self):
        codes = {row["landlord_name"]: row["landlord_code"]
                 for row in rows_of("tsm2025_perception_lcra.csv")}
        ties = [("East Suffolk", "TP03", "77.3"), ("Runnymede", "TP04", "66.3"),
                ("Yorkshire Housing", "TP07", "63.3"), ("Oxford", "TP09", "31.3"),
                ("South Derbyshire", "TP09", "31.3"), ("B3", "TP11", "75.3"),
                ("Lincoln", "TP11", "65.3")]
        for name, measure, published in ties:
            shown = [self.facts.by_key[measure, code, "LCRA"] for full, code in codes.items()
                     if name in full and (measure, code, "LCRA") in self.facts.by_key]
            tie = [fact for fact in shown if fact["value"].endswith("25")
                   and fact["display"] == published]
            self.assertEqual(len(tie), 1, f"{name} {measure}: {[f['value'] for f in shown]}")

    def test_mariadb_gives_the_same_bytes(self):
        if not OPTIONS.mysql_url_file.exists():
            self.skipTest("no MariaDB was started: run this through ctest")
        on_mariadb = export("mariadb", MariaDb(OPTIONS.mysql_url_file))
        self.assertTrue(on_mariadb == self.on_sqlite, "the exports differ")
        print(f"SQLite and MariaDB: {len(on_mariadb)} bytes of facts, byte for byte equal")


if __name__ == "__main__":
    if not (OPTIONS.figures / "tsm2025.xlsx").exists():
        print("skipped: the regulator's workbook is not beside the project")
        sys.exit(77)
    unittest.main(argv=[sys.argv[0], *UNITTEST_ARGUMENTS], verbosity=2)
