#!/usr/bin/env python3
"""Check a published table by its files alone. It needs Python 3.9 or newer and nothing else.

    python3 verify.py FOLDER

FOLDER holds `certificate.json` and the CSV files that it names. The certificate gives, of the cells that are hidden,
possible tables: each agrees with everything that is published. Two that differ in a cell by the width of the rule show
that nobody who knows only what is published can place the number in a narrower range. This script checks

1. that the files are those of which the certificate speaks (SHA-256);
2. that no number above nought and below the least is told;
3. that the totals that are told are the sums of their parts;
4. that each possible table agrees with the files: every line adds up, no hidden number is below nought;
5. that for each hidden cell two of them lie as far apart as the rule asks.
"""

# ruff: noqa: B905, T201
import csv
import hashlib
import itertools
import json
import pathlib
import sys

NEARLY = 1e-3


def check(folder):
    """What is wrong, as a list of sentences, and how many cells are told and hidden."""
    certificate = json.loads((folder / "certificate.json").read_text(encoding="utf-8"))
    wrong, known, lines = [], {}, []
    for file in certificate["files"]:
        content = (folder / file["name"]).read_bytes()
        if hashlib.sha256(content).hexdigest() != file["sha256"]:
            wrong.append(f"{file['name']} is not the file of the certificate")
        read(content.decode("utf-8"), file["dimensions"], known, wrong)
        lines += lines_of(file["dimensions"])
    least, width = certificate["rule"]["least"], certificate["rule"]["width"]
    told = {cell: number for cell, number in known.items() if number is not None}
    hidden = set(known) - set(told)
    wrong += [f"{cell}: {number} is small, and told" for cell, number in told.items() if 0 < number < least]
    at = {}
    for place, (total, parts) in enumerate(lines):
        for cell in (total, *parts):
            at.setdefault(cell, []).append(place)
        if all(cell in told for cell in (total, *parts)) and told[total] != sum(map(told.get, parts)):
            wrong.append(f"{total} is not the sum of its parts")
    safe = set()
    for group in certificate["witnesses"]:
        safe |= kept_safe(group, width, told, hidden, lines, at, wrong)
    wrong += [f"{cell}: nothing shows that it is safe" for cell in sorted(hidden - safe)]
    return wrong, len(told), len(hidden)


def read(text, dimensions, known, wrong):
    """Take the cells of one file to those that are known; what one file tells is told."""
    for row in csv.DictReader(text.splitlines()):
        cell = name({one["name"]: row[one["name"]] for one in dimensions})
        number = int(row["number"]) if row["number"] else None
        if known.get(cell) is not None and number is not None and known[cell] != number:
            wrong.append(f"{cell} is told twice, and not alike")
        if known.get(cell) is None:
            known[cell] = number


def name(codes):
    """A cell in one word: the dimensions that narrow it, with their codes."""
    return "|".join(f"{one}={code}" for one, code in sorted(codes.items()) if code)


def lines_of(dimensions):
    """Each total with the cells of which it is the sum."""
    found, below = [], []
    for one in dimensions:
        children = {}
        for code, parent in one["parents"].items():
            children.setdefault(parent, []).append(code)
        below.append(children)
    every = [[*([""] if one["summed"] else []), *one["parents"]] for one in dimensions]
    names = [one["name"] for one in dimensions]
    for codes in itertools.product(*every):
        for place, children in enumerate(below):
            if children.get(codes[place]):
                parts = [(*codes[:place], code, *codes[place + 1 :]) for code in children[codes[place]]]
                found.append(
                    (name(dict(zip(names, codes))), [name(dict(zip(names, part))) for part in parts])
                )
    return found


def kept_safe(group, width, told, hidden, lines, at, wrong):
    """The hidden cells of a group that are safe, if all its tables are possible."""
    cells = group["cells"]
    concerned = {place for cell in cells for place in at.get(cell, ())}
    for table in group["tables"]:
        said = dict(zip(cells, table))
        if min(table) < -NEARLY:
            wrong.append(f"a possible table says less than nought ({cells[table.index(min(table))]})")
            return set()
        for place in concerned:
            total, parts = lines[place]
            numbers = [told[one] if one in told else said.get(one) for one in (total, *parts)]
            if None in numbers or abs(numbers[0] - sum(numbers[1:])) > NEARLY:
                wrong.append(f"a possible table does not add up ({total})")
                return set()
    ranges = zip(*group["tables"])
    return {
        cell
        for cell, numbers in zip(cells, ranges)
        if cell in hidden and max(numbers) - min(numbers) >= width - NEARLY
    }


def main(arguments):
    """Say whether the publication in a folder is safe."""
    wrong, told, hidden = check(pathlib.Path(arguments[0] if arguments else "."))
    for sentence in wrong:
        print(sentence)
    print(f"{'NOT SAFE' if wrong else 'SAFE'}: {told} numbers told, {hidden} hidden")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
