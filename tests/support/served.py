"""`serve` of a house, as a service manager has it."""
import pathlib
import re
import signal
import socket
import subprocess
import time


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class Served:
    """Started as a service manager starts it: it is told when it is ready."""

    def __init__(self, house, *arguments, patience=None):
        self.manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.manager.bind(str(house.folder / "notify"))
        self.manager.settimeout(30)
        house.environment["NOTIFY_SOCKET"] = str(house.folder / "notify")
        if patience:
            house.environment["WATCHDOG_USEC"] = str(int(patience * 1_000_000))
        self.log = open(house.folder / "log", "w")
        self.process = house.start("serve", "--no-scheduler", *arguments, stdout=subprocess.PIPE, stderr=self.log)

    def told(self):
        return self.manager.recv(4096).decode()

    def port(self):
        line = self.process.stdout.readline()
        return int(re.search(r":(\d+)$", line.strip()).group(1))

    def says(self, pattern):
        """Whether a line of its log has it, within half a minute: a line is written once its answer is over."""
        end = time.monotonic() + 30
        while not (found := re.search(pattern, pathlib.Path(self.log.name).read_text())) and time.monotonic() < end:
            try:
                self.process.wait(timeout=0.02)
            except subprocess.TimeoutExpired:
                pass
        return found is not None

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=30)
        self.process.stdout.close()
        self.log.close()
        return code

    def close(self):
        if self.process.poll() is None:
            self.end()
        self.manager.close()
