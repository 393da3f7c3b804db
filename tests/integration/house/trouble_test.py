#!/usr/bin/env python3
"""A store that is full, may not be written, is damaged or in use by somebody else: each is said so that one knows what
to do, and nothing that was kept before is lost."""
import os
import pathlib
import sqlite3
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "support"))
from house import Failed, House, options  # noqa: E402

OPTIONS, UNITTEST_ARGUMENTS = options()
PERIOD = "FY2026-27-Q1"
# A root of its own that may mount: what it mounts is there for its script alone.
MOUNTING = ["unshare", "--user", "--map-root-user", "--mount"]
MAY_MOUNT = subprocess.run([*MOUNTING, "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True).returncode == 0


class TroubleTest(unittest.TestCase):
    def setUp(self):
        self.house = House(OPTIONS.quarterday, OPTIONS.families, "sqlite")
        self.addCleanup(self.house.close)
        self.house.load_demo()

    def refused(self, *words):
        with self.assertRaises(Failed) as failed:
            self.house.run(*words)
        return str(failed.exception)

    def in_own_mounts(self, script, folder):
        """Every line of the script is echoed with what it ended with."""
        told = subprocess.run([*MOUNTING, "sh", "-c", script], capture_output=True, text=True, cwd=self.house.folder,
                              env={**self.house.environment, "Q": self.house.quarterday, "D": str(folder),
                                   "QUARTERDAY_DATABASE": f"sqlite:///{folder}/q.db"})
        return told.stdout + told.stderr

    @unittest.skipUnless(MAY_MOUNT, "nothing can be mounted here: a full disk was not tried")
    def test_a_full_disk_keeps_what_there_was(self):
        folder = self.house.folder / "small"
        folder.mkdir()
        said = self.in_own_mounts('''
            mount -t tmpfs -o size=700k none "$D"
            "$Q" import areas files/areas.csv >/dev/null; echo "areas: $?"
            "$Q" import all files; echo "all: $?"
            "$Q" audit verify >/dev/null; echo "verify: $?"
            mount -o remount,size=20m "$D"
            "$Q" import all files | grep "^areas"; "$Q" audit verify >/dev/null; echo "verify: $?"
            ''', folder)
        self.assertRegex(said, "areas: 0\\n")
        self.assertRegex(said, "QD3001: .*full\\n +hint: make room on its disk, then do it again: nothing of it was kept")
        self.assertRegex(said, "all: 1\\n")
        self.assertEqual(said.count("verify: 0\n"), 2, said)
        self.assertRegex(said, r"areas +0 +0 +\d\d")

    @unittest.skipUnless(MAY_MOUNT, "nothing can be mounted here: a disk that is only read was not tried")
    def test_what_may_only_be_read_is_said_to_be_so(self):
        folder = self.house.folder / "read"
        folder.mkdir()
        with sqlite3.connect(self.house.file) as database:
            database.execute(f"VACUUM INTO '{folder}/q.db'")
        said = self.in_own_mounts('''
            mount --bind "$D" "$D"; mount -o remount,ro,bind "$D"
            "$Q" compute --period FY2026-27-Q1; echo "compute: $?"
            ''', folder)
        self.assertRegex(said, "QD3001: .*\\n +hint: .*(may only be read|whether it may be written)")
        self.assertRegex(said, "compute: 1\\n")

    def test_what_is_damaged_is_laid_aside_and_a_backup_put_back(self):
        self.house.run("compute", "--period", PERIOD)
        before = self.house.run("facts", "--format", "csv")
        self.house.run("backup", self.house.folder / "kept.db")
        with open(self.house.file, "r+b") as file:
            for page in range(2, os.path.getsize(self.house.file) // 4096, 2):
                file.seek(page * 4096)
                file.write(b"\xee" * 4096)
        for command in (("facts",), ("doctor",)):
            self.assertRegex(self.refused(*command), "malformed.*(\\n +hint: |\\()it is damaged, or no database: lay it aside as it is, "
                             "and put back a backup with quarterday restore")
        for file in self.house.folder.glob("quarterday.db*"):
            file.rename(self.house.folder / f"damaged-{file.name}")
        self.house.run("restore", self.house.folder / "kept.db")
        self.assertEqual(self.house.run("facts", "--format", "csv"), before)

    def test_what_is_no_database_is_not_taken_for_one(self):
        for file in self.house.folder.glob("quarterday.db*"):
            file.unlink()
        self.house.file.write_bytes(b"somebody's notes, which are nobody else's\n" * 10)
        self.assertRegex(self.refused("facts"), "it is damaged, or no database")
        self.assertIn(b"nobody else's", self.house.file.read_bytes())

    def test_somebody_else_who_writes_is_waited_for_and_figures_are_read_meanwhile(self):
        writing = sqlite3.connect(self.house.file, isolation_level=None)
        writing.execute("BEGIN IMMEDIATE")
        computing = self.house.start("compute", "--period", PERIOD, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.assertIn("no facts", self.house.run("facts"))
        self.assertIsNone(computing.poll())
        writing.execute("COMMIT")
        writing.close()
        said = computing.communicate()
        self.assertEqual(computing.returncode, 0, said)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *UNITTEST_ARGUMENTS], verbosity=2)
