#!/usr/bin/env python3
"""An include that points up or sideways does not compile: tried with the compiler, room by room.

walls_test.py BUILD COMPILER. BUILD/walls has a file a room: its name, then the folders its sources search.
"""
import concurrent.futures
import os
import pathlib
import subprocess
import sys
import unittest

BUILD, COMPILER = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
ROOTS = BUILD / "rooms"

# Figures leave the house by the last stage of reading alone.
FACES = ["server/faces", "server/rest", "server/rest/resources", "server/cli", "server/cli/commands", "core/returns",
         "core/returns/content", "core/returns/sheets", "core/render", "jobs"]
STAGES = ["core/ports/figures", "core/reading/stages", "core/reading/cube", "core/reading/disclosure"]

# What must stay apart, said in words: room, and one it never sees.
APART = [
    ("core/model", "core/ports"), ("core/capture/csv", "core/capture/rsh"), ("core/capture/rsh", "core/capture/csv"),
    ("core/worker/parent", "core/worker/child"), ("core/worker/child", "core/worker/parent"),
    ("core/compute", "core/capture"), ("core/compute", "core/worker/child"), ("core/returns", "core/compute"),
    ("core/render", "core/ports"), ("core/capture", "core/compute"), ("jobs", "orm"), ("jobs", "core/compute"),
    ("server/http", "core/ports"), ("server/http", "server/rest"), ("server/rest", "server/cli"), ("core/text", "core/model"),
    ("server/cli", "server/rest"), ("server/cli/commands", "server/rest"), ("server/faces", "server/rest"),
    ("server/faces", "server/http"), *((face, stage) for face in FACES for stage in STAGES), ("server/rest", "server/rest/resources"), ("server/rest", "server/composition"),
]


def rooms():
    found = {}
    for path in (BUILD / "walls").iterdir():
        room, *folders = path.read_text().split("\n")
        found[room] = [folder for folder in folders if folder]
    return found


def header_of(room):
    headers = sorted((ROOTS / room / room).glob("*.hpp"))
    return f"{room}/{headers[0].name}" if headers else None


def sees(folders, room):
    return str(ROOTS / room) in folders


def compiles(folders, text):
    command = [COMPILER, "-std=c++20", "-fsyntax-only", "-x", "c++", *[f"-I{folder}" for folder in folders], "-"]
    return subprocess.run(command, input=text, text=True, capture_output=True, cwd=BUILD / "walls")


def at_once(tries):
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(lambda one: compiles(*one), tries))


class Walls(unittest.TestCase):
    def hidden(self):
        """(room, its folders, a header of every room it does not see)"""
        known = rooms()
        self.assertGreater(len(known), 15)
        for room, folders in sorted(known.items()):
            headers = [header_of(other) for other in sorted(known) if other != room and not sees(folders, other)]
            yield room, folders, [header for header in headers if header]

    def test_what_a_room_does_not_see_does_not_compile_there(self):
        sideways = [(room, folders, headers[0]) for room, folders, headers in self.hidden() if headers]
        results = at_once([(folders, f'#include "{header}"\n') for _, folders, header in sideways])
        for (room, _, header), ran in zip(sideways, results):
            with self.subTest(room=room):
                self.assertNotEqual(ran.returncode, 0, f"{room} may include {header}")
                self.assertIn(f"{header}: No such file", ran.stderr)

    def test_nothing_of_what_is_hidden_is_found(self):
        asked = list(self.hidden())
        probe = '#if __has_include("{0}")\n#error {0} is found\n#endif\n'
        results = at_once([(folders, "".join(probe.format(header) for header in headers))
                           for _, folders, headers in asked])
        for (room, _, _), ran in zip(asked, results):
            with self.subTest(room=room):
                self.assertEqual(ran.stderr, "")

    def test_a_room_finds_its_own_headers(self):
        known = rooms()
        for room in ("core/model", "core/ports", "core/capture/csv", "core/returns", "jobs", "server/rest"):
            if room in known and (header := header_of(room)):
                ran = compiles(known[room], f'#include "{header}"\n')
                self.assertEqual(ran.returncode, 0, ran.stderr)

    def test_what_must_stay_apart_does(self):
        known = rooms()
        for room, other in APART:
            with self.subTest(room=room, other=other):
                self.assertIn(room, known)
                self.assertFalse(sees(known[room], other), f"{room} sees {other}")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
