"""How the regulator's workbook is understood, shown by the program and changed by a layout of one's own."""
import argparse
import csv
import io
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import zipfile

arguments = argparse.ArgumentParser()
arguments.add_argument("--quarterday", type=pathlib.Path, required=True)
OPTIONS, UNITTEST_ARGUMENTS = arguments.parse_known_args()
PAGE = pathlib.Path(__file__).resolve().parents[3] / "docs/reference/rsh-editions.md"

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

HEADINGS = ["Landlord name", "Landlord code", "Homes that leak",
            "Number of dwellings needing gas safety checks (BS01 Denominator)",
            "Proportion of homes with gas safety checks (BS01)"]
FIGURES = ["Sample Homes", "4878", "90", "100", "90"]


def cell(text):
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


def relations(kind, target):
    return (f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{OFFICE}/{kind}" '
            f'Target="{target}"/></Relationships>')


def write_workbook(path, rows):
    lines = "".join(f"<row>{''.join(cell(text) for text in row)}</row>" for row in rows)
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("_rels/.rels", relations("officeDocument", "xl/workbook.xml"))
        book.writestr("xl/workbook.xml",
                      f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet '
                      f'name="TSM25_Management_Info" sheetId="1" r:id="r1"/></sheets></workbook>')
        book.writestr("xl/_rels/workbook.xml.rels", relations("worksheet", "sheet.xml"))
        book.writestr("xl/sheet.xml",
                      f'<worksheet xmlns="{MAIN}"><sheetData>{lines}</sheetData></worksheet>')


class Layout(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="quarterday-layout-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        write_workbook(self.folder / "tsm.xlsx", [["TSM25"], HEADINGS, FIGURES])

    def run_program(self, *command):
        return subprocess.run([OPTIONS.quarterday, *command], cwd=self.folder, capture_output=True,
                              text=True, check=False, env={"HOME": str(self.folder)})

    def shown(self, *more):
        ended = self.run_program("import", "rsh-tsm", "tsm.xlsx", "--show-layout", "--format", "csv", *more)
        self.assertEqual(ended.returncode, 0, ended.stderr)
        rows = csv.DictReader(io.StringIO(ended.stdout))
        return {row["column"]: (row["meaning"], row["how"], row["remark"]) for row in rows}, ended.stderr

    def test_shows_every_column_and_loads_nothing(self):
        columns, notes = self.shown()
        self.assertEqual(columns, {
            "A": ("landlord name", "by words", ""), "B": ("landlord code", "by words", ""),
            "C": ("", "not placed", "the heading is not known"),
            "D": ("BS01 LCRA+LCHO denominator", "by code", ""),
            "E": ("BS01 LCRA+LCHO published", "by code", "")})
        self.assertIn("note: TSM25_Management_Info column C: 'Homes that leak': the heading is not known; "
                      "left out\n", notes)
        self.assertIn("2024-25: read by the layout of 2024-25\n", notes)
        self.assertEqual([path.name for path in self.folder.iterdir()], ["tsm.xlsx"])

    def test_a_layout_of_ones_own_places_a_column(self):
        (self.folder / "mine.toml").write_text(
            '[[column]]\nheading = "Homes that leak"\nmeans = "BS01 numerator"\n', "utf-8")
        columns, _ = self.shown("--layout", "mine.toml")
        self.assertEqual(columns["C"], ("BS01 LCRA+LCHO numerator", "by layout", ""))

    def test_a_mistake_in_it_is_told_by_line_and_column(self):
        (self.folder / "mine.toml").write_text('edition = "2024-25"\n[[column]]\nmeens = "x"\n', "utf-8")
        ended = self.run_program("import", "rsh-tsm", "tsm.xlsx", "--show-layout", "--layout", "mine.toml")
        self.assertNotEqual(ended.returncode, 0)
        self.assertIn("QD1013", ended.stderr)
        self.assertIn("mine.toml:3:1: a layout has no 'meens' here", ended.stderr)

    def test_layouts_are_of_the_regulators_workbook_alone(self):
        for option in (["--show-layout"], ["--layout", "mine.toml"]):
            ended = self.run_program("import", "areas", "areas.csv", *option)
            self.assertNotEqual(ended.returncode, 0)
            self.assertIn("--layout and --show-layout are of rsh-tsm", ended.stderr)

    def test_the_example_of_the_page_is_a_layout(self):
        example = re.search(r"```toml\n(.*?)```", PAGE.read_text("utf-8"), re.S).group(1)
        example = example.replace('edition = "2025-26"', 'edition = "2024-25"')
        example = example.replace('sheet = "Combined Perception"', 'sheet = "Management Info"')
        (self.folder / "page.toml").write_text(example, "utf-8")
        columns, _ = self.shown("--layout", "page.toml")
        self.assertEqual(columns["C"][1], "by layout")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *UNITTEST_ARGUMENTS])
