"""Reads a return as strangers do: openpyxl, and LibreOffice's idea of what a person sees.

usage: read_workbook.py WORKBOOK EXPECTED [FOLDER_OF_CSV]

EXPECTED holds one cell a line: sheet, row and column of the table from 0, "number" or "text", the
text, separated by tabs. With a folder, the CSV files LibreOffice made of the sheets are compared
instead, cell by cell as shown. Prints what differs; exit code 1 when something does.
"""

import csv
import pathlib
import sys

import openpyxl
from openpyxl.utils import range_boundaries

differences = []


def expect(condition, message):
    if not condition:
        differences.append(message)


def expected_cells(path):
    for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines():
        sheet, row, column, kind, text = line.split("\t", 4)
        yield sheet, int(row), int(column), kind, text


def table_of(page):
    tables = list(page.tables.values())
    expect(len(tables) == 1, f"{page.title}: {len(tables)} tables")
    return tables[0]


def check_access(page):
    """What domain D.6 asks of a sheet."""
    left, top, right, bottom = range_boundaries(table_of(page).ref)
    expect(left == 1, f"{page.title}: the table does not start in column A")
    expect(bottom == page.max_row and right == page.max_column, f"{page.title}: cells behind the table")
    expect(not page.merged_cells.ranges, f"{page.title}: merged cells")
    expect(page.freeze_panes is None, f"{page.title}: frozen panes")
    expect(page.auto_filter.ref is None, f"{page.title}: a filter")
    expect(table_of(page).autoFilter is None, f"{page.title}: a filter in the table")
    expect(page.page_setup.orientation == "landscape", f"{page.title}: not landscape")
    expect(page.page_setup.fitToHeight == 0 and page.sheet_properties.pageSetUpPr.fitToPage,
           f"{page.title}: not one page wide")
    expect(page.print_title_rows == f"{top}:{top}" or page.print_title_rows == f"${top}:${top}",
           f"{page.title}: head row repeated is {page.print_title_rows}")
    for row in range(1, top):
        expect(page.cell(row, 1).value, f"{page.title}: A{row} is empty")
    for row in page.iter_rows(min_row=top, max_row=bottom, max_col=right):
        for cell in row:
            expect(cell.value not in (None, ""), f"{page.title}: {cell.coordinate} is empty")
            expect(cell.font.name == "Arial" and cell.font.sz >= 12,
                   f"{page.title}: {cell.coordinate} is {cell.font.name} {cell.font.sz}")
            expect(cell.data_type != "f", f"{page.title}: {cell.coordinate} is a formula")


def decimals(number_format):
    digits = number_format.split("_")[0]
    return len(digits.split(".")[1]) if "." in digits else 0


def check_cell(page, top, row, column, kind, text):
    cell = page.cell(top + 1 + row, 1 + column)
    if kind == "number":
        wanted = len(text.split(".")[1]) if "." in text else 0
        expect(cell.data_type == "n" and cell.value == float(text),
               f"{page.title}: {cell.coordinate} is {cell.value!r}, not {text}")
        expect(decimals(cell.number_format) == wanted,
               f"{page.title}: {cell.coordinate} is shown as {cell.number_format}")
    else:
        expect(cell.value == text, f"{page.title}: {cell.coordinate} is {cell.value!r}, not {text!r}")


def read_with_openpyxl(workbook, expected):
    book = openpyxl.load_workbook(workbook)
    names = [name for page in book for name in page.tables]
    expect(len(names) == len(set(names)), "table names repeat")
    expect(book.properties.title and book.properties.creator, "no title or author")
    for page in book:
        check_access(page)
    n = 0
    for sheet, row, column, kind, text in expected:
        _, top, _, _ = range_boundaries(table_of(book[sheet]).ref)
        check_cell(book[sheet], top, row, column, kind, text)
        n += 1
    return n


def shown(text):
    """A decimal as a person sees it: 1234.5 is 1,234.5."""
    whole, point, rest = text.partition(".")
    return f"{int(whole):,}" + point + rest if whole.lstrip("-").isdigit() else text


def read_with_libreoffice(workbook, expected, folder):
    book = openpyxl.load_workbook(workbook)
    stem = pathlib.Path(workbook).stem
    pages = {}
    for page in book:
        path = pathlib.Path(folder) / f"{stem}-{page.title}.csv"
        with open(path, encoding="utf-8", newline="") as lines:
            pages[page.title] = list(csv.reader(lines))
    n = 0
    for sheet, row, column, kind, text in expected:
        _, top, _, _ = range_boundaries(table_of(book[sheet]).ref)
        seen = pages[sheet][top + row][column].strip()
        wanted = shown(text) if kind == "number" else text.strip()
        expect(seen == wanted, f"{sheet}: row {row}, column {column} shows {seen!r}, not {wanted!r}")
        n += 1
    return n


def main(workbook, expected, folder=None):
    cells = list(expected_cells(expected))
    n = read_with_libreoffice(workbook, cells, folder) if folder else read_with_openpyxl(workbook, cells)
    for difference in differences[:20]:
        print(difference)
    print(f"{n} cells read, {len(differences)} differences")
    return 1 if differences or not n else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
