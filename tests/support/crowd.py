#!/usr/bin/env python3
"""Clients that keep a server busy without wanting anything of it, all from one address.

crowd.py PORT KEY [--idle N] [--silent N] [--dripping N] [--resets N]

idle: connected, and saying nothing. silent: ask for everything and read nothing of it. dripping: send a request a
byte a second. resets: so many a second connect, ask, and are gone at once. Whoever is closed by the server comes
back, at most so many a second. It writes "here" once all have come, and goes when its standard input ends; then it
says as JSON what became of them.
"""
import argparse
import asyncio
import collections
import errno
import json
import resource
import socket
import struct
import sys

BACK_A_SECOND = 200
COMING_A_SECOND = 2000
TICK = 0.05
NOTHING_LEFT = struct.pack("ii", 1, 0)  # what was not sent is dropped, and the other side is told at once
EVERYTHING = "GET /api/v1/facts?limit=all&format=csv HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n\r\n"
ONE = "GET /api/v1/facts?limit=1 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n\r\n"


class Guest:
    """One connection. Its socket does not block."""

    def __init__(self, kind, to):
        self.kind, self.sent = kind, 0
        self.socket = socket.socket()
        if kind == "silent":
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.socket.settimeout(5)
        self.socket.connect(to)
        self.socket.setblocking(False)

    def is_closed(self):
        """By the server; what it sent is left where it is, but for who has nothing to read."""
        try:
            return self.socket.recv(1, socket.MSG_PEEK) == b"" or self.kind != "silent"
        except OSError as failed:
            return failed.errno not in (errno.EAGAIN, errno.EWOULDBLOCK)

    def send(self, text):
        try:
            self.sent += self.socket.send(text)
        except OSError:
            pass  # seen at the next look

    def go(self):
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NOTHING_LEFT)
        self.socket.close()


class Crowd:
    def __init__(self, port, key, wanted, resets):
        self.to, self.key, self.wanted, self.resets = ("127.0.0.1", port), key, wanted, resets
        self.here = collections.defaultdict(set)
        self.said = collections.Counter()
        self.all_came = False

    def welcome(self, kind):
        try:
            guest = Guest(kind, self.to)
        except OSError as failed:
            self.said[f"{kind} not taken: {errno.errorcode.get(failed.errno, failed)}"] += 1
            return
        self.said[f"{kind} came"] += 1
        if kind == "silent":
            guest.send(EVERYTHING.format(self.key).encode())
        self.here[kind].add(guest)

    def let_come(self, most):
        missing = {kind: n - len(self.here[kind]) for kind, n in self.wanted.items()}
        for kind, n in missing.items():
            for _ in range(min(n, most)):
                self.welcome(kind)
        if not self.all_came and all(self.said[f"{kind} came"] >= n for kind, n in self.wanted.items()):
            self.all_came = True
            print("here", flush=True)

    def look(self):
        for kind, guests in self.here.items():
            for guest in [guest for guest in guests if guest.is_closed()]:
                self.said[f"{kind} closed by the server"] += 1
                guest.go()
                guests.discard(guest)

    def drip(self):
        text = ONE.format(self.key).encode()
        for guest in self.here["dripping"]:
            guest.send(text[guest.sent:guest.sent + 1])

    def reset_some(self, n):
        for number in range(n):
            try:
                guest = Guest("reset", self.to)
            except OSError:
                self.said["reset not taken"] += 1
                continue
            text = ONE.format(self.key).encode()
            guest.send(text if number % 2 == 0 else text[:40])
            guest.go()
            self.said["resets"] += 1

    async def stay(self, until):
        ticks = 0
        while not until.done():
            rate = BACK_A_SECOND if self.all_came else COMING_A_SECOND
            self.let_come(int(rate * TICK))
            self.reset_some(int(self.resets * TICK))
            if ticks % int(1 / TICK) == 0:
                self.look()
                self.drip()
            ticks += 1
            await asyncio.wait([until], timeout=TICK)


async def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("port", type=int)
    words.add_argument("key")
    kinds = ("idle", "silent", "dripping")
    for kind in (*kinds, "resets"):
        words.add_argument(f"--{kind}", type=int, default=0)
    asked = words.parse_args()
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    crowd = Crowd(asked.port, asked.key, {kind: getattr(asked, kind) for kind in kinds}, asked.resets)
    await crowd.stay(asyncio.get_running_loop().run_in_executor(None, sys.stdin.read))
    print(json.dumps(dict(sorted(crowd.said.items()))), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
