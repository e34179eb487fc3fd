"""The certificate of a publication: what a stranger needs to check, from the published files alone, that it is safe."""

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from punte.statistics.safety.audit import Witnesses
from punte.statistics.safety.system import Hierarchy, Key, Rule, key_of

VERIFIER = Path(__file__).with_name("verify.py")
"""The script that checks it; it knows nothing of Punte."""
NUMBER = "number"
_DECIMALS = 6


@dataclass(frozen=True)
class PublishedFile:
    """A table as it is published: its dimensions, and of each cell its number; None where it is hidden."""

    name: str
    dimensions: Sequence[Hierarchy]
    numbers: Sequence[tuple[Sequence[str], int | None]]

    @property
    def content(self) -> bytes:
        """The file: a column for each dimension, empty where a number is of all of it; an empty number is hidden."""
        written = io.StringIO(newline="")
        writer = csv.writer(written, lineterminator="\n")
        writer.writerow([*(one.name for one in self.dimensions), NUMBER])
        writer.writerows([*codes, "" if number is None else number] for codes, number in self.numbers)
        return written.getvalue().encode()

    @property
    def digest(self) -> str:
        """The SHA-256 of the file."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def cells(self) -> Mapping[Key, int | None]:
        """Its numbers by what they are about."""
        return {key_of(self.dimensions, codes): number for codes, number in self.numbers}


def certificate_of(
    rule: Rule, files: Iterable[PublishedFile], found: Iterable[Witnesses], names: Sequence[Key]
) -> dict[str, Any]:
    """The certificate of one or more files that count the same.

    Args:
        found: the witnesses; `names`: of each cell what it is about.
    """
    files = list(files)
    return {
        "rule": {"least": rule.least, "width": rule.width},
        "files": [
            {
                "name": file.name,
                "sha256": file.digest,
                "dimensions": [
                    {"name": one.name, "parents": dict(one.parents), "summed": one.summed}
                    for one in file.dimensions
                ],
            }
            for file in files
        ],
        "witnesses": [
            {
                "cells": [said(names[cell]) for cell in one.cells],
                "tables": [[_plain(value) for value in point] for point in one.points],
            }
            for one in found
        ],
    }


def said(key: Key) -> str:
    """What a cell is about, in one word."""
    return "|".join(f"{name}={code}" for name, code in key)


def _plain(value: float) -> float | int:
    near = round(float(value), _DECIMALS)
    return int(near) if near.is_integer() else near
