"""What an assessment says, as a person reads it: what changed since the one before, and the answers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from punte.accounts.enums import Compartment
from punte.assessments.answers import Answer, answers_in, notes_in
from punte.assessments.models import Assessment
from punte.methodology.model import Table
from punte.people.models import Person
from punte.www.frame.findings import Findings, ShownFinding


@dataclass(frozen=True)
class Changes:
    """Findings that were not there the last time, and those that no longer hold."""

    appeared: Sequence[ShownFinding]
    gone: Sequence[ShownFinding]


def changes(now: Findings, before: Findings) -> Changes:
    """What changed between two assessments of a household, within what the reader reads of both."""
    known, holds = _codes(before), _codes(now)
    return Changes(
        appeared=[one for one in now.shown if (one.person, one.code) not in known],
        gone=[one for one in before.shown if (one.person, one.code) not in holds],
    )


def _codes(findings: Findings) -> set[tuple[Person | None, str]]:
    return {(one.person, one.code) for one in findings.shown}


def answers(
    assessment: Assessment,
    *,
    people: Sequence[tuple[Person, dict[str, object]]],
    readable: Collection[Compartment],
) -> list[tuple[Person | None, list[Answer]]]:
    """Questions and answers of the household, then of each member, within the compartments the reader may see."""

    def answers(facts: dict[str, object], table: Table) -> list[Answer]:
        return list(answers_in(assessment, facts, table, readable=readable).values())

    return [
        (None, [*answers(assessment.facts, "household"), *notes_in(assessment, readable=readable)]),
        *((person, answers(facts, "member")) for person, facts in people),
    ]
