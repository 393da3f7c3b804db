#!/usr/bin/env python3
"""Whatever somebody changes in the database past the program is found, named, and stops a return.

On both engines; every column that the schema has of the tables below, one after the other.
"""
import csv
import hashlib
import io
import pathlib
import re
import sys
import unittest
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "support"))
from house import Failed, House, MariaDb, options  # noqa: E402

OPTIONS, UNITTEST_ARGUMENTS = options()

PERIOD, NEXT = "FY2026-27-Q1", "FY2026-27-Q2"

# Each table with its key and the row that is changed.
TABLES = {
    "facts": ("id", "SELECT min(id) + 3 FROM facts"),
    "runs": ("id", "SELECT max(id) FROM runs WHERE state = 1"),
    "run_notes": ("id", "SELECT min(id) FROM run_notes"),
    "fact_definitions": ("id", "SELECT min(definition_id) FROM facts"),
    "audit": ("number", "SELECT max(number) - 1 FROM audit"),
    "audit_head": ("id", "SELECT 1"),
    "run_seals": ("run", "SELECT max(run) FROM run_seals"),
    "api_keys": ("prefix", "SELECT max(prefix) FROM api_keys"),
}

# What no figure, reader or entry depends on.
MEANS_NOTHING = {
    ("runs", "lease_until"): "of a run that is running",
    ("runs", "stopped_by_crash"): "of version 1",
    ("run_notes", "id"): "only their order",
    ("fact_definitions", "digest"): "by which a definition is found again when it is stored",
    ("fact_definitions", "recorded_at"): "when it was stored first",
    ("run_seals", "digest"): "the entry of the audit has it",
    ("run_seals", "marks"): "they only tell which figure it is",
    ("run_seals", "run"): "the same",
    ("api_keys", "last_used_at"): "changes with every use",
}


