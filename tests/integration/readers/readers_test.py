#!/usr/bin/env python3
"""Real readers over the real program: each ends with the numbers that the API gives.

readers_test.py PROGRAM. What stands in the how-to page is what is tried here.
"""
import csv
import decimal
import html
import importlib.util
import io
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
import urllib.error
import urllib.request

PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
PAGE = pathlib.Path(__file__).resolve().parents[3] / "docs/how-to/read-with-bi-tools.md"
QUESTION = "family=involvement&period=FY2026-27-Q2"


def steps(language, begins=""):
    """The program text that the how-to gives for a tool."""
    found = re.search(rf"```{language}\n({re.escape(begins)}.*?)```", PAGE.read_text(), re.S)
    return found.group(1)


def has_r_package(name):
    return shutil.which("Rscript") and subprocess.run(
        ["Rscript", "--vanilla", "-e", f"library({name})"], capture_output=True).returncode == 0


class Readers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="qd-readers-"))
        environment = {**os.environ, "QUARTERDAY_STATE": str(cls.folder / "state")}
        (cls.folder / "state").mkdir()

        def run(*arguments):
            done = subprocess.run([PROGRAM, *arguments], env=environment, text=True, capture_output=True)
            if done.returncode:
                raise RuntimeError(done.stderr)
            return done.stdout
        run("migrate")
        run("demo", str(cls.folder / "files"))
        run("import", "all", str(cls.folder / "files"))
        run("compute", "--period", "FY2026-27-Q2", "--family", "involvement")
        cls.key = re.search(r"qd_[\w-]+", run("key", "create", "readers", "--audience", "executive")).group(0)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            cls.port = probe.getsockname()[1]
        cls.address = f"http://127.0.0.1:{cls.port}"
        cls.server = subprocess.Popen([PROGRAM, "serve", "--no-scheduler", "--listen", f"127.0.0.1:{cls.port}"],
                                      env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        cls.server.stdout.readline()  # says that it serves
        cls.expected = cls.figures(cls.get(f"/api/v1/facts?{QUESTION}&limit=all&format=csv").decode())

    @classmethod
    def tearDownClass(cls):
        cls.server.terminate()
        cls.server.wait()
        cls.server.stdout.close()
        shutil.rmtree(cls.folder)

    @classmethod
    def get(cls, address):
        request = urllib.request.Request(cls.address + address if address.startswith("/") else address,
                                         headers={"Authorization": f"Bearer {cls.key}"})
        with urllib.request.urlopen(request) as answer:
            return answer.read()

    @staticmethod
    def figures(text):
        """The exact value of each figure, by its key."""
        lines = list(csv.DictReader(io.StringIO(text)))
        return {line["key"]: decimal.Decimal(line["value"]) if line["value"] else None for line in lines}

    def same(self, found):
        """As doubles: that is what most readers hold."""
        self.assertGreater(len(self.expected), 500)
        self.assertEqual({key: None if value is None else float(value) for key, value in found.items()},
                         {key: None if value is None else float(value) for key, value in self.expected.items()})

    def run_steps(self, command, language, name, begins=""):
        text = steps(language, begins).replace("https://figures.example.org", self.address).replace("qd_…", self.key)
        file = self.folder / name
        file.write_text(text)
        done = subprocess.run([*command, str(file)], text=True, capture_output=True, cwd=self.folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        return self.figures((self.folder / "figures.csv").read_text())

    def test_a_walk_over_pages_as_power_query_does_it(self):
        found, pages = {}, 0
        address = f"/api/v1/facts?{QUESTION}&limit=100"
        while address:
            page = json.loads(self.get(address), parse_float=decimal.Decimal, parse_int=decimal.Decimal)
            self.assertFalse(found.keys() & {one["key"] for one in page["data"]})
            found.update({one["key"]: one["value"] for one in page["data"]})
            address, pages = page["next"], pages + 1
        self.assertGreater(pages, 2)
        self.assertEqual(found, self.expected)

    def test_pandas(self):
        if importlib.util.find_spec("pandas") is None:
            self.skipTest("pandas is not installed")
        self.same(self.run_steps(["/usr/bin/python3"], "python", "steps.py"))

    def test_r(self):
        if shutil.which("Rscript") is None:
            self.skipTest("R is not installed")
        self.same(self.run_steps(["Rscript", "--vanilla"], "r", "steps.R"))

    def test_readr(self):
        if not has_r_package("readr"):
            self.skipTest("readr is not installed")
        self.same(self.run_steps(["Rscript", "--vanilla"], "r", "readr.R", "library(readr)"))

    def test_jsonlite(self):
        if not has_r_package("jsonlite"):
            self.skipTest("jsonlite is not installed")
        self.same(self.run_steps(["Rscript", "--vanilla"], "r", "jsonlite.R", "library(jsonlite)"))

    def test_a_browser_asks_who_it_is_and_shows_the_figures(self):
        if shutil.which("chromium") is None:
            self.skipTest("Chromium is not installed")
        address = f"{self.address}/api/v1/facts?{QUESTION}&limit=1000&fields=key,value"
        with self.assertRaises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(address)
        self.assertIn("Basic", " ".join(refused.exception.headers.get_all("WWW-Authenticate")))
        refused.exception.close()
        page = subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
             "--disable-component-update", "--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
             f"--user-data-dir={self.folder}/chromium", "--dump-dom", address.replace("//", f"//reader:{self.key}@", 1)],
            text=True, capture_output=True, timeout=120)
        shown = re.search(r"<pre[^>]*>(.*?)</pre>", page.stdout, re.S)
        self.assertTrue(shown, page.stdout[:500] + page.stderr[-500:])
        figures = json.loads(html.unescape(shown.group(1)), parse_float=decimal.Decimal, parse_int=decimal.Decimal)
        self.assertEqual({one["key"]: one["value"] for one in figures["data"]}, self.expected)

    def test_calc(self):
        office = shutil.which("soffice") or shutil.which("libreoffice")
        if office is None or importlib.util.find_spec("openpyxl") is None:
            self.skipTest("LibreOffice or openpyxl is not installed")
        import openpyxl
        (self.folder / "calc.csv").write_bytes(
            self.get(f"/api/v1/facts?{QUESTION}&limit=all&format=csv&dialect=spreadsheet&fields=key,value"))
        done = subprocess.run(
            [office, f"-env:UserInstallation=file://{self.folder}/office", "--headless", "--convert-to", "xlsx",
             "--infilter=CSV:44,34,76,1,,2057,false,true", "calc.csv"],
            text=True, capture_output=True, cwd=self.folder, timeout=120)
        self.assertTrue((self.folder / "calc.xlsx").exists(), done.stderr)
        rows = openpyxl.load_workbook(self.folder / "calc.xlsx").active.iter_rows(min_row=2, values_only=True)
        found = {key: value for key, value in rows}
        self.assertEqual(found.keys(), self.expected.keys())
        for key, value in self.expected.items():
            if value is None:
                self.assertIsNone(found[key], key)
            else:
                self.assertAlmostEqual(found[key], float(value), places=9, msg=key)

    def test_what_the_page_names_is_there(self):
        """Every parameter of an address on the page is one that the program describes."""
        described = set(re.findall(r"\{name: (\w+), in: query",
                                   (PAGE.parents[2] / "api-spec/openapi.yaml").read_text()))
        addresses = re.findall(r"/api/v1/facts\?([\w=&%*.,:-]+)", PAGE.read_text())
        self.assertGreater(len(addresses), 4)
        for address in addresses:
            for part in address.split("&"):
                self.assertIn(part.split("=")[0], described, address)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=1)
