"""What a plan says beside its sentences: for whom, why, how grave it is, what opens the way to what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.cases.models import Plan
from punte.cases.professions import FAMILY, colleagues_by_role, profession
from punte.methodology.model import PackageObjective, Rule, Text
from punte.methodology.packs import available_packs
from punte.people.sight import hides_from
from punte.www.frame.case_page import CasePage
from punte.www.frame.findings import nature_of


@dataclass(frozen=True)
class Said:
    """An objective, saved or typed: the codes it answers, whose it is, and of whom its steps are."""

    codes: Sequence[str]
    person: UUID | None
    people: Sequence[UUID]


@dataclass(frozen=True)
class About:
    """What stands beside the sentence of an objective."""

    names: str = ""
    why: str = ""
    severity: int = 0
    nature: str = ""
    opens: str = ""
    after: str = ""


@dataclass(frozen=True)
class Offer:
    """What a profession does in a plan: how many steps, who does them, and to whom they may be offered."""

    role: str
    label: str
    steps: int
    workers: Sequence[User]
    may_be_offered_to: Sequence[User]


class PlanWords:
    """The words of one plan, by the methodologies whose findings it answers; that of the household comes first."""

    def __init__(self, page: CasePage, plan: Plan | None) -> None:
        self.names = {person.pk: person.given_name or str(person) for person in page.members}
        finding_set = plan.finding_set if plan else None
        usual = finding_set.pack.name if finding_set else ""
        self.packs = sorted(available_packs(), key=lambda pack: pack.name != usual)

    @cached_property
    def _rules(self) -> dict[str, Rule]:
        return {code: rule for pack in reversed(self.packs) for code, rule in pack.rules.items()}

    def people(self, people: Iterable[UUID]) -> str:
        """Their given names; who is not seen is not named."""
        return ", ".join(self.names[person] for person in dict.fromkeys(people) if person in self.names)

    def about(self, objectives: Sequence[Said]) -> list[About]:
        """What stands beside each objective of a plan."""
        causes = [self._cause(each.codes) for each in objectives]
        there = [cause for cause in causes if cause]
        return [self._about(each, cause, there) for each, cause in zip(objectives, causes, strict=True)]

    def _cause(self, codes: Iterable[str]) -> PackageObjective | None:
        found = (pack.package.objective_of(code) for code in codes for pack in self.packs)
        return next((cause for cause in found if cause), None)

    def _about(
        self, objective: Said, cause: PackageObjective | None, there: Sequence[PackageObjective]
    ) -> About:
        rules = [self._rules[code] for code in objective.codes if code in self._rules]
        names = self.people([objective.person] if objective.person else objective.people)
        return About(
            names=names or _("The whole household"),
            why="; ".join(dict.fromkeys(_spoken(rule.name) for rule in rules)),
            severity=max((rule.severity for rule in rules), default=0),
            nature=", ".join(dict.fromkeys(filter(None, map(nature_of, rules)))),
            opens=_listed(each for each in there if cause and each.key in cause.opens),
            after=_listed(each for each in there if cause and cause.key in each.opens),
        )


def roles_offered() -> list[tuple[str, str]]:
    """The professions that work on cases, and the family, as choices."""
    offered = (
        Role.SOCIAL_WORKER,
        Role.COMMUNITY_NURSE,
        Role.HEALTH_MEDIATOR,
        Role.SCHOOL_MEDIATOR,
        Role.SCHOOL_COUNSELLOR,
        Role.PSYCHOLOGIST,
        Role.LEGAL_ADVISER,
    )
    return [(FAMILY, profession(FAMILY)), *((role.value, str(role.label)) for role in offered)]


def offers_of(page: CasePage, steps: Iterable[Any]) -> list[Offer]:
    """What the steps ask of each profession but the responsible worker's own."""
    by_role: dict[str, list[Any]] = {}
    for step in steps:
        if step.role not in ("", FAMILY, Role.SOCIAL_WORKER):
            by_role.setdefault(step.role, []).append(step)
    unnamed = any(step.worker_id is None for rows in by_role.values() for step in rows)
    # Who is taken into a sealed case, or into the circle of a sealed person, is chosen on the page of the team.
    shut = page.case.sealed or (unnamed and hides_from(page.user, page.case.household))
    known = colleagues_by_role(page.case) if unnamed and not shut else {}
    return [
        Offer(
            role,
            profession(role),
            len(rows),
            list({step.worker_id: step.worker for step in rows if step.worker_id}.values()),
            known.get(role, []) if any(step.worker_id is None for step in rows) else [],
        )
        for role, rows in by_role.items()
    ]


def _spoken(text: Text) -> str:
    return text["en"] if get_language() == "en" else text["ro"]


def _listed(causes: Iterable[PackageObjective]) -> str:
    return ", ".join(dict.fromkeys(_spoken(cause.name) for cause in causes))
