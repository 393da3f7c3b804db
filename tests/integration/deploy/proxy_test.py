#!/usr/bin/env python3
"""Behind each proxy that is shipped, with TLS: the same figures, and nobody believed who says more than it is."""
import http.client
import os
import pathlib
import shutil
import socket
import ssl
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "support"))
from house import House, options  # noqa: E402
from served import Served, free_port  # noqa: E402

OPTIONS, UNITTEST_ARGUMENTS = options("--deploy")
PERIOD = "FY2026-27-Q1"
NAME = "figures.example.org"  # in the sites that are shipped
os.environ["PATH"] += ":/usr/sbin"


class Proxy:
    """One that runs, with the site that is shipped but for its ports and its certificate."""

    def __init__(self, folder, inside):
        self.folder, self.port, self.plain = folder, free_port(), free_port()
        folder.mkdir()
        self.make_certificate()
        self.process = subprocess.Popen(self.command(inside), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        env={**os.environ, "HOME": str(folder)})
        for port in (self.port, self.plain):
            self.wait_until_it_listens(port)

    def make_certificate(self):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                        "-days", "2", "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}",
                        "-keyout", self.folder / "key.pem", "-out", self.folder / "certificate.pem"],
                       check=True, capture_output=True)

    def site(self, file, changes):
        site = (OPTIONS.deploy / "proxy" / file).read_text()
        for shipped, here in changes.items():
            if shipped not in site:
                raise AssertionError(f"{file} does not say {shipped}")
            site = site.replace(shipped, here)
        (self.folder / file).write_text(site)

    def wait_until_it_listens(self, port):
        for _ in range(3000):
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=1):
                    return
            except ConnectionRefusedError:
                try:
                    raise AssertionError(f"it stopped with {self.process.wait(timeout=0.01)}")
                except subprocess.TimeoutExpired:
                    pass
        raise AssertionError("it does not listen")

    def close(self):
        self.process.terminate()
        self.process.wait(timeout=30)


