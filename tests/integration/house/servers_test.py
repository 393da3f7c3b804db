"""Several servers of one database, and a state folder that moves: nothing is lost, nothing overwritten."""
import json
import pathlib
import re
import select
import shutil
import signal
import socket
import socketserver
import subprocess
import sys
import threading
import unittest
import urllib.error
import urllib.request
from urllib.parse import urlsplit

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "support"))
from house import Failed, House, MariaDb, options  # noqa: E402

OPTIONS, UNITTEST_ARGUMENTS = options()

PERIOD = ("--period", "FY2026-27-Q2")
SETTINGS = "[jobs]\nlongest_wait_seconds = 1\n"


def readiness(address):
    try:
        with urllib.request.urlopen(f"{address}/healthz/ready", timeout=10) as answer:
            return json.load(answer)["checks"]["schedule"]
    except urllib.error.HTTPError as refused:
        return json.load(refused)["checks"]["schedule"]


class Forwarder:
    """Makes a server answer at a port of ours as well, for as long as it is entered."""

    def __init__(self, port, target):
        class Both(socketserver.BaseRequestHandler):
            def handle(self):
                with socket.create_connection((target.hostname, target.port)) as other:
                    ends = {self.request: other, other: self.request}
                    while True:
                        for end in select.select(list(ends), [], [])[0]:
                            received = end.recv(65536)
                            if not received:
                                return
                            ends[end].sendall(received)

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True
            block_on_close = False

        self.server = Server(("127.0.0.1", port), Both)

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __exit__(self, *ignored):
        self.server.shutdown()
        self.server.server_close()


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


    def test_a_server_starts_while_its_database_is_away_says_so_and_serves_when_it_comes(self):
        house = self.house("mariadb")
        house.run("migrate")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            away = probe.getsockname()[1]
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        house.environment["QUARTERDAY_DATABASE"] = re.sub(r"127\.0\.0\.1:\d+", f"127.0.0.1:{away}", house.url)
        server = house.start("serve", "--listen", f"127.0.0.1:{port}", "--open", stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE)
        self.addCleanup(server.stderr.close)
        self.addCleanup(server.stdout.close)
        self.assertRegex(server.stderr.readline(), "waiting for the database: QD3001")

        def status(path):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
                    return answer.status
            except urllib.error.HTTPError as refused:
                refused.close()
                return refused.code
        self.assertEqual(status("/healthz/live"), 200)
        self.assertEqual(status("/healthz/ready"), 503)
        self.assertEqual(status("/api/v1/facts"), 503)
        with Forwarder(away, urlsplit(house.url)):
            self.assertIn(f"serving on http://127.0.0.1:{port}", server.stdout.readline())
            self.assertEqual(status("/api/v1/periods"), 200)
            server.send_signal(signal.SIGTERM)
            said = server.communicate()[1]
            self.assertIn("the database answers", said)
            self.assertIn("access from=127.0.0.1 who=nobody method=GET route=/api/v1/periods parameters=- status=200",
                          said)
            self.assertNotIn("/healthz", said)
        self.assertEqual(server.returncode, 0)

    def test_a_server_that_waits_for_its_database_can_be_stopped(self):
        house = self.house()
        house.environment["QUARTERDAY_DATABASE"] = "mysql://nobody:x@127.0.0.1:1/nothing"
        server = self.serve(house)
        self.assertIn("waiting for the database", server.stderr.readline())
        server.send_signal(signal.SIGTERM)
        self.assertIn("QD3001", server.communicate()[1])
        self.assertEqual(server.returncode, 1)

    def test_what_does_not_come_by_itself_is_not_waited_for(self):
        house = self.house()
        house.environment["QUARTERDAY_DATABASE"] = "sqlite:////no/such/folder/q.db"
        with self.assertRaisesRegex(Failed, "QD3001"):
            house.run("serve", "--listen", "127.0.0.1:0")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *UNITTEST_ARGUMENTS], verbosity=2)
