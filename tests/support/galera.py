"""A Galera cluster of three nodes on this machine: loopback, private folders, ended by their own processes, and
configured by the file that is shipped but for names, addresses and ports.

It needs the packages mariadb-server, galera-4 and rsync. As root the nodes run as the user mysql: state is handed
over by rsync, which root may not do here.
"""
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time
from urllib.parse import urlsplit

from house import MariaDb

PROVIDER = pathlib.Path("/usr/lib/galera/libgalera_smm.so")
SHIPPED = pathlib.Path(__file__).resolve().parents[2] / "deploy/mariadb/galera.cnf"
os.environ["PATH"] += ":/usr/sbin"
LONGEST_START = 120  # seconds


class NoGalera(Exception):
    """What is missing on this machine."""


def free_ports(n):
    taken = [socket.socket() for _ in range(n)]
    for one in taken:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in taken]
    for one in taken:
        one.close()
    return ports


class Node:
    def __init__(self, folder, number):
        self.folder, self.number, self.process = folder, number, None
        self.port, self.between, self.hand_over, self.catch_up = free_ports(4)
        self.user = ["--user=mysql"] if os.geteuid() == 0 else []
        for part in ("data", "tmp"):
            (folder / part).mkdir(parents=True)
        if self.user:
            for path in (folder, folder / "data", folder / "tmp"):
                shutil.chown(path, "mysql", "mysql")

    def install(self):
        subprocess.run(["mariadb-install-db", "--no-defaults", *self.user, f"--datadir={self.folder}/data", "--force",
                        "--skip-test-db", "--auth-root-authentication-method=normal"], check=True, capture_output=True,
                       env={**os.environ, "TMPDIR": str(self.folder / "tmp")})

    def configuration(self, cluster):
        text = SHIPPED.read_text()
        for shipped, here in {
                "gcomm://db1.example.org,db2.example.org,db3.example.org": f"gcomm://{cluster}",
                "wsrep_node_name = db1": f"wsrep_node_name = node{self.number}",
                "wsrep_node_address = db1.example.org": f"wsrep_node_address = 127.0.0.1:{self.between}\n"
                f"wsrep_sst_receive_address = 127.0.0.1:{self.hand_over}",
                '"gcache.size': f'"base_host=127.0.0.1;base_port={self.between};'
                f'gmcast.listen_addr=tcp://127.0.0.1:{self.between};ist.recv_addr=127.0.0.1:{self.catch_up};gcache.size',
        }.items():
            if shipped not in text:
                raise AssertionError(f"{SHIPPED.name} does not say {shipped}")
            text = text.replace(shipped, here)
        file = self.folder / "galera.cnf"
        file.write_text(text)
        return file

    def start(self, others, first=False):
        cluster = "" if first else ",".join(f"127.0.0.1:{node.between}" for node in others)
        self.log = open(self.folder / "log", "a")
        self.process = subprocess.Popen(
            ["mariadbd", f"--defaults-file={self.configuration(cluster)}", *self.user, f"--datadir={self.folder}/data", f"--socket={self.folder}/s",
             f"--tmpdir={self.folder}/tmp", f"--pid-file={self.folder}/pid", "--bind-address=127.0.0.1", f"--port={self.port}",
             "--skip-name-resolve", "--max-connections=200", "--innodb-buffer-pool-size=256M",
             "--innodb-flush-log-at-trx-commit=0"],
            stdout=subprocess.DEVNULL, stderr=self.log, env={**os.environ, "TMPDIR": str(self.folder / "tmp")})
        self.wait_until_in_step(1 if first else sum(node.is_running() for node in others))

    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def ask_here(self, sql):
        return subprocess.run(["mariadb", "--no-defaults", f"--socket={self.folder}/s", "-uroot", "--batch",
                               "--skip-column-names", "-e", sql], text=True, capture_output=True)

    def in_step(self, n_nodes):
        said = dict(line.split("\t") for line in self.ask_here(
            "SHOW STATUS WHERE Variable_name IN ('wsrep_local_state_comment', 'wsrep_cluster_size', 'wsrep_ready')"
        ).stdout.splitlines())
        return (said.get("wsrep_local_state_comment") == "Synced" and said.get("wsrep_ready") == "ON"
                and int(said["wsrep_cluster_size"]) == n_nodes
                and self.ask_here("SHOW STATUS LIKE 'wsrep_cluster_status'").stdout.endswith("\tPrimary\n"))

    def wait_until_in_step(self, n_nodes):
        """With so many, itself among them, and no other: for some seconds one that was killed is not missed."""
        end = time.monotonic() + LONGEST_START
        while not self.in_step(n_nodes):
            if time.monotonic() > end:
                raise RuntimeError(f"node {self.number} is not in step with the others: {self.folder}/log")
            try:
                raise RuntimeError(f"node {self.number} ended with {self.process.wait(timeout=0.1)}: {self.folder}/log")
            except subprocess.TimeoutExpired:
                pass

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.log.close()

    def stop(self):
        if self.is_running():
            self.process.terminate()
            self.process.wait(timeout=120)
            self.log.close()


class Galera(MariaDb):
    """Where MariaDb asks one server, it asks the node that is used now."""

    def __init__(self, n_nodes=3):
        missing = [name for name in ("mariadbd", "rsync", "wsrep_sst_rsync") if not shutil.which(name)]
        if missing or not PROVIDER.exists():
            raise NoGalera("three nodes need the packages mariadb-server, galera-4 and rsync")
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="quarterday-galera-"))
        self.folder.chmod(0o755)
        self.nodes = [Node(self.folder / str(number), number) for number in range(n_nodes)]
        self.used = 0
        try:
            self.nodes[0].install()
            for number, node in enumerate(self.nodes):
                node.start(self.nodes, first=number == 0)
        except BaseException:
            self.close(keep=True)
            raise
        made = self.nodes[0].ask_here("CREATE USER quarterday@127.0.0.1 IDENTIFIED BY 'tests';"
                                      "GRANT ALL ON *.* TO quarterday@127.0.0.1 WITH GRANT OPTION")
        if made.returncode:
            raise RuntimeError(made.stderr)

    @property
    def server(self):
        return urlsplit(f"mysql://quarterday:tests@127.0.0.1:{self.nodes[self.used].port}/")

    def url_of(self, number, name):
        return f"mysql://quarterday:tests@127.0.0.1:{self.nodes[number].port}/{name}"

    def kill(self, number):
        """What is asked from now on is asked of another node."""
        self.nodes[number].kill()
        if self.used == number:
            self.used = (number + 1) % len(self.nodes)

    def wait_for_majority(self):
        """Those that are left answer only once they agree that one is gone, some seconds later."""
        left = [node for node in self.nodes if node.is_running()]
        for node in left:
            node.wait_until_in_step(len(left))

    def rejoin(self, number):
        self.nodes[number].start(self.nodes)
        for node in self.nodes:
            node.wait_until_in_step(len(self.nodes))

    def close(self, keep=False):
        for node in reversed(self.nodes):
            node.stop()
        if not keep:
            shutil.rmtree(self.folder, ignore_errors=True)
