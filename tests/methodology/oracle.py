"""The rules once more in plain Python, written straight from specification/sci_rules.csv and knowing no SQL."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]
Found = set[tuple[str, str | None, str]]

SPECIFICATION = Path(__file__).parent / "specification"
with (SPECIFICATION / "sci_rules.csv").open(encoding="utf-8", newline="") as _file:
    SEVERITY = {rule["code"]: int(rule["severity"]) for rule in csv.DictReader(_file)}
ADDED = {
    **dict.fromkeys(["VFC_08", "VSC_03", "VSC_05", "VFA_01"], 1),
    **dict.fromkeys(["SCI_WORK", "VSC_06", "VSG_DEP", "VNS_08"], 2),
    **dict.fromkeys(["VFC_05", "VFC_07", "VFC_09", "SCI_UNION", "SCI_HARM"], 3),
    **{f"VDT_{number:02}": 0 for number in range(1, 11)},
}
"""Codes that the specification does not have, of questions that came later; they never count to LEVEL_SEVERE."""
BENEFITS = ("child_allowance", "scholarship", "heating_aid", "canteen", "other_aid")
DISABILITY_TYPES = (
    "physical", "visual", "hearing", "deafblind", "somatic", "mental", "neuropsychic", "hiv", "associated", "rare",
)  # fmt: skip
SEPARATED = {"separated", "deceased", "unknown"}
WITH_DISABILITY = {"certified", "uncertified"}


def anniversary(born: date, year: int) -> date:
    """The day on which a year of age is complete; 1 March for a birth on 29 February in a common year."""
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def age(born: date | None, day: date | None) -> int | None:
    """Completed years."""
    if born is None or day is None:
        return None
    return day.year - born.year - (1 if day < anniversary(born, day.year) else 0)


def findings(households: Sequence[Row], members: Sequence[Row]) -> Found:
    """Household, member (None for a household's finding) and code of all that holds."""
    found: Found = set()
    for household in households:
        key = str(household["household_id"])
        people = [member for member in members if member["household_id"] == key]
        own = set(_of_household(household, people))
        found |= {(key, None, code) for code in own}
        for person in people:
            codes = {
                *_of_person(household, people, person, own),
                *_added(household, people, person, own),
            }
            found |= {(key, str(person["member_id"]), code) for code in codes}
    return found


def _of_person(household: Row, people: Sequence[Row], person: Row, of_household: set[str]) -> set[str]:
    codes = set(_of_member(household, people, person))
    years = age(person["birth_date"], household["visit_date"])
    if years is None or years >= 18:
        return codes
    extreme = "VGS_02" in of_household and bool({"VLP_01", "VLP_03"} & of_household)
    others = [one for one in people if one["member_id"] != person["member_id"]]
    of_risk = any(_is_adult_of_risk(one, household["visit_date"]) for one in others)
    if "VFC_04" in codes or {"VFV_02", "VFV_03", "VFV_04"} & of_household or extreme or of_risk:
        codes.add("VFC_06")
    severities = [SEVERITY[code] for code in codes | of_household]
    if severities.count(3) >= 1 or severities.count(2) >= 4:
        codes.add("LEVEL_SEVERE")
    return codes


def _is_adult_of_risk(row: Row, visit: date | None) -> bool:
    years = age(row["birth_date"], visit)
    return years is not None and years >= 18 and (row["drugs"] is True or row["violent_behaviour"] is True)


def _of_household(row: Row, people: Sequence[Row]) -> Iterator[str]:
    ages = [age(person["birth_date"], row["visit_date"]) for person in people]
    signs = {"risk": "VFV_01", "violence": "VFV_03", "abuse": "VFV_04"}
    if row["violence_signs"] in signs:
        yield signs[str(row["violence_signs"])]
    if row["neglect_risk"] is True and any(years is not None and years < 18 for years in ages):
        yield "VFV_02"
    yield from _of_money(row, len(people))
    lacking = [row["water"] == "none", row["electricity"] is False, row["toilet"] == "none"]
    lacking += [row["heating"] == "none", row["damp"] is True]
    if sum(lacking) >= 2:
        yield "VLP_01"
    if row["rooms"] is not None and row["rooms"] > 0 and len(people) > 2 * row["rooms"]:
        yield "VLP_02"
    if row["dwelling"] in ("none", "improvised"):
        yield "VLP_03"


def _of_money(row: Row, size: int) -> Iterator[str]:
    income, visit = row["monthly_income_lei"], row["visit_date"]
    if income is not None and visit is not None and size:
        days = {date(2024, 1, 1): 313, date(2024, 3, 1): 346, date(2025, 3, 1): 366}
        line = next((days[day] for day in sorted(days, reverse=True) if visit >= day), 275)
        bar = line * (size + 1) / 2
        if income < bar:
            yield "VGS_02"
        elif income < 2 * bar:
            yield "VGS_01"
    if income == 0 and row["receives_vmi"] is False and not any(row.get(name) for name in BENEFITS):
        yield "VSV_01"
    if row["receives_vmi"] is True:
        yield "VSV_02"


def _of_member(household: Row, people: Sequence[Row], row: Row) -> Iterator[str]:
    visit, born = household["visit_date"], row["birth_date"]
    years = age(born, visit)
    days = (visit - born).days if born is not None and visit is not None else None
    yield from _at_any_age(row)
    if years is None or days is None:
        return
    yield _age_group(years, days)
    if row["identity_document"] is False:
        yield "VAI_01" if years < 14 else "VAI_02"
    if years >= 10:
        yield from _habits(row)
    if years < 18:
        yield from _of_child(household, people, row, years, days)
    else:
        yield from _of_adult(people, row, years)


def _at_any_age(row: Row) -> Iterator[str]:
    if row["pregnant"] is True and row["pregnancy_registered"] is False:
        yield "VGR_05"
    if row["pregnant"] is True and row["prenatal_checks"] == 0:
        yield "VGR_06"
    if row["health_insurance"] == "none":
        yield "VSA_01"
    if row["family_doctor"] is False:
        yield "VSA_02"
    if row["chronic_disease"] is True:
        yield "VSG_01"
        if row["chronic_treated"] is False:
            yield "VNS_01"
    if row["medical_access"] is False:
        yield "VNS_02"
    if row["disability"] == "uncertified":
        yield "VDH_02"
    if row["disability"] == "certified":
        yield "VDH_01"
        grades = {"mild": "VDG_01", "medium": "VDG_02", "accentuated": "VDG_03", "severe": "VDG_04"}
        if row["disability_grade"] is not None:
            yield grades[str(row["disability_grade"])]


def _age_group(years: int, days: int) -> str:
    if days <= 27:
        return "VCV_00"
    bounds = [(1, "VCV_01"), (5, "VCV_02"), (14, "VCV_03"), (18, "VCV_04"), (65, "VCV_05")]
    return next((code for bound, code in bounds if years < bound), "VCV_06")


def _habits(row: Row) -> Iterator[str]:
    codes = {
        "sexual_risk": "VCR_02", "drugs": "VCR_03", "violent_behaviour": "VCR_04", "alcohol": "VCR_05",
        "tobacco": "VCR_06",
    }  # fmt: skip
    yield from (code for name, code in codes.items() if row[name] is True)


def _of_adult(people: Sequence[Row], row: Row, years: int) -> Iterator[str]:
    if row["literate"] is False:
        yield "VEA_01"
    if years >= 65 and len(people) == 1:
        yield "VFA_02"
    if row["pregnant"] is True:
        yield "VGR_04"
    if row["postnatal"] is True:
        yield "VGR_08"


def _of_child(household: Row, people: Sequence[Row], row: Row, years: int, days: int) -> Iterator[str]:
    yield from _of_schooling(row, years)
    yield from _of_parents(household, people, row)
    for name, code in {"pregnant": "VGR_01", "postnatal": "VGR_02", "is_mother": "VGR_03"}.items():
        if row[name] is True:
            yield code
    if row["vaccinated"] is False:
        yield "VSC_01"
    if years < 1 and row["low_birth_weight"] is True:
        yield "VSC_02"
    if days < 183 and row["exclusively_breastfed"] is False:
        yield "VSC_04"
    if any(other["disability"] in WITH_DISABILITY for other in people if other is not row):
        yield "VSC_08"


def _of_schooling(row: Row, years: int) -> Iterator[str]:
    if row["enrolled"] == "none" and years <= 15:
        yield "VEC_01" if years < 3 else "VEC_02" if years < 6 else "VEC_03" if years <= 10 else "VEC_04"
    if row["enrolled"] == "dropped_out":
        yield "VEC_07"
    many_absences = row["absences_30d"] is not None and row["absences_30d"] >= 10
    if years >= 6 and row["enrolled"] == "school" and (many_absences or row["repeated_year"] is True):
        if row["special_educational_needs"] is False:
            yield "VEC_05"
        if row["special_educational_needs"] is True:
            yield "VEC_06"


def _of_parents(household: Row, people: Sequence[Row], row: Row) -> Iterator[str]:
    mother, father = row["mother"], row["father"]
    both_known = mother is not None and father is not None
    if both_known and (mother == "home") != (father == "home"):
        yield "VFC_01"
        if (father if mother == "home" else mother) in SEPARATED:
            yield "VFC_10"
    if "abroad" in (mother, father):
        yield "VFC_02"
    ages = [age(person["birth_date"], household["visit_date"]) for person in people]
    has_adult = any(years is not None and years >= 18 for years in ages)
    if both_known and "home" not in (mother, father) and has_adult:
        yield "VFC_03"
    if not has_adult and None not in ages:
        yield "VFC_04"


def _added(household: Row, people: Sequence[Row], row: Row, of_household: set[str]) -> Iterator[str]:
    """What came after the specification, from answers that older tables lack."""
    if row["disability"] == "certified":
        if row.get("disability_type") is not None:
            yield f"VDT_{DISABILITY_TYPES.index(str(row['disability_type'])) + 1:02}"
        if row["disability_grade"] == "severe" and row.get("disability_help") == "none":
            yield "VNS_08"
    visit, born = household["visit_date"], row["birth_date"]
    years = age(born, visit)
    if years is None:
        return
    if years >= 18 and len(people) == 1 and household.get("support") in ("friends", "nobody"):
        yield "VFA_01"
    if years >= 10 and row.get("low_mood") is True:
        yield "VSG_DEP"
        if row.get("self_harm") is True:
            yield "SCI_HARM"
    if years < 18:
        yield from _added_of_child(row, years, (visit - born).days, of_household)


def _added_of_child(row: Row, years: int, days: int, of_household: set[str]) -> Iterator[str]:
    told = {"no_contact": "VFC_07", "came_home": "VFC_08", "left_in_hospital": "VFC_09"}
    if row.get("history") in told:
        yield told[str(row["history"])]
    if row.get("history") == "placement" and of_household & {
        "VFV_02", "VFV_03", "VFV_04", "VGS_02", "VLP_01", "VLP_03",
    }:  # fmt: skip
        yield "VFC_05"
    if years >= 5 and row.get("child_work") is True:
        yield "SCI_WORK"
    if years >= 10 and row.get("early_union") is True:
        yield "SCI_UNION"
    if years < 6 and row.get("development_concern") is True:
        yield "VSC_06"
    if years < 2 and row.get("vitamin_d_iron") is False:
        yield "VSC_03"
    if days >= 183 and years < 2 and row.get("varied_food") is False:
        yield "VSC_05"
