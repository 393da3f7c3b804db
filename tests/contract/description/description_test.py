#!/usr/bin/env python3
"""The description of the API: others' tools understand it, the running server keeps to it, a page lists it.

description_test.py PROGRAM PACKAGES, a folder that `./qd api` has installed the tools in; tests that need one which is
not there are skipped. QUARTERDAY_ACCEPT=1 rewrites the page; the diff is the review.
"""
import http
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import unittest
import urllib.error
import urllib.request

import yaml

PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
TOOLS = pathlib.Path(sys.argv.pop(1)) / "node_modules/.bin"
SOURCE = pathlib.Path(__file__).resolve().parents[3]
SPEC = SOURCE / "api-spec/openapi.yaml"
PAGE = SOURCE / "docs/reference/rest-addresses.md"
PERIOD = "FY2026-27-Q2"


def tool(name, *arguments, **options):
    command = TOOLS / name
    if not command.exists():
        raise unittest.SkipTest(f"{name} is not installed: ./qd api installs it")
    return subprocess.run([command, *map(str, arguments)], text=True, capture_output=True, **options)


class Page:
    """docs/reference/rest-addresses.md."""

    def __init__(self, spec):
        self.spec = spec

    def found(self, node):
        """What a reference points to."""
        while "$ref" in node:
            name = node["$ref"]
            node = self.spec
            for part in name.removeprefix("#/").split("/"):
                node = node[part]
        return node

    def type_of(self, schema):
        schema = self.found(schema)
        if "const" in schema:
            return str(schema["const"])
        if "enum" in schema:
            return ", ".join(map(str, schema["enum"]))
        if "oneOf" in schema:
            return " or ".join(map(self.type_of, schema["oneOf"]))
        if schema.get("type") == "array":
            return "list: " + self.type_of(schema["items"])
        words = {"integer": "whole number", "string": "text"}.get(schema.get("type"), schema.get("type", "text"))
        if "minimum" in schema:
            words += f" from {schema['minimum']}"
        if "maximum" in schema:
            words += f" to {schema['maximum']}"
        return words

    def section(self, address, operation):
        yield f"\n## {address}\n\n{operation['summary']}.\n"
        if "description" in operation:
            yield "\n" + " ".join(operation["description"].split()) + "\n"
        if operation.get("security") == []:
            yield "\nNeeds no key.\n"
        parameters = [self.found(one) for one in operation.get("parameters", [])]
        if parameters:
            yield "\n| parameter | values | meaning |\n|---|---|---|\n"
        for one in parameters:
            name = one["name"] if one["in"] == "query" else "{" + one["name"] + "}"
            default = self.found(one["schema"]).get("default")
            meaning = one.get("description", "") + (f"; {default} when it is not asked" if default else "")
            yield f"| `{name}` | {self.type_of(one['schema'])} | {meaning.lstrip('; ')} |\n"
        yield "\n| answer | as | |\n|---|---|---|\n"
        for code, answer in sorted(operation["responses"].items()):
            is_refusal = answer.get("$ref", "").endswith("/Problem")
            answer = self.found(answer)
            forms = ", ".join(f"`{form}`" for form in answer.get("content", {}))
            said = answer["description"].rstrip(".")
            if is_refusal:
                said = http.HTTPStatus(int(code)).phrase.lower() if code != "default" else "any other refusal"
            yield f"| {code} | {forms} | {said} |\n"

    def text(self):
        parts = ["# Addresses of the API\n\nWritten from [openapi.yaml](../../api-spec/openapi.yaml) by a test that "
                 "keeps it so. How to ask, by example: [rest.md](rest.md).\n"]
        for address, operations in self.spec["paths"].items():
            parts += self.section(address, operations["get"])
        return "".join(parts)


