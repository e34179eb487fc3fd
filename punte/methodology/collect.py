"""The form of a pack as ODK Collect fills it: the same questions, and first which household and who.

In the office the questionnaire opens on a household that is known; on a phone the worker chooses it from the lists of
the caseload (entity lists ``households`` and ``people``). The added questions are data, in ``content/collect``: those
of a form about a household, and of one about a person.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

from punte.methodology.forms import converted
from punte.methodology.model import Pack
from punte.methodology.survey import read_survey

OVERLAY = Path(__file__).resolve().parent.parent.parent / "content" / "collect"
_FILLED_FROM_LIST = ("family_name", "given_name", "birth_date", "sex", "kinship")
_COMPUTED = {
    "household_id": "if(${known_household} = '', ${new_household}, ${known_household})",
    "member_id": "if(${known_member} = '', ${new_member}, ${known_member})",
    "uat_siruta": (
        "if(${known_household} = '', ${household_uat},"
        " instance('households')/root/item[name = ${known_household}]/uat_siruta)"
    ),
}
_CHOSEN = {
    "household_id": "${known_household}",
    "member_id": "${known_member}",
    "uat_siruta": "instance('households')/root/item[name = ${known_household}]/uat_siruta",
}

Sheet = list[dict[str, str]]


@lru_cache(maxsize=16)
def collect_form(pack: Pack) -> str:
    """The XForm of a pack for ODK Collect, of the same identifier and version. Made once for each state of the pack.

    Raises:
        PackError: the sheets are not a form.
    """
    sheets = read_survey(pack.path, about=pack.about)
    workbook: dict[str, Sheet] = {
        "survey": _survey(pack, sheets.survey),
        "choices": sheets.choices,
        "settings": [sheets.settings],
        "entities": _overlay(pack, "entities"),
    }
    return converted(workbook, pack.path, validate=False)[0]


def _survey(pack: Pack, rows: Sheet) -> Sheet:
    """The rows of the pack with the choice of the household first, and of the person beside the first of the name.

    A form about one person begins with the choice of both, among those on record.
    """
    asked = [_row(pack, row) for row in rows]
    if pack.about == "person":
        return [*_overlay(pack, "household"), *asked]
    name = next(number for number, row in enumerate(asked) if row["name"] == _FILLED_FROM_LIST[0])
    return [*_overlay(pack, "household"), *asked[:name], *_overlay(pack, "member"), *asked[name:]]


def _row(pack: Pack, row: dict[str, str]) -> dict[str, str]:
    """A row of the pack as Collect needs it: identifiers follow from what was chosen, known answers are filled in."""
    name = row.get("name", "")
    computed = _COMPUTED if pack.about == "household" else _CHOSEN
    if name in computed:
        return {"type": "calculate", "name": name, "calculation": computed[name]}
    if name in _FILLED_FROM_LIST:
        known = f"instance('people')/root/item[name = ${{known_member}}]/{name}"
        if row["type"] == "hidden":
            return {"type": "calculate", "name": name, "calculation": known}
        return {**row, "calculation": known, "trigger": "${known_member}"}
    return {"name": "", **row}


def _overlay(pack: Pack, sheet: str) -> Sheet:
    with (OVERLAY / pack.about / f"{sheet}.csv").open(encoding="utf-8", newline="") as file:
        return [{key: value for key, value in row.items() if value} for row in csv.DictReader(file)]
