"""A client that wants figures while others crowd the server: from another address, a question after the other."""
import http.client
import json
import pathlib
import random
import select
import subprocess
import sys
import time

CROWD = pathlib.Path(__file__).resolve().parent / "crowd.py"


class Crowd:
    """Here as long as the `with` lasts."""

    def __init__(self, port, key, **kinds):
        self.command = [sys.executable, str(CROWD), str(port), key]
        self.command += [word for kind, n in kinds.items() for word in (f"--{kind}", str(n))]
        self.said = {}

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if self.process.stdout.readline() != "here\n":
            raise RuntimeError("the crowd did not come")
        return self

    def __exit__(self, *_):
        said, _ = self.process.communicate("")
        self.said = json.loads(said)


class Reader:
    """Asks the same questions again and again, over one connection; every answer must be the one it got first."""

    def __init__(self, port, key, questions, address="127.0.0.2"):
        self.port, self.headers, self.address = port, {"Authorization": f"Bearer {key}"}, (address, 0)
        self.connection, self.n_connected = None, 0
        self.answers = {question: self.ask(question)[1] for question in questions}

    def ask(self, question):
        """Seconds, and the body of a 200."""
        begun = time.monotonic()
        if not self.connection:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30, source_address=self.address)
            self.connection.connect()
            self.connection.auto_open = 0  # who is closed is to be told
            self.n_connected += 1
        self.connection.request("GET", "/api/v1/facts?" + question, headers=self.headers)
        response = self.connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise RuntimeError(f"{response.status}: {body[:500]}")
        return time.monotonic() - begun, body

    def ask_all_the_time(self, seconds, a_second):
        """What each answer took, shortest first. Asked at a steady rate, or as soon as it can."""
        dice, took = random.Random(1), []
        begun = time.monotonic()
        while (now := time.monotonic() - begun) < seconds:
            question = dice.choice(list(self.answers))
            one, body = self.ask(question)
            took.append(one)
            if body != self.answers[question]:
                raise RuntimeError(f"another answer to {question}")
            # Until its turn has come, or the server closes the connection.
            select.select([self.connection.sock], [], [], max(0.0, len(took) / a_second - now))
        return sorted(took)
