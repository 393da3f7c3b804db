"""What every benchmark needs: contestants in turn, and what their times say."""
import os
import socket
import statistics
import subprocess
import sys


def run(command, **options):
    return subprocess.run(command, check=True, text=True, capture_output=True, **options).stdout


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def parse(output):
    seconds, *answer = output.split()
    return float(seconds), [int(float(figure)) for figure in answer]


def report(title, times, ours, rivals, scale=1):
    """Times in seconds are shown multiplied by the scale."""
    print(f"\n{title}")
    for name, seconds in times.items():
        shown = [scale * second for second in seconds]
        print(f"  {name:<34} median {statistics.median(shown):8.3f}   "
              f"({min(shown):.3f} to {max(shown):.3f})")
    for mine in ours:
        for rival in rivals:
            ratios = [b / a for a, b in zip(times[mine], times[rival])]
            print(f"  {rival} / {mine}: {statistics.median(ratios):.2f} times "
                  f"(spread {min(ratios):.2f} to {max(ratios):.2f})")


def rounds(n, contestants):
    """Seconds by contestant; ends when they do not all answer the same."""
    times = {name: [] for name in contestants}
    answers = {}
    for i in range(n):
        for name, ask in contestants.items():
            seconds, answers[name] = parse(ask())
            times[name].append(seconds)
            print(f"  round {i + 1} {name}: {seconds:.3g} s", file=sys.stderr)
    if len({tuple(answer) for answer in answers.values()}) > 1:
        sys.exit(f"the contestants disagree: {answers}")
    return times, answers.popitem()[1]


class Server:
    def __init__(self, command, port, environment=None, cwd=None):
        self.port = port
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        env={**os.environ, **(environment or {})}, cwd=cwd)
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                return
            except OSError:
                if self.process.poll() is not None:
                    sys.exit(f"{command[0]} stopped at once")

    def stop(self):
        self.process.terminate()
        self.process.wait()
