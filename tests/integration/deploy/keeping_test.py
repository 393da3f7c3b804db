#!/usr/bin/env python3
"""Backups through the program: good whenever they are there, whoever writes and whatever is killed.

QUARTERDAY_KILLS=100 kills so many; otherwise a few.
"""
import os
import pathlib
import random
import signal
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "support"))
from house import Failed, House, MariaDb, options  # noqa: E402

OPTIONS, UNITTEST_ARGUMENTS = options()
KILLS = int(os.environ.get("QUARTERDAY_KILLS", "6"))
PERIOD = "FY2026-27-Q1"


class Keeping(unittest.TestCase):
    engine = "sqlite"

    def setUp(self):
        self.maria = MariaDb(OPTIONS.mysql_url_file)
        self.house = self.new_house()
        self.house.load_demo()

    def new_house(self):
        house = House(OPTIONS.quarterday, OPTIONS.families, self.engine, self.maria)
        self.addCleanup(house.close)
        return house

    def exported(self, house):
        return house.run("facts", "--format", "csv")

    def backups(self):
        folder = self.house.folder / "backups"
        return sorted(path.name for path in folder.iterdir()) if folder.exists() else []

    def test_is_put_back_into_an_empty_house_and_exports_the_same(self):
        self.house.run("compute", "--period", PERIOD)
        self.house.run("return", "build", "--period", PERIOD)
        said = self.house.run("backup")
        self.assertRegex(said, r"^backup \S+\.db: \d+ rows in 3\d tables of a database of version \d+, all that was "
                               r"committed by \S+Z; read again, and put back into a scratch database\n$")
        name, = self.backups()
        self.assertRegex(name, r"^quarterday-\d{4}-\d\d-\d\dT\d{6}Z\.db$")
        file = self.house.folder / "backups" / name
        self.assertEqual(file.stat().st_mode & 0o777, 0o600)
        self.assertEqual(file.parent.stat().st_mode & 0o777, 0o700)
        with self.assertRaisesRegex(Failed, "nothing was put back: what is in the database would be lost"):
            self.house.run("restore", file)
        self.assertIn("it would be refused: the database has", self.house.run("restore", "--dry-run", file))
        other = self.new_house()
        self.assertIn("the database is empty: it would be put back", other.run("restore", "--dry-run", file))
        self.assertIn("put back, and compared row by row", other.run("restore", file))
        self.assertEqual(self.exported(other), self.exported(self.house))
        self.assertRegex(other.run("audit", "verify"), "and 1 returns are as they were written down")

    def test_keeps_the_newest_and_what_has_another_name(self):
        folder = self.house.folder / "backups"
        folder.mkdir()
        for name in ("quarterday-2020-01-01T000000Z.db", "quarterday-2020-01-02T000000Z.db",
                     "quarterday-before-migration-2020-01-01T000000Z.db", "mine.db"):
            (folder / name).write_text("")
        said = self.house.run("backup", "--keep", "2")
        self.assertIn("1 older ones were removed", said)
        self.assertEqual(len(self.backups()), 4)
        self.assertNotIn("quarterday-2020-01-01T000000Z.db", self.backups())
        self.assertIn("mine.db", self.backups())

    def test_is_taken_before_a_migration(self):
        self.assertEqual(self.backups(), [], "there was nothing to keep when the database was made")
        self.sql("UPDATE schema_version SET migration = 1")
        said = self.house.run("migrate")
        name, = self.backups()
        self.assertIn(name, said)
        self.assertRegex(name, "^quarterday-before-migration-")
        self.sql("UPDATE schema_version SET migration = 1")
        self.house.run("migrate", "--no-backup")
        self.assertEqual(self.backups(), [name])
        self.house.run("migrate")
        self.assertEqual(self.backups(), [name], "nothing changes, so nothing is kept")

    def sql(self, statement):
        if self.house.name:
            self.maria.client(statement, self.house.name)
            return
        import sqlite3
        with sqlite3.connect(self.house.file, timeout=30) as database:
            database.execute(statement)

    def test_of_nothing_is_none(self):
        empty = self.new_house()
        with self.assertRaises(Failed):
            empty.run("backup", empty.folder / "kept.db")
        self.assertFalse((empty.folder / "kept.db").exists())

    def test_killed_at_any_moment_leaves_the_one_before_or_a_whole_one(self):
        """While figures are computed and files loaded beside it."""
        generator = random.Random(20261127)
        file = self.house.folder / "kept.db"
        self.house.run("backup", file)
        n_killed = 0
        writers = ("compute", "--period", PERIOD), ("import", "all", self.house.folder / "files")
        for number in range(KILLS):
            writer = self.house.start(*writers[number % 2], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            process = self.house.start("backup", file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            try:
                process.wait(timeout=generator.uniform(0, 0.4))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
                n_killed += 1
            process.stdout.close()
            self.assertEqual(writer.wait(), 0)
            self.assertIn("rows in", self.house.run("restore", "--dry-run", file))
        self.house.run("backup", file)
        other = self.new_house()
        other.run("restore", file)
        self.assertEqual(self.exported(other), self.exported(self.house))
        print(f"{self.engine}: {n_killed} of {KILLS} killed before they ended", file=sys.stderr)


class KeepingOnMariaDb(Keeping):
    engine = "mariadb"

    def test_goes_over_to_the_other_engine(self):
        self.house.run("compute", "--period", PERIOD)
        self.house.run("backup", self.house.folder / "kept.db")
        other = House(OPTIONS.quarterday, OPTIONS.families, "sqlite")
        self.addCleanup(other.close)
        other.run("restore", self.house.folder / "kept.db")
        self.assertEqual(self.exported(other), self.exported(self.house))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *UNITTEST_ARGUMENTS], verbosity=2)
