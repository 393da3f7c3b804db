"""What the facts say, worked out without any of our code: reference.py FOLDER.

FOLDER has runs.csv, facts.csv and questions.jsonl, each question with the answer that is to be checked. Ends
with 1 at the first answer that is another one.
"""
import csv
import json
import pathlib
import sys

import numpy

PLACE = ("indicator", "version", "area", "period", "reading", "breakdown")
VALUE = ("numerator", "denominator", "n", "population", "null_reason", "flags")
LAST = 1 << 62


def place_of(fact):
    return (fact["indicator"].encode(), int(fact["version"]), fact["area"].encode(), fact["period"].encode(),
            int(fact["reading"]), fact["breakdown"].encode())


class Facts:
    """All facts in the order they are read in, with a column of numbers for each thing that is asked for."""

    def __init__(self, folder):
        with open(folder / "runs.csv", newline="") as file:
            self.runs = [{key: value if key in ("family", "period") else int(value) for key, value in row.items()}
                         for row in csv.DictReader(file)]
        with open(folder / "facts.csv", newline="") as file:
            self.all = sorted(csv.DictReader(file), key=lambda fact: (*place_of(fact), int(fact["run"])))
        self.keys = [(*place_of(fact), int(fact["run"])) for fact in self.all]
        families = {run["run"]: run["family"] for run in self.runs}
        self.columns = {}
        for name in ("indicator", "area", "period", "reading", "breakdown", "run"):
            self.columns[name] = self.coded([fact[name] for fact in self.all])
        self.columns["family"] = self.coded([families[int(fact["run"])] for fact in self.all])

    @staticmethod
    def coded(texts):
        known = {text: number for number, text in enumerate(sorted(set(texts)))}
        return known, numpy.array([known[text] for text in texts], dtype=numpy.int32)

    def where(self, name, wanted):
        known, codes = self.columns[name]
        chosen = numpy.zeros(len(known) + 1, dtype=bool)
        chosen[[known[text] for text in known if wanted(text)]] = True
        return chosen[codes]

    def current(self, as_of):
        """Of each family and period the run that knew most, among those that had finished by then."""
        best = {}
        for run in self.runs:
            if as_of is None or run["finished"] <= as_of:
                at = (run["family"], run["period"])
                best[at] = max(best.get(at, (-1, -1)), (run["knew"], run["run"]))
        return {str(run) for _, run in best.values()}

    def chosen(self, question, as_of):
        current = self.current(as_of)
        mask = self.where("run", lambda run: run in current)
        for name, many in (("indicator", "indicators"), ("area", "areas"), ("period", "periods"), ("family", "families"),
                           ("reading", "readings")):
            wanted = {str(one) for one in question[many]}
            if wanted:
                mask &= self.where(name, lambda text: text in wanted)
        if question["breakdown"] is not None:
            mask &= self.where("breakdown", lambda text: text == question["breakdown"])
        if question["prefix"] is not None:
            mask &= self.where("breakdown", lambda text: text.startswith(question["prefix"]))
        return numpy.flatnonzero(mask)

    def answer(self, question):
        rows = self.chosen(question, question["as_of"])
        if question["after"]:
            *place, run = question["after"]
            after = (*place_of(dict(zip(PLACE, place))), run if run > 0 else LAST)
            rows = [row for row in rows if self.keys[row] > after]
        return [int(self.all[row]["id"]) for row in rows[:question["limit"]]]

    def changes(self, question):
        """New, changed and withdrawn figures, in their order."""
        def by_place(as_of):
            return {self.keys[row][:-1]: self.all[row] for row in self.chosen(question, as_of)}
        then, now = by_place(question["since"]), by_place(question["as_of"])
        found = []
        for place in sorted(then.keys() | now.keys()):
            if place not in now:
                found.append(["withdrawn", int(then[place]["id"])])
            elif place not in then:
                found.append(["new", int(now[place]["id"])])
            elif any(then[place][part] != now[place][part] for part in VALUE):
                found.append(["changed", int(now[place]["id"])])
        return found[:question["limit"]]


def main(folder):
    facts = Facts(folder)
    n_answers = n_changes = n_withdrawn = 0
    with open(folder / "questions.jsonl") as file:
        for line in file:
            question = json.loads(line)
            kind, expected = (("changes", facts.changes(question)) if "since" in question
                              else ("answer", facts.answer(question)))
            if question[kind] != expected:
                sys.exit(f"{line[:1000]}\nshould be {expected[:20]} …")
            n_answers += kind == "answer"
            n_changes += kind == "changes"
            n_withdrawn += sum(one[0] == "withdrawn" for one in expected if kind == "changes")
    if not n_withdrawn:
        sys.exit("nothing was withdrawn: the questions try too little")
    print(f"{len(facts.all)} facts, {n_answers} answers and {n_changes} lists of changes, {n_withdrawn} withdrawn: as they should be")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
