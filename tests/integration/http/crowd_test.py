#!/usr/bin/env python3
"""Beside clients that want nothing of the server, one that does gets every answer over the connection it has."""
import pathlib
import re
import signal
import subprocess
import sys
import time
import unittest
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "support"))
from beside_a_crowd import Crowd, Reader  # noqa: E402
from house import House, options  # noqa: E402

OPTIONS, UNITTEST_ARGUMENTS = options()
CONNECTIONS = 200
CROWD = {"idle": 3 * CONNECTIONS, "silent": 8, "dripping": 8, "resets": 100}
SETTINGS = f"[http]\nconnections = {CONNECTIONS}\n"
QUESTIONS = ["indicator=INV1", "indicator=INV2&limit=3", "limit=50&format=csv"]


class CrowdTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.house = House(OPTIONS.quarterday, OPTIONS.families, "sqlite", settings=SETTINGS)
        cls.house.load_demo()
        cls.house.run("compute", "--period", "FY2026-27-Q1", "--family", "involvement")
        cls.key = cls.house.run("key", "create", "reader", "--scope", "figures", "--scope", "operate").split()[0]
        cls.log = open(cls.house.folder / "log", "w")
        cls.process = cls.house.start("serve", "--no-scheduler", "--listen", "127.0.0.1:0", stdout=subprocess.PIPE,
                                      stderr=cls.log)
        cls.port = int(re.search(r":(\d+)$", cls.process.stdout.readline().strip()).group(1))

    @classmethod
    def tearDownClass(cls):
        cls.process.send_signal(signal.SIGTERM)
        cls.process.wait(timeout=30)
        cls.process.stdout.close()
        cls.log.close()
        cls.house.close()

    def connections(self):
        asked = urllib.request.Request(f"http://127.0.0.1:{self.port}/metrics",
                                       headers={"Authorization": f"Bearer {self.key}"})
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return int(float(re.search(r"^quarterday_http_connections (\S+)$", answer.read().decode(), re.M).group(1)))

    def test_from_another_address_or_their_own_a_reader_is_answered_over_one_connection(self):
        for address in ("127.0.0.2", "127.0.0.1"):
            with self.subTest(address):
                with Crowd(self.port, self.key, **CROWD) as crowd:
                    reader = Reader(self.port, self.key, QUESTIONS, address)
                    took = reader.ask_all_the_time(seconds=3, a_second=100)
                    reader.connection.close()
                self.assertEqual(reader.n_connected, 1, "it was closed while it asked")
                self.assertGreater(len(took), 30)
                self.assertGreater(crowd.said["idle closed by the server"], CONNECTIONS)
                self.assertGreater(crowd.said["resets"], 100)
                self.assertIn("too many clients are connected", (self.house.folder / "log").read_text())

    def test_a_reader_from_elsewhere_keeps_its_connection_while_they_come(self):
        reader = Reader(self.port, self.key, QUESTIONS)
        with Crowd(self.port, self.key, **CROWD):
            reader.ask_all_the_time(seconds=1, a_second=100)
        reader.connection.close()
        self.assertEqual(reader.n_connected, 1)

    def test_once_they_are_gone_nothing_is_left_of_them(self):
        with Crowd(self.port, self.key, **CROWD):
            pass
        end = time.monotonic() + 30
        while (left := self.connections()) > 1 and time.monotonic() < end:
            pass
        self.assertEqual(left, 1, "the one that asks")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *UNITTEST_ARGUMENTS], verbosity=2)
