"""Several servers of one database, and a state folder that moves: nothing is lost, nothing overwritten."""
import argparse
import json
import pathlib
import shutil
import signal
import subprocess
import sys
import unittest
import urllib.error
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "support"))
from house import Failed, House, MariaDb  # noqa: E402

arguments = argparse.ArgumentParser()
arguments.add_argument("--quarterday", type=pathlib.Path, required=True)
arguments.add_argument("--families", type=pathlib.Path, required=True)
arguments.add_argument("--mysql-url-file", type=pathlib.Path, required=True)
OPTIONS, UNITTEST_ARGUMENTS = arguments.parse_known_args()

PERIOD = ("--period", "FY2026-27-Q2")
SETTINGS = "[jobs]\nlongest_wait_seconds = 1\n"


def readiness(address):
    try:
        with urllib.request.urlopen(f"{address}/healthz/ready", timeout=10) as answer:
            return json.load(answer)["checks"]["schedule"]
    except urllib.error.HTTPError as refused:
        return json.load(refused)["checks"]["schedule"]


class Servers(unittest.TestCase):
    def setUp(self):
        self.maria = MariaDb(OPTIONS.mysql_url_file)

    def house(self, engine="sqlite"):
        house = House(OPTIONS.quarterday, OPTIONS.families, engine, self.maria, SETTINGS)
        self.addCleanup(house.close)
        return house

    def second(self, house):
        """Another server of the same database, with default folders of its own."""
        other = House(OPTIONS.quarterday, OPTIONS.families, "sqlite", settings=SETTINGS)
        self.addCleanup(other.close)
        other.environment["QUARTERDAY_DATABASE"] = house.url
        return other

    def serve(self, house):
        server = house.start("serve", "--listen", "127.0.0.1:0", "--open",
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(server.stderr.close)
        self.addCleanup(server.stdout.close)
        return server

    def test_two_that_start_together_on_a_fresh_mariadb_both_have_the_schedule(self):
        for _ in range(4):
            house = self.house("mariadb")
            house.run("migrate")
            servers = [self.serve(house), self.serve(self.second(house))]
            addresses = [server.stdout.readline().split()[-1] for server in servers]
            try:
                for server, address in zip(servers, addresses):
                    told = readiness(address)
                    for _ in range(200):  # the first pass may still be made
                        if told == "ok":
                            break
                        told = readiness(address)
                    self.assertEqual(told, "ok")
            finally:
                for server in servers:
                    server.send_signal(signal.SIGTERM)
                logs = [server.communicate()[1] for server in servers]
            for log in logs:
                self.assertNotIn("QD3005", log)
            self.assertEqual(house.ask("SELECT COUNT(*) FROM schedules"), [("1",)])

    def test_a_server_with_another_folder_finds_what_the_first_delivered(self):
        house = self.house()
        house.load_demo()
        house.run("return", "build", *PERIOD)
        other = self.second(house)
        other.run("jobs", "list")
        self.assertIn("delivered already", other.run("return", "build", *PERIOD))
        for server in (house, other):
            self.assertIn("as delivered", server.run("return", "verify"))
        self.assertEqual(list(other.folder.glob("returns/*.xlsx")), [])

    def test_a_state_folder_that_was_copied_is_verified_where_it_is_now(self):
        house = self.house()
        house.load_demo()
        house.run("return", "build", *PERIOD)
        moved = self.house()
        shutil.copytree(house.folder, moved.folder, dirs_exist_ok=True)
        workbook, = moved.folder.glob("returns/*.xlsx")
        workbook.write_bytes(b"changed by hand")
        with self.assertRaises(Failed) as refused:
            moved.run("return", "verify")
        self.assertIn(str(workbook), str(refused.exception))
        self.assertIn("as delivered", house.run("return", "verify"))
        original, = house.folder.glob("returns/*.xlsx")
        original.unlink()
        workbook.unlink()
        self.assertIn("put back", moved.run("return", "build", *PERIOD))
        self.assertTrue(workbook.exists())
        self.assertFalse(original.exists())


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *UNITTEST_ARGUMENTS], verbosity=2)