class Tampering(unittest.TestCase):
    engine = "sqlite"

    @classmethod
    def setUpClass(cls):
        cls.house = House(OPTIONS.quarterday, OPTIONS.families, cls.engine, MariaDb(OPTIONS.mysql_url_file))
        cls.house.load_demo()
        # A measure that nobody defined: its run has a note.
        odd = cls.house.folder / "odd.csv"
        odd.write_text("measure,version,area,tenure,period_from,period_until,numerator,denominator\n"
                       "COPI-ODD,1,DEMO-N01,COMBINED,2026-04-01,2026-07-01,3,4\n")
        cls.house.run("import", "measure_observations", odd)
        cls.house.run("compute", "--period", PERIOD)
        cls.house.run("key", "create", "somebody", "--audience", "board")
        cls.house.run("return", "build", "--period", PERIOD)

    @classmethod
    def tearDownClass(cls):
        cls.house.close()

    def change(self, sql):
        if self.house.name:
            self.house.maria.client(sql, self.house.name)
            return
        import sqlite3
        with sqlite3.connect(self.house.file, timeout=30) as database:
            database.execute(sql)

    def columns(self, table):
        """Name and whether it holds numbers."""
        if self.house.name:
            return [(name, kind != "varchar" and "text" not in kind and "blob" not in kind) for name, kind in self.house.ask(
                "SELECT column_name, data_type FROM information_schema.columns "
                f"WHERE table_schema = '{self.house.name}' AND table_name = '{table}'")]
        return [(row[1], row[2].upper().startswith("INT")) for row in self.house.ask(f"PRAGMA table_info({table})")]

    def quoted(self, column):
        return f"`{column}`" if self.house.name else f'"{column}"'

    def text(self, value):
        return "NULL" if value == "NULL" else "'" + value.replace("\\", "\\\\" if self.house.name else "\\").replace("'", "''") + "'"

    @staticmethod
    def another(number):
        """Yes becomes no; any other number a far one."""
        return {"0": "1", "1": "0", "NULL": "1"}.get(number) or str(int(number) + 1_000_000_007)

    def found(self):
        """What audit verify says; empty: nothing is wrong."""
        try:
            self.house.run("audit", "verify")
            return ""
        except Failed as failed:
            return str(failed)

    def test_nothing_is_wrong_before(self):
        said = self.house.run("audit", "verify")
        self.assertRegex(said, r"^\d+ entries follow from each other; \d+ runs with their figures, 1 keys and [12] returns")
        anchor = re.search(r"noted elsewhere: (\d+:[0-9a-f]{64})", said).group(1)
        self.house.run("audit", "verify", "--anchor", anchor)
        wrong = anchor[:-1] + ("0" if anchor[-1] != "0" else "1")
        with self.assertRaisesRegex(Failed, "QD5009"):
            self.house.run("audit", "verify", "--anchor", wrong)
        with self.assertRaisesRegex(Failed, "QD5009"):
            self.house.run("audit", "verify", "--anchor", f"999999:{'0' * 64}")

    def test_an_entry_says_who_and_a_return_names_entries_that_can_be_held_against_the_audit(self):
        entries = list(csv.DictReader(io.StringIO(self.house.run("audit", "list", "--format", "csv"))))
        built, = [entry for entry in entries if entry["act"] == "return built" and PERIOD in entry["subject"]]
        self.assertRegex(built["who"], r"^user \S+ on \S+, quarterday return build$")
        workbook, = self.house.deliveries.glob(f"*{PERIOD}*.xlsx")
        self.assertEqual(hashlib.sha256(workbook.read_bytes()).hexdigest(), built["content"])
        with zipfile.ZipFile(workbook) as parts:
            words = parts.read("xl/sharedStrings.xml").decode()
        named = re.findall(r"Entry of the audit that holds its seal: (\d+:[0-9a-f]{64})", words)
        self.assertEqual(len(named), 3, "one for each family")
        for anchor in named:
            self.house.run("audit", "verify", "--anchor", anchor)

    def test_what_is_withheld_is_listed_with_its_reason_for_who_keeps_the_database(self):
        told = list(csv.DictReader(io.StringIO(self.house.run(
            "withheld", "--audience", "board", "--period", PERIOD, "--format", "csv"))))
        self.assertIn("small", {row["reason"] for row in told})
        shown = csv.DictReader(io.StringIO(self.house.run(
            "facts", "--audience", "board", "--period", PERIOD, "--format", "csv")))
        self.assertEqual({row["id"] for row in told},
                         {row["id"] for row in shown if row["null_reason"] == "suppressed"})
        self.assertIn("nothing of it is withheld", self.house.run("withheld", "--audience", "executive"))

    def test_every_column_that_is_changed_is_found(self):
        missed = []
        for table, (key, which) in TABLES.items():
            row = self.house.ask(which)[0][0]
            where = f"{self.quoted(key)} = {self.text(row)}"
            for column, is_number in self.columns(table):
                if (table, column) in MEANS_NOTHING:
                    continue
                name = self.quoted(column)
                before = self.house.ask(f"SELECT {name} FROM {table} WHERE {where}")[0][0]
                after = self.another(before) if is_number else self.text(before + "x")
                self.change(f"UPDATE {table} SET {name} = {after} WHERE {where}")
                if not self.found():
                    missed.append(f"{table}.{column}")
                now = f"{name} = {after}" if column == key else where
                restored = before if is_number else self.text(before)
                self.change(f"UPDATE {table} SET {name} = {restored} WHERE {now}")
        self.assertEqual(missed, [])
        self.assertEqual(self.found(), "", "everything was put back")

    def test_what_is_taken_out_or_put_in_is_found(self):
        number, area = self.house.ask("SELECT id, area FROM facts ORDER BY id DESC LIMIT 1")[0]
        self.change(f"CREATE TABLE kept AS SELECT * FROM facts WHERE id = {number}")
        self.change(f"DELETE FROM facts WHERE id = {number}")
        self.assertIn("1 are gone", self.found())
        self.change("INSERT INTO facts SELECT * FROM kept")
        self.change("DROP TABLE kept")
        self.assertEqual(self.found(), "")

    def test_who_is_counted_in_a_figure_is_sealed(self):
        figures = self.house.ask("SELECT id FROM fact_members ORDER BY id")
        number, other = figures[0][0], figures[-1][0]
        self.change(f"CREATE TABLE kept_members AS SELECT * FROM fact_members WHERE id IN ({number}, {other})")
        taken_out = f"DELETE FROM fact_members WHERE id = {number}"
        self.change(taken_out)
        self.assertIn("or of who is counted", self.found())
        self.change(f"INSERT INTO fact_members SELECT {number}, members FROM kept_members WHERE id = {other}")
        self.assertIn("or of who is counted", self.found())
        self.change(taken_out)
        self.change(f"INSERT INTO fact_members SELECT * FROM kept_members WHERE id = {number}")
        self.change("DROP TABLE kept_members")
        self.assertEqual(self.found(), "")

    def test_a_figure_that_was_changed_is_named_and_stops_a_return(self):
        """A return computes its own period again; what it shows of others is as it was computed then."""
        number, indicator, area, value = self.house.ask(
            f"SELECT id, indicator, area, numerator FROM facts WHERE period = '{PERIOD}' AND numerator > 0 "
            "ORDER BY id DESC LIMIT 1")[0]
        self.change(f"UPDATE facts SET numerator = numerator + 1000000 WHERE id = {number}")
        with self.assertRaises(Failed) as refused:
            self.house.run("return", "build", "--period", NEXT)
        self.assertRegex(str(refused.exception), rf"QD5009.*figure {number} \({indicator}.* at {area}")
        with self.assertRaisesRegex(Failed, "audit"):
            self.house.run("doctor")
        self.change(f"UPDATE facts SET numerator = {value} WHERE id = {number}")
        self.house.run("return", "build", "--period", NEXT)


class TamperingOnMariaDb(Tampering):
    engine = "mariadb"


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *UNITTEST_ARGUMENTS], verbosity=2)
