"""What somebody asks a second person to agree to, in words: a plan beside the former one, a closing, a severity."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from punte.accounts.enums import SEALED_COMPARTMENTS
from punte.accounts.models import User
from punte.assessments.models import Finding, FindingSet
from punte.cases.approvals import of_read_rows, who_may_answer
from punte.cases.enums import CaseDeed
from punte.cases.models import Approval
from punte.cases.rules import worst
from punte.kernel.prepared import Prepared
from punte.registers.actions.writing import in_words
from punte.registers.asking import step_named
from punte.registers.catalogue import definitions
from punte.registers.models import Entry
from punte.www.frame.case_page import CasePage
from punte.www.frame.findings import name_of


@dataclass(frozen=True)
class Asked:
    """What waits about a case, and who may answer it today."""

    approval: Approval
    what: str
    answering: Sequence[User]
    own: bool


@dataclass(frozen=True)
class ObjectiveChange:
    """An objective of a draft beside the former plan; `objective` is of the draft, or of the former plan if taken out.

    Attributes:
        before: what the objective said, where it says something else now.
        added, removed: steps.
    """

    kind: str
    objective: Any
    before: str = ""
    added: Sequence[str] = ()
    removed: Sequence[str] = ()


@dataclass(frozen=True)
class SeverityChange:
    """The severity of a case before and after a visit, and which findings, of those that are read, came and went."""

    before: int
    after: int
    gone: Sequence[str]
    new: Sequence[str]


def what_of(asked: Approval) -> str:
    """What would be done, in a few words and without a name."""
    if asked.deed == CaseDeed.CLOSE_CASE:
        return _("Closing of the case")
    if asked.deed == CaseDeed.LOWER_SEVERITY:
        return _("A lower severity")
    if asked.deed == CaseDeed.MOVE_ENTRY:
        return _step_of(asked)
    return _("The plan of services")


def _step_of(asked: Approval) -> str:
    """The step and its register; what is of violence is named nowhere but on its page."""
    entry = Entry.objects.filter(pk__in=[asked.row]).first()
    definition = definitions().get(entry.register) if entry else None
    if entry is None or definition is None or entry.compartment in SEALED_COMPARTMENTS:
        return _("A step in a register")
    move = definition.moves.get(step_named(asked))
    step = in_words(move.label) if move else _("A step in a register")
    return f"{in_words(definition.title)}: {step}"


def waiting_about(page: CasePage) -> list[Asked]:
    """What waits for a second person about a case."""
    rows = list(_with_case(_waiting(case=page.case.pk), page))
    return [
        Asked(row, what_of(row), who_may_answer(row), row.asked_by_id == page.user.pk)
        for row in of_read_rows(page.user, rows)
    ]


_waiting = Prepared(lambda case: Approval.objects.asked().filter(case=case).select_related("asked_by"))


def _with_case(rows: Iterable[Approval], page: CasePage) -> Iterable[Approval]:
    for row in rows:
        row.case = page.case
        yield row


def compared(now: Sequence[Any], former: Sequence[Any]) -> list[ObjectiveChange]:
    """What a draft changes: new objectives, changed ones, those taken out, those that stay, in this order.

    An objective is known again by whom it is for and what it says, else by the findings that it answers.
    """
    left = list(former)
    pairs = [(objective, _taken(left, objective)) for objective in now]
    changes = [_change(objective, before) for objective, before in pairs]
    changes += [ObjectiveChange("out", objective) for objective in left]
    order = ("new", "changed", "out", "same")
    return sorted(changes, key=lambda change: order.index(change.kind))


def _taken(left: list[Any], objective: Any) -> Any:
    """The former objective that this one goes on with, taken from those that are left."""
    of_person = [one for one in left if one.person_id == objective.person_id]
    found = next((one for one in of_person if one.text == objective.text), None)
    if found is None and objective.codes:
        found = next((one for one in of_person if set(one.codes) & set(objective.codes)), None)
    if found is not None:
        left.remove(found)
    return found


def _change(objective: Any, before: Any) -> ObjectiveChange:
    steps = [step.text for step in objective.steps.all()]
    if before is None:
        return ObjectiveChange("new", objective, added=steps)
    former = [step.text for step in before.steps.all()]
    change = ObjectiveChange(
        "changed",
        objective,
        before=before.text if before.text != objective.text else "",
        added=[text for text in steps if text not in former],
        removed=[text for text in former if text not in steps],
    )
    same = not (change.before or change.added or change.removed)
    moved = (before.due_on, before.later) != (objective.due_on, objective.later)
    return ObjectiveChange("same", objective) if same and not moved else change


def severity_change(page: CasePage, asked: Approval) -> SeverityChange:
    """How severe the case was and would be, with the findings within what the account reads."""
    known = FindingSet.objects.known_to(page.user, page.case.household_id)
    sets = known.filter(assessment__pack__sets_severity=True)
    newest = sets.select_related("assessment").order_by(
        "-assessment__visited_on", "-assessment__submitted_at", "-created_at"
    )
    after = newest.filter(assessment=asked.assessment_id).first()
    before = newest.exclude(assessment=asked.assessment_id).first()
    own = _findings(page, after)
    now, former = _named(page, after), _named(page, before)
    return SeverityChange(
        before=asked.severity or 0,
        after=worst(own.values_list("severity", flat=True)),
        gone=[name for name in former if name not in now],
        new=[name for name in now if name not in former],
    )


def _findings(page: CasePage, found: FindingSet | None) -> Any:
    rows = (
        Finding.objects.filter(finding_set=found, severity__gt=0)
        .of_the_living()
        .order_by("-severity", "code", "pk")
    )
    if page.case.person_id:
        rows = rows.filter(person__in=[page.case.person_id]) | rows.filter(person=None)
    return rows


def _named(page: CasePage, found: FindingSet | None) -> list[str]:
    if found is None:
        return []
    shown = _findings(page, found).within(page.compartments).known_to(page.user, page.case.household_id)
    return list(dict.fromkeys(name_of(found, code) for code in shown.values_list("code", flat=True)))