class Description(unittest.TestCase):
    def test_the_page_lists_every_address_with_its_parameters_and_answers(self):
        text = Page(yaml.safe_load(SPEC.read_text())).text()
        if os.environ.get("QUARTERDAY_ACCEPT"):
            PAGE.write_text(text)
        self.assertEqual(PAGE.read_text(), text, "run this test with QUARTERDAY_ACCEPT=1 and read the diff")

    def test_redocly_finds_it_valid(self):
        done = tool("redocly", "lint", SPEC)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_spectral_finds_no_error(self):
        with tempfile.TemporaryDirectory() as folder:
            rules = pathlib.Path(folder) / "rules.yaml"
            rules.write_text('extends: ["spectral:oas"]\n')
            done = tool("spectral", "lint", "--fail-severity=error", "-r", rules, SPEC)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_a_generated_client_compiles_and_knows_what_every_list_holds(self):
        with tempfile.TemporaryDirectory() as folder:
            client, use = pathlib.Path(folder) / "client.ts", pathlib.Path(folder) / "use.ts"
            made = tool("openapi-typescript", SPEC, "-o", client)
            self.assertEqual(made.returncode, 0, made.stderr)
            inside = [line for line in client.read_text().splitlines()
                      if "Record<string, never>" in line and not line.startswith("export type")]
            self.assertEqual(inside, [])
            # Each may be left out of a page by `fields` or `labels`; what is there has its type.
            use.write_text('import type { paths } from "./client";\n'
                           'type Page = paths["/api/v1/facts"]["get"]["responses"][200]["content"]["application/json"];\n'
                           "export const area = (page: Page): string | null | undefined => page.data[0].area;\n"
                           "export const n = (page: Page): number | null | undefined => page.data[0].n;\n")
            compiled = tool("tsc", "--noEmit", "--strict", client, use)
            self.assertEqual(compiled.returncode, 0, compiled.stdout)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server(unittest.TestCase):
    """Prism stands between the program and who asks, and says what of either is not as described."""

    QUESTIONS = [
        "/healthz/live", "/healthz/ready", "/openapi.yaml", "/metrics",
        "/api/v1/indicators", "/api/v1/indicators?family=involvement&code=INV1,INV2", "/api/v1/links",
        "/api/v1/links?code=INV1", "/api/v1/areas", "/api/v1/areas?kind=estate", "/api/v1/periods",
        "/api/v1/families", "/api/v1/runs", "/api/v1/runs?family=involvement", "/api/v1/returns", "/api/v1/jobs",
        f"/api/v1/facts?period={PERIOD}&limit=50", "/api/v1/facts?indicator=INV*&area_kind=landlord&latest=2",
        "/api/v1/facts?limit=7&order=-value",
        "/api/v1/facts?group_by=period&reading=quarter&indicator=INV2.T&area=DEMO-H4W",
        "/api/v1/facts?fields=area,value&limit=3", "/api/v1/facts?labels=codes&limit=3",
        "/api/v1/facts?changed_since=2020-01-01&limit=3",
        "/api/v1/facts?format=csv&limit=5", "/api/v1/indicators?format=csv",
        # refused, and as described
        "/api/v1/facts?indicator=INV9Z", "/api/v1/facts?area=NOWHERE", "/api/v1/facts/1",
        "/api/v1/facts?group_by=area&indicator=INV1.T",
    ]

    @classmethod
    def setUpClass(cls):
        if not (TOOLS / "prism").exists():
            raise unittest.SkipTest("prism is not installed: ./qd api installs it")
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="qd-description-"))
        cls.environment = {**os.environ, "QUARTERDAY_STATE": str(cls.folder / "state")}
        (cls.folder / "state").mkdir()
        for command in (["migrate"], ["demo", str(cls.folder / "files")], ["import", "all", str(cls.folder / "files")],
                        ["compute", "--period", PERIOD, "--family", "involvement"]):
            cls.run_program(*command)
        created = cls.run_program("key", "create", "description", "--audience", "executive")
        cls.key = re.search(r"qd_[\w-]+", created).group(0)
        cls.port, cls.between = free_port(), free_port()
        cls.server = subprocess.Popen([PROGRAM, "serve", "--no-scheduler", "--listen", f"127.0.0.1:{cls.port}"],
                                      env=cls.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        cls.server.stdout.readline()  # says that it serves
        cls.prism = subprocess.Popen([TOOLS / "prism", "proxy", SPEC, f"http://127.0.0.1:{cls.port}", "-p",
                                      str(cls.between)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                     start_new_session=True)
        for line in cls.prism.stdout:
            if "listening" in line:
                break

    @classmethod
    def tearDownClass(cls):
        os.killpg(cls.prism.pid, signal.SIGTERM)
        cls.server.terminate()
        for process in (cls.prism, cls.server):
            process.wait()
            process.stdout.close()
        shutil.rmtree(cls.folder)

    @classmethod
    def run_program(cls, *arguments):
        done = subprocess.run([PROGRAM, *arguments], env=cls.environment, text=True, capture_output=True)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout

    def answer(self, port, question):
        request = urllib.request.Request(f"http://127.0.0.1:{port}{question}",
                                         headers={"Authorization": f"Bearer {self.key}", "Accept": "*/*"})
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.headers, refused.read()

    def test_every_address_answers_as_it_is_described(self):
        asked = set()
        for question in self.QUESTIONS:
            with self.subTest(question):
                status, headers, body = self.answer(self.between, question)
                self.assertNotIn("sl-violations", headers, body[:500])
                self.assertEqual(status, self.answer(self.port, question)[0])
            asked.add(re.sub(r"/\d+", "/{id}", question.split("?")[0]))
        described = set(yaml.safe_load(SPEC.read_text())["paths"])
        # Figures and their rows are asked for by number below; a workbook is bytes.
        self.assertEqual(described - asked, {"/api/v1/facts/{id}/explain",
                                             "/api/v1/returns/{schedule}/{period}/{revision}/workbook"})

    def test_a_figure_and_what_is_behind_it_are_as_described(self):
        _, _, body = self.answer(self.port, f"/api/v1/facts?period={PERIOD}&limit=1")
        number = json.loads(body)["data"][0]["id"]
        for question in (f"/api/v1/facts/{number}", f"/api/v1/facts/{number}/explain"):
            status, headers, body = self.answer(self.between, question)
            self.assertNotIn("sl-violations", headers, body[:500])
            self.assertEqual(status, 200)

    def test_prism_notices(self):
        """So that silence means something: what is not described is said."""
        status, headers, _ = self.answer(self.between, "/api/v1/facts?labels=nonsense")
        self.assertTrue(status == 422 or "sl-violations" in headers, (status, headers.items()))


if __name__ == "__main__":
    unittest.main(verbosity=2)
