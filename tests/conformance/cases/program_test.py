#!/usr/bin/env python3
"""quarterday family check: what it prints, what it writes, how it ends."""
import pathlib
import shutil
import subprocess
import sys
import unittest

PROGRAM, LIBRARY, PLACE = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])

RULE = "Rows are counted.\nperiod: FY2026-27-Q1    readings: quarter\noption: fault="
ROWS = "\n\n--- faulty_rows\narea,seen_on,hits\nA,2026-04-01,1\n"
RIGHT = "\n--- facts\nindicator,area,value\nfaulty.hits,A,1\n"
WRONG = "\n--- facts\nindicator,area,value\nfaulty.hits,A,2\n"


class Check(unittest.TestCase):
    def setUp(self):
        shutil.rmtree(PLACE, ignore_errors=True)
        PLACE.mkdir(parents=True)

    def case(self, name, fault="", facts=RIGHT):
        (PLACE / name).write_text(RULE + fault + ROWS + facts)
        return PLACE / name

    def check(self, *arguments, library=LIBRARY):
        return subprocess.run([PROGRAM, "family", "check", library, *map(str, arguments)],
                              capture_output=True, text=True, cwd=PLACE)

    def test_cases_that_hold_end_well(self):
        one = self.case("b.case")
        done = self.check(one)
        self.assertEqual((done.returncode, done.stdout), (0, f"ok    {one}\n"))

    def test_a_folder_stands_for_its_cases_by_name(self):
        self.case("b.case"), self.case("a.case"), self.case("c.txt")
        done = self.check(PLACE)
        self.assertEqual(done.stdout, f"ok    {PLACE}/a.case\nok    {PLACE}/b.case\n")

    def test_what_differs_is_shown_and_ends_with_1(self):
        one = self.case("a.case", facts=WRONG)
        before = one.read_text()
        done = self.check(one, self.case("b.case"))
        self.assertEqual(done.returncode, 1)
        self.assertIn(f"FAIL  {one}\n      Rows are counted.\n", done.stdout)
        self.assertIn("        - faulty.hits,A,2\n        + faulty.hits,A,1\n", done.stdout)
        self.assertIn(f"ok    {PLACE}/b.case\n", done.stdout)
        self.assertEqual(one.read_text(), before)

    def test_accept_writes_what_was_given(self):
        one = self.case("a.case", facts=WRONG)
        done = self.check("--accept", one)
        self.assertEqual(done.returncode, 0)
        self.assertIn(f"took  {one}\n", done.stdout)
        self.assertIn("        - faulty.hits,A,2\n", done.stdout)
        self.assertEqual(one.read_text(), RULE + ROWS + RIGHT)

    def test_a_crash_costs_its_case_and_is_never_accepted(self):
        one = self.case("a.case", "crashes")
        before = one.read_text()
        done = self.check("--accept", one, self.case("b.case"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("stopped with signal 6", done.stdout)
        self.assertIn(f"ok    {PLACE}/b.case\n", done.stdout)
        self.assertEqual(one.read_text(), before)

    def test_a_hang_ends_with_the_time_out(self):
        done = self.check("--time-out", "0.5", self.case("a.case", "hangs"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("took longer than 500 ms and was stopped", done.stdout)

    def test_a_case_written_wrongly_is_told_by_file_line_and_column(self):
        one = self.case("a.case", facts="\n--- facts\nindicator,areas\n")
        done = self.check(one)
        self.assertEqual(done.returncode, 1)
        self.assertIn(f"      {one}:10:11: facts have no column 'areas'\n      hint: did you mean "
                      "'area'?\n", done.stdout)

    def test_what_is_not_there_is_said(self):
        self.assertEqual(self.check(PLACE / "none.case").returncode, 1)
        self.assertIn("none.case is not there", self.check(PLACE / "none.case").stderr)
        self.assertEqual(self.check(library=str(PLACE / "none.so")).returncode, 1)
        self.assertIn("no case was run", self.check().stdout)

    def test_wrong_use_ends_with_2(self):
        self.assertEqual(self.check("--time-out", "0").returncode, 2)
        self.assertEqual(self.check("--tme-out", "1").returncode, 2)
        done = subprocess.run([PROGRAM, "family", "check"], capture_output=True)
        self.assertEqual(done.returncode, 2)


unittest.main(argv=[sys.argv[0]])