class Nginx(Proxy):
    program = "nginx"

    def command(self, inside):
        self.site("nginx.conf", {
            "127.0.0.1:8080": f"127.0.0.1:{inside}",
            f"/etc/ssl/certs/{NAME}.pem": f"{self.folder}/certificate.pem",
            f"/etc/ssl/private/{NAME}.key": f"{self.folder}/key.pem",
            "listen 80;": f"listen 127.0.0.1:{self.plain};", "listen [::]:80;": "",
            "listen 443 ssl http2;": f"listen 127.0.0.1:{self.port} ssl http2;", "listen [::]:443 ssl http2;": ""})
        temporary = "\n".join(f"{name}_temp_path {self.folder}/{name};"
                              for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        (self.folder / "main.conf").write_text(
            f"daemon off; pid {self.folder}/pid; error_log {self.folder}/error.log;\nevents {{}}\n"
            f"http {{ access_log off; {temporary} include {self.folder}/nginx.conf; }}\n")
        command = ["nginx", "-p", self.folder, "-e", self.folder / "error.log", "-c", self.folder / "main.conf"]
        subprocess.run([*command, "-t"], check=True, capture_output=True)
        return command


class Caddy(Proxy):
    program = "caddy"

    def command(self, inside):
        self.site("Caddyfile", {
            "{\n\tservers {": f"{{\n\tadmin off\n\tauto_https disable_certs\n\thttp_port {self.plain}\n\thttps_port {self.port}\n"
                              f"\tdefault_bind 127.0.0.1\n\tstorage file_system {self.folder}\n\tservers {{",
            f"\n{NAME} {{": f"\n{NAME} {{\n\ttls {self.folder}/certificate.pem {self.folder}/key.pem",
            "127.0.0.1:8080": f"127.0.0.1:{inside}"})
        return ["caddy", "run", "--adapter", "caddyfile", "--config", self.folder / "Caddyfile"]


class ByName(http.client.HTTPSConnection):
    """To this machine, asking for the site by its name."""

    def __init__(self, port, certificate):
        self.trusted = ssl.create_default_context(cafile=certificate)
        super().__init__(NAME, port, timeout=30, context=self.trusted)

    def connect(self):
        there = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        self.sock = self.trusted.wrap_socket(there, server_hostname=NAME)


class Behind:
    """What holds behind each of them."""

    proxy = None

    @classmethod
    def setUpClass(cls):
        if not shutil.which(cls.proxy.program):
            raise unittest.SkipTest(f"{cls.proxy.program} is not installed: its site was not tried")
        cls.house = House(OPTIONS.quarterday, OPTIONS.families, "sqlite", settings='[http]\nproxies = "127.0.0.1;::1"\n')
        cls.addClassCleanup(cls.house.close)
        cls.house.load_demo()
        cls.house.run("compute", "--period", PERIOD)
        cls.key = cls.house.run("key", "create", "reader", "--audience", "board").split()[0]
        served = Served(cls.house, "--listen", "127.0.0.1:0")
        cls.addClassCleanup(served.close)
        served.told()
        cls.running = cls.proxy(cls.house.folder / "proxy", served.port())
        cls.addClassCleanup(cls.running.close)

    def get(self, path, **headers):
        connection = ByName(self.running.port, self.running.folder / "certificate.pem")
        connection.request("GET", path, headers={"Host": NAME, **headers})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body

    def test_figures_come_over_tls_with_links_that_lead_back_there(self):
        answer, body = self.get(f"/api/v1/facts?period={PERIOD}&limit=5", Authorization=f"Bearer {self.key}")
        self.assertEqual(answer.status, 200, body)
        self.assertRegex(answer.headers["Link"], r"<https://figures\.example\.org/api/v1/facts\?")
        self.assertIn("max-age=", answer.headers["Strict-Transport-Security"])
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        self.assertEqual(answer.headers["Content-Security-Policy"], "default-src 'none'; frame-ancestors 'none'")
        self.assertEqual(answer.headers["Referrer-Policy"], "no-referrer")
        whole, body = self.get("/api/v1/facts?limit=all&format=csv", Authorization=f"Bearer {self.key}")
        self.assertEqual(whole.status, 200)
        self.assertGreater(body.count(b"\n"), 500)

    def test_what_a_client_says_of_itself_is_not_believed(self):
        answer, body = self.get(f"/api/v1/facts?period={PERIOD}&limit=5", Authorization=f"Bearer {self.key}",
                                **{"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Host": "evil.example.com",
                                   "X-Forwarded-Proto": "gopher", "Forwarded": "for=203.0.113.9;host=evil.example.com"})
        self.assertEqual(answer.status, 200, body)
        self.assertNotIn("evil", answer.headers["Link"])
        log = (self.house.folder / "log").read_text()
        self.assertNotIn("203.0.113.9", log)

    def test_nobody_is_served_in_the_clear_nor_sent_on(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.running.plain, timeout=30)
        connection.request("GET", "/api/v1/facts?limit=1", headers={"Host": NAME})
        answer = connection.getresponse()
        self.assertEqual(answer.status, 403)
        self.assertIn(b"Only over https", answer.read())
        connection.close()

    def test_without_a_key_nobody_reads(self):
        self.assertEqual(self.get("/api/v1/facts")[0].status, 401)

    def test_more_than_the_program_takes_is_refused(self):
        connection = ByName(self.running.port, self.running.folder / "certificate.pem")
        connection.request("POST", "/api/v1/facts", body=b"x" * (64 * 1024 + 1), headers={"Host": NAME})
        self.assertEqual(connection.getresponse().status, 413)
        connection.close()


class BehindNginx(Behind, unittest.TestCase):
    proxy = Nginx


class BehindCaddy(Behind, unittest.TestCase):
    proxy = Caddy


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *UNITTEST_ARGUMENTS], verbosity=2)
