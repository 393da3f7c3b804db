#!/usr/bin/env python3
"""Voids and lettings counted a second time: from the same CSV files, with exact fractions and nothing of
Quarterday's, for every area, period and reading. Every figure must be the same to the last digit, and
there must be no other."""
import csv
import datetime
import os
import pathlib
import random
import shutil
import subprocess
import sys
from fractions import Fraction

PROGRAM, LIBRARY, PLACE = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
SEEDS = [20240401, 7, 271828]
DAY = datetime.timedelta(days=1)
ID = "voids_and_lettings"

# code: parent
AREAS = {"L1": None, "R1": "L1", "R2": "L1", "N1": "R1", "N2": "R1", "N3": "R2",
         "E1": "N1", "E2": "N1", "E3": "N2", "E4": "N3", "E5": "N3", "E6": "N3"}
KINDS = {None: "landlord", "L1": "region", "R1": "neighbourhood", "R2": "neighbourhood"}
ESTATES = [code for code in AREAS if code.startswith("E")] + ["N2"]  # some records know no estate


def day(year, month, number):
    return datetime.date(year, month, number)


WINDOWS = {}  # (period, reading): first day, day after the last
for number, month in enumerate([4, 7, 10, 1], 1):
    first = day(2024 if month > 3 else 2025, month, 1)
    until = day(first.year + month // 10, month % 12 + 3 if month < 10 else 1, 1)
    WINDOWS[f"FY2024-25-Q{number}", "quarter"] = (first, until)
    WINDOWS[f"FY2024-25-Q{number}", "ytd"] = (day(2024, 4, 1), until)
WINDOWS["FY2024-25", "year"] = (day(2024, 4, 1), day(2025, 4, 1))


def write(name, heading, rows):
    with open(name, "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([heading.split(",")] + rows)


def pounds(pence):
    return f"{pence // 100}.{pence % 100:02}"


def generate(folder, seed):
    dice = random.Random(seed)
    some_day = lambda: day(2024, 1, 1) + dice.randrange(500) * DAY
    write(folder / "areas.csv", "code,name,kind,parent,valid_from",
          [[code, code, KINDS.get(parent, "estate"), parent or "", "2000-01-01"]
           for code, parent in AREAS.items()])
    voids, offers, rent = [], [], []
    for number in range(dice.randrange(200, 500)):
        ended = some_day()
        let = ended + dice.choice([-3, 0, 1, 1, 2, 10, 30, 45, 61, 92, 200, 365]) * DAY
        voids.append([f"V{number}", dice.choice(ESTATES), ended, "" if dice.random() < .2 else let,
                      dice.choice(["STANDARD"] * 6 + ["MAJOR_WORKS", "FIRST_LET", "EXCHANGE", "SUCCESSION"]),
                      dice.choice(["general", "general", "supported"])])
        for turn in range(1, dice.randrange(1, 5)):
            offers.append([f"O{number}-{turn}", f"V{number}", f"H{dice.randrange(150)}", turn, some_day(),
                           dice.choice(["ACCEPTED", "REFUSED", "REFUSED", "WITHDRAWN", ""])])
    for area in ESTATES:
        for month in range(1, 19):
            due = dice.choice([0, dice.randrange(1, 9_999_999)])
            amounts = [pounds(due), pounds(dice.randrange(due + 1))]
            if dice.random() < .1:
                amounts[dice.randrange(2)] = ""
            rent.append([area, day(2024 + (month - 1) // 12, (month - 1) % 12 + 1, 1)] + amounts)
    for rows in (voids, offers, rent):
        dice.shuffle(rows)
    write(folder / f"{ID}_voids.csv", "reference,area,ended_on,let_on,kind,need", voids)
    write(folder / f"{ID}_offers.csv", "reference,void,household,turn,offered_on,outcome", offers)
    write(folder / f"{ID}_rent.csv", "area,month,due,lost", rent)


def read(folder, table):
    with open(folder / f"{ID}_{table}.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def within(area):
    """The area and all below it."""
    return {area}.union(*(within(child) for child, parent in AREAS.items() if parent == area))


def median(values):
    values = sorted(values)
    middle = len(values) // 2
    return Fraction(values[middle] if len(values) % 2 else values[middle - 1] + values[middle],
                    1 if len(values) % 2 else 2)


def date(text):
    return datetime.date.fromisoformat(text)


def figures(voids, offers, rent, areas, first, until):
    """(indicator, breakdown): numerator, denominator, factor, decimals, n."""
    found = {}
    last = until - DAY
    area_of = {void["reference"]: void["area"] for void in voids}
    sound = [void for void in voids if void["area"] in areas
             and (not void["let_on"] or date(void["let_on"]) > date(void["ended_on"]))]
    for need in ["", "general", "supported"]:
        days = [(date(void["let_on"]) - date(void["ended_on"])).days - 1 for void in sound
                if void["kind"] == "STANDARD" and void["let_on"] and need in ["", void["need"]]
                and first <= date(void["let_on"]) < until]
        if days:
            whom = need and f"need={need}"
            found["relet_days", whom] = (sum(days), len(days), 1, 1, len(days))
            found["relet_days_median", whom] = (median(days), 1, 1, 1, len(days))
    begun = [void for void in sound if date(void["ended_on"]) < last]
    if begun:
        empty = [void for void in begun if not void["let_on"] or date(void["let_on"]) > last]
        found["vacant", ""] = (len(empty), None, 1, 0, None)
    made = [offer for offer in offers if area_of[offer["void"]] in areas
            and first <= date(offer["offered_on"]) < until]
    if made:
        found["households", ""] = (len({offer["household"] for offer in made}), None, 1, 0, None)
    answers = [offer["outcome"] for offer in made
               if offer["turn"] == "1" and offer["outcome"] in ("ACCEPTED", "REFUSED")]
    if answers:
        found["refused_first", ""] = (answers.count("REFUSED"), len(answers), 100, 1, len(answers))
    months = [month for month in rent if month["area"] in areas and month["due"] and month["lost"]
              and first <= date(month["month"]) < until]
    if months:
        found["rent_lost", ""] = (sum(int(Fraction(month["lost"]) * 100) for month in months),
                                  sum(int(Fraction(month["due"]) * 100) for month in months), 100, 2, None)
    return found


def rounded(value, decimals):
    """Half up, away from zero; of a figure that is never below 0."""
    units = int(value * 10 ** decimals + Fraction(1, 2))
    whole, rest = divmod(units, 10 ** decimals)
    return f"{whole}.{rest:0{decimals}}" if decimals else str(whole)


def expected(folder):
    """By indicator, area, period, reading and breakdown; a figure is told as it is printed."""
    voids, offers, rent = (read(folder, table) for table in ("voids", "offers", "rent"))
    wanted = {}
    for (period, reading), (first, until) in WINDOWS.items():
        for area in AREAS:
            for (name, breakdown), figure in figures(voids, offers, rent, within(area), first, until).items():
                wanted[f"{ID}.{name}", area, period, reading, breakdown] = printed(*figure)
    return wanted


def printed(numerator, denominator, factor, decimals, n):
    if denominator == 0:
        return None, "", n
    value = Fraction(numerator) * factor / (denominator or 1)
    return Fraction(rounded(value, 10)), rounded(value, decimals), n


def quarterday(folder, *arguments):
    surroundings = dict(os.environ, QUARTERDAY_STATE=str(folder), QUARTERDAY_FAMILIES=str(LIBRARY.parent))
    surroundings.pop("QUARTERDAY_DATABASE", None)
    done = subprocess.run([PROGRAM, *map(str, arguments)], cwd=folder, env=surroundings, text=True,
                          capture_output=True)
    if done.returncode:
        sys.exit(f"{arguments} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def given(folder):
    quarterday(folder, "migrate")
    for table in ["areas", f"{ID}_voids", f"{ID}_offers", f"{ID}_rent"]:
        quarterday(folder, "import", table, folder / f"{table}.csv")
    for period in sorted({period for period, reading in WINDOWS}):
        quarterday(folder, "compute", "--period", period, "--family", ID)
    facts = csv.DictReader(quarterday(folder, "facts", "--family", ID, "--format", "csv").splitlines())
    found = {}
    for fact in facts:
        n = fact["n"] and int(fact["n"])
        key = tuple(fact[name] for name in ["indicator", "area", "period", "reading", "breakdown"])
        if key in found:
            sys.exit(f"there are two figures of {key}")
        sums_hold(fact)
        found[key] = (Fraction(fact["value"]) if fact["value"] else None, fact["display"], n)
    return found


def sums_hold(fact):
    """What is shown is made of what is said to be below and above the line."""
    if not fact["value"]:
        return
    factor = 100 if fact["unit"] == "%" else 1
    value = Fraction(fact["numerator"]) * factor / Fraction(fact["denominator"] or 1)
    if Fraction(rounded(value, 10)) != Fraction(fact["value"]):
        sys.exit(f"{fact} does not add up")


def compare(seed):
    folder = PLACE / str(seed)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    generate(folder, seed)
    wanted, found = expected(folder), given(folder)
    for key in sorted(set(wanted) | set(found)):
        one, other = wanted.get(key), found.get(key)
        if one is None or other is None:
            sys.exit(f"seed {seed}: {key}: counted {one}, given {other}")
        n_differs = one[2] is not None and one[2] != other[2]
        if one[0] != other[0] or n_differs or (one[0] is not None and one[1] != other[1]):
            sys.exit(f"seed {seed}: {key}: counted {one}, given {other}")
    return len(wanted)


print(f"{sum(compare(seed) for seed in SEEDS)} figures, all the same")
