"""Findings as people by domains, on the pages of the case, the household and the assessment."""

import re
from typing import Any

from django.urls import reverse

from punte.accounts.models import User
from punte.assessments.models import FindingSet
from punte.assessments.packs import current_version, pack_of
from punte.methodology.model import Rule
from tests.cases.conftest import Town
from tests.factories import PersonFactory
from tests.www.office.cases.conftest import SignIn, sign_in, text_of, town

__all__ = ["sign_in", "town"]


def _rule(compartment: str, level: str = "member") -> Rule:
    rules = pack_of(current_version("sci")).rules.values()
    return next(
        rule for rule in rules if rule.compartment == compartment and rule.severity and rule.level == level
    )


def _domain(rule: Rule) -> str:
    return pack_of(current_version("sci")).dimensions[rule.dimension]["ro"]


def _pages(town: Town, assessment: Any) -> dict[str, str]:
    return {
        "case": reverse("case", args=[town.case().pk]),
        "household": reverse("household", args=[town.household.pk]),
        "assessment": reverse("assessment", args=[assessment.pk]),
    }


def _table(page: Any) -> str:
    said = text_of(page)
    return said[said.index('class="found"') :] if 'class="found"' in said else ""


def test_every_page_of_findings_shows_people_by_domains_the_household_first(
    town: Town, sign_in: SignIn
) -> None:
    home, health = _rule("general", "household"), _rule("health")
    assessment = town.assessed((town.child, health.code), (None, home.code))
    for page in _pages(town, assessment).values():
        table = _table(sign_in(town.worker).get(page))
        rows = [row.strip() for row in re.findall(r'<th scope="row">(?:\s*<a[^>]*>)?([^<]+)', table)]
        assert rows == ["Gospodăria", str(town.child)]
        assert _domain(health) in table and health.name["ro"] in table
        # A cell says its severity by a sign, a number and a word, and opens by itself.
        assert re.search(r"<details name=\"found\">\s*<summary>", table)
        assert re.search(r'<span aria-hidden="true">[▲◆●]</span> 1<span class="visually-hidden"> \w', table)


def test_who_has_the_worst_comes_first_after_the_household(town: Town, sign_in: SignIn) -> None:
    assessment = town.assessed((town.mother, "VAI_02"), (town.child, "LEVEL_SEVERE"))
    table = sign_in(town.worker).get(_pages(town, assessment)["case"]).context["findings"].table
    assert [row.person for row in table.rows] == [town.child, town.mother]


def test_who_does_not_read_a_compartment_sees_neither_column_nor_gap(town: Town, sign_in: SignIn) -> None:
    violence, health = _rule("violence"), _rule("health")
    assessment = town.assessed((town.mother, violence.code), (town.child, health.code))
    gap = {"code": violence.code, "person": str(town.mother.pk), "missing": []}
    FindingSet.objects.filter(assessment=assessment).update(not_assessed=[gap])
    for page in _pages(town, assessment).values():
        assert _domain(violence) in _table(sign_in(town.worker).get(page))
        told = sign_in(town.nurse).get(page)
        table = told.context["findings"].table
        assert [row.person for row in table.rows] == [town.child]
        assert list(table.domains) == [_domain(health)]
        assert "unknown" not in _table(told)


def test_what_could_not_be_decided_is_hatched_and_not_empty(town: Town, sign_in: SignIn) -> None:
    health = _rule("health")
    assessment = town.assessed()
    gap = {"code": health.code, "person": str(town.child.pk), "missing": []}
    FindingSet.objects.filter(assessment=assessment).update(not_assessed=[gap])
    table = _table(sign_in(town.worker).get(_pages(town, assessment)["case"]))
    assert str(town.child) in table and "tag unknown" in table and "lipsește un răspuns" in table


def test_the_same_sentence_is_said_once(town: Town, sign_in: SignIn) -> None:
    health = _rule("health")
    brother = PersonFactory(keeper=town.organization)
    assessment = town.assessed((town.child, health.code), (brother, health.code))
    made = assessment.finding_sets.get()
    made.findings.update(explanation={"ro": "medic de familie: nu", "en": "family doctor: no"})
    table = _table(sign_in(town.worker).get(_pages(town, assessment)["case"]))
    assert table.count("medic de familie: nu") == 1
    assert table.count(health.name["ro"]) == 3
    [anchor] = re.findall(r'href="#(f-[^"]+)"', table)
    assert f'id="{anchor}"' in table


def test_what_was_found_of_violence_can_be_left_at_once_on_the_household_page(
    town: Town, sign_in: SignIn
) -> None:
    violence = _rule("violence")
    town.assessed((town.mother, violence.code))
    page = reverse("household", args=[town.household.pk])

    def leaves(user: User) -> bool:
        return "data-leave" in text_of(sign_in(user).get(page))

    assert leaves(town.worker)
    assert not leaves(town.nurse)
