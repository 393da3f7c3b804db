"""The program as its users meet it: its commands, on a database of its own, in a folder of its own."""
import argparse
import os
import pathlib
import random
import shutil
import subprocess
import tempfile
from urllib.parse import urlsplit


def options(*more):
    """What a test of the program is given, with options of its own; and what is left for unittest."""
    arguments = argparse.ArgumentParser()
    for path in ("--quarterday", "--families", "--mysql-url-file", *more):
        arguments.add_argument(path, type=pathlib.Path, required=True)
    return arguments.parse_known_args()


class Failed(Exception):
    """A command that should have succeeded did not."""


class MariaDb:
    """The private server the tests have started; a database of it lives as long as a house does."""

    def __init__(self, url_file):
        self.server = urlsplit(pathlib.Path(url_file).read_text().strip())

    def client(self, sql, database=None):
        command = ["mariadb", "--no-defaults", "--batch", "--skip-column-names",
                   f"--host={self.server.hostname}", f"--port={self.server.port}",
                   f"--user={self.server.username}", f"--password={self.server.password}"]
        if database:
            command.append(database)
        return subprocess.run([*command, "-e", sql], check=True, text=True,
                              capture_output=True).stdout

    def make(self):
        name = f"t_{os.getpid()}_{random.randrange(10**9)}"
        self.client(f"CREATE DATABASE {name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")
        return name

    def url(self, name):
        server = self.server
        return f"mysql://{server.username}:{server.password}@{server.hostname}:{server.port}/{name}"

    def drop(self, name):
        self.client(f"DROP DATABASE {name}")


class House:
    """One database, one state folder. engine: "sqlite" or "mariadb"."""

    def __init__(self, quarterday, families, engine, maria=None, settings=""):
        self.quarterday, self.engine, self.maria = str(quarterday), engine, maria
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="quarterday-house-"))
        self.deliveries = self.folder / "returns"
        self.name = maria.make() if engine == "mariadb" else None
        self.file = self.folder / "quarterday.db"
        self.url = maria.url(self.name) if self.name else f"sqlite:///{self.file}"
        (self.folder / "quarterday.toml").write_text(settings)
        self.environment = {**os.environ, "QUARTERDAY_STATE": str(self.folder),
                            "QUARTERDAY_DATABASE": self.url, "QUARTERDAY_FAMILIES": str(families)}

    def start(self, *arguments, **options):
        return subprocess.Popen([self.quarterday, *map(str, arguments)], cwd=self.folder,
                                env=self.environment, text=True, **options)

    def run(self, *arguments):
        """Its standard output; Failed with what it said when it did not succeed."""
        process = self.start(*arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        output, complaint = process.communicate()
        if process.returncode != 0:
            raise Failed(f"{' '.join(map(str, arguments))}: {complaint}{output}")
        return output

    def ask(self, sql):
        """Rows of texts, straight from the database, past the program."""
        if self.maria and self.name:
            return [tuple(line.split("\t"))
                    for line in self.maria.client(sql, self.name).splitlines()]
        # A connection of its own each time: a killed writer leaves its log for us to recover.
        import sqlite3
        with sqlite3.connect(self.file, timeout=30) as database:
            return [tuple("NULL" if cell is None else str(cell) for cell in row)
                    for row in database.execute(sql)]

    def load_demo(self):
        self.run("migrate")
        self.run("demo", self.folder / "files")
        self.run("import", "all", self.folder / "files")

    def close(self):
        if self.name:
            self.maria.drop(self.name)
        shutil.rmtree(self.folder, ignore_errors=True)
