"""Three Galera nodes, a server on each, and one node killed while a file is loaded, a period computed or a return
made: nothing is lost and nothing is there twice, and the node that comes back says what the others say.

    galera_nodes.py --quarterday FILE --families DIR [--rounds N] [--seed S]

Commands go to a node drawn at random, which may be the one that is killed: then the command may fail, and is given
again to another.
"""
import argparse
import pathlib
import random
import subprocess
import sys
import time

from crash_rounds import ReturningHouse, Rounds, Wrong, expect
from house import House
from rival_servers import Rivals

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from galera import Galera, NoGalera  # noqa: E402

TABLES = ("persons", "events", "participations", "runs", "facts", "return_runs", "workbooks", "deliveries", "audit_entries")


class NodeRounds(Rounds):
    """What kills the command elsewhere, kills a node of its database here."""

    def __init__(self, rivals, galera, twin, generator):
        self.rivals, self.galera, self.down = rivals, galera, None
        super().__init__(rivals.house, twin, generator)

    def use(self, number):
        self.galera.used = number
        self.house.environment["QUARTERDAY_DATABASE"] = self.galera.url_of(number, self.house.name)

    def kill_a_node(self, seconds, process=None):
        try:
            (process or self.rivals.servers[0]).wait(timeout=self.random.uniform(0, seconds * 1.1))
        except subprocess.TimeoutExpired:
            pass
        self.down = self.random.randrange(len(self.galera.nodes))
        self.galera.kill(self.down)

    def start_and_kill(self, what, seconds, *command):
        self.use(self.random.randrange(len(self.galera.nodes)))
        process = self.house.start(*command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.kill_a_node(seconds, process)
        self.killed[what] += process.poll() is None
        process.wait()
        self.galera.wait_for_majority()
        self.use(self.galera.used)

    def returning(self, number):
        self.rivals.owe_again()
        begun = time.monotonic()
        self.kill_a_node(self.return_seconds)
        self.killed["return"] += 1
        self.galera.wait_for_majority()
        self.use(self.galera.used)
        self.rivals.wait_until_delivered()
        self.return_seconds = min(time.monotonic() - begun, 3)
        self.rivals.check(undisturbed=False)

    def run(self, number):
        super().run(number)
        self.galera.rejoin(self.down)
        self.check_nodes_agree()
        self.rivals.check_all_go_on()

    def check_nodes_agree(self):
        """What was written on one is waited for on the others before they answer."""
        asked = "SET SESSION wsrep_sync_wait = 7; CHECKSUM TABLE " + ", ".join(TABLES)
        said = []
        for number in range(len(self.galera.nodes)):
            self.galera.used = number
            said.append(self.galera.client(asked, self.house.name))
        expect(len(set(said)) == 1, "the nodes differ:\n" + "\n".join(said))


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--quarterday", type=pathlib.Path, required=True)
    arguments.add_argument("--families", type=pathlib.Path, required=True)
    arguments.add_argument("--rounds", type=int, default=50)
    arguments.add_argument("--seed", type=int, default=random.randrange(10**6))
    options = arguments.parse_args()
    print(f"seed {options.seed}", flush=True)
    try:
        galera = Galera()
    except NoGalera as missing:
        sys.exit(f"not run: {missing}")
    generator = random.Random(options.seed)
    rivals = Rivals(options, galera, len(galera.nodes), generator, galera.url_of)
    twin = House(options.quarterday, options.families, "sqlite")
    try:
        twin.load_demo()
        rounds = NodeRounds(rivals, galera, twin, generator)
        for number in range(options.rounds):
            rounds.run(number)
        print(f"{options.rounds} rounds, a node killed while it went on: {rounds.killed}; nothing lost, nothing twice,"
              " and all nodes the same", flush=True)
    except Wrong as wrong:
        sys.exit(f"seed {options.seed}, round {number}: {wrong}")
    finally:
        rivals.close()
        twin.close()
        galera.close()


if __name__ == "__main__":
    main()
