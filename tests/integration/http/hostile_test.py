#!/usr/bin/env python3
"""Every request of hostile.txt, byte for byte, on a connection of its own: the answer is the one that is written there."""
import base64
import pathlib
import re
import signal
import socket
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "support"))
from house import House, options  # noqa: E402

OPTIONS, UNITTEST_ARGUMENTS = options()
CASES = pathlib.Path(__file__).with_name("hostile.txt")


def cases():
    """Expected answer, request, what it is, number of the line."""
    for number, line in enumerate(CASES.read_text().splitlines(), 1):
        if line and not line.startswith("#"):
            expected, request, name = line.split(" | ")
            yield expected, request, name, number


class Hostile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.house = House(OPTIONS.quarterday, OPTIONS.families, "sqlite")
        cls.house.load_demo()
        cls.house.run("compute", "--period", "FY2026-27-Q1", "--family", "involvement")
        cls.key = cls.house.run("key", "create", "reader", "--scope", "figures").split()[0]
        cls.process = cls.house.start("serve", "--no-scheduler", "--listen", "127.0.0.1:0", stdout=subprocess.PIPE,
                                      stderr=subprocess.DEVNULL)
        cls.port = int(re.search(r":(\d+)$", cls.process.stdout.readline().strip()).group(1))
        first = cls.ask(f"GET /api/v1/facts?limit=1 HTTP/1.1\\r\\nHost: localhost\\r\\nAuthorization: Bearer {cls.key}"
                        "\\r\\nConnection: close\\r\\n\\r\\n")
        cls.etag = re.search(r'(?i)etag: (\S+)', first).group(1)

    @classmethod
    def tearDownClass(cls):
        cls.process.send_signal(signal.SIGTERM)
        cls.process.wait(timeout=30)
        cls.process.stdout.close()
        cls.house.close()

    @classmethod
    def bytes_of(cls, request):
        """Places first, so that what they stand for is not taken for an escape."""
        for place, text in (("{KEY}", getattr(cls, "key", "")), ("{ETAG}", getattr(cls, "etag", "")),
                            ("{B64}", base64.b64encode(f"x:{getattr(cls, 'key', '')}".encode()).decode())):
            request = request.replace(place, text)
        request = re.sub(r"\{(\w)\*(\d+)\}", lambda many: (
            "X: y\\r\\n" if many[1] == "h" else many[1]) * int(many[2]), request)
        return request.encode("ascii").decode("unicode_escape").encode("latin-1")

    @classmethod
    def ask(cls, request):
        """Until the server closes, or one answer without Connection: close is whole."""
        with socket.create_connection(("127.0.0.1", cls.port), timeout=20) as client:
            try:
                client.sendall(cls.bytes_of(request))
                client.shutdown(socket.SHUT_WR)
            except (BrokenPipeError, ConnectionResetError):
                pass  # refused before all was sent: the answer is there
            answer = b""
            try:
                while piece := client.recv(65536):
                    answer += piece
            except ConnectionResetError:
                pass
        return answer.decode("latin-1")

    @staticmethod
    def short(answer):
        status = re.match(r"HTTP/1\.1 (?:100 Continue\r\n\r\nHTTP/1\.1 )?(\d{3}) ", answer)
        code = re.search(r'"code":"(QD\d+)"', answer)
        return (status.group(1) if status else "no answer") + (f" {code.group(1)}" if code else "")

    def test_each_is_answered_as_it_is_written(self):
        wrong, n_cases = [], 0
        for expected, request, name, number in cases():
            n_cases += 1
            answer = self.ask(request)
            if self.short(answer) != expected:
                wrong.append(f"hostile.txt:{number}: {name}: {self.short(answer)}, not {expected}")
        print(f"{n_cases} requests", file=sys.stderr)
        self.assertGreaterEqual(n_cases, 250)
        self.assertEqual(wrong, [], "\n" + "\n".join(wrong))

    def test_after_all_of_it_the_server_lives_and_the_same_is_told(self):
        for _, request, _, _ in cases():
            self.ask(request)
        self.assertIsNone(self.process.poll())
        again = self.ask(f"GET /healthz/ready HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n")
        self.assertTrue(again.startswith("HTTP/1.1 200 "), again)

    def test_no_answer_repeats_what_was_sent_as_a_header(self):
        for _, request, name, _ in cases():
            head = self.ask(request).split("\r\n\r\n")[0]
            self.assertNotRegex(head, r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", name)
            self.assertNotIn("evil", head, name)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *UNITTEST_ARGUMENTS], verbosity=2)
