"""What changed between two contents of a plan: rows added, taken out, changed field by field."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise

from punte.annual_plans.content import Line, PlanContent
from punte.annual_plans.editing import PLAN_FIELDS, StaleRow
from punte.annual_plans.enums import Section
from punte.www.frame.form_page import FormPage
from punte.www.office.plans.forms.labels import LABELS

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
_NOT_COMPARED = {"id", "section", "position", "source_line", "service", "organization"}


@dataclass(frozen=True)
class Change:
    """One field: its name, what it said, what it says."""

    label: str | Promise
    before: str
    after: str


@dataclass(frozen=True)
class Difference:
    """A row that is not as it was; `kind` is added, removed or changed."""

    kind: str
    section: Section | None
    name: str
    changes: tuple[Change, ...] = ()


def compare(before: PlanContent, after: PlanContent) -> list[Difference]:
    """The differences in the order of the plan; rows are the same where they have the same key."""
    found: list[Difference] = []
    own = tuple(_changes(before, after, PLAN_FIELDS))
    if own:
        found.append(Difference(CHANGED, None, after.title, own))
    for section in Section:
        found += _of_section(section, before.rows.get(section.value, ()), after.rows.get(section.value, ()))
    return found


def name_of(line: Line) -> str:
    """By what a row is known: its name, its code or the beginning of its text."""
    words = [
        str(value)
        for name in ("label", "name", "category", "code_printed", "text")
        if (value := getattr(line, name, ""))
    ]
    text = " · ".join(words)
    return text if len(text) <= 120 else f"{text[:119]}…"


def said(value: Any) -> str:
    """A value as it is read."""
    if value is None or value == "":
        return "–"
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return number_format(value, use_l10n=True, force_grouping=True)
    return str(value)


def both_sides(form: FormPage) -> list[Change] | None:
    """What somebody else saved beside what was typed; sent again, the form is saved over it, with open eyes."""
    stale = form.refused
    if not isinstance(stale, StaleRow) or stale.theirs is None:
        return None
    typed = form.form
    typed.data = {**typed.data.dict(), "revision": str(stale.revision)}
    return [
        Change(LABELS[name], _chosen(typed, name, stale.theirs[name]), _chosen(typed, name, value))
        for name, value in stale.yours.items()
        if name in typed.fields
    ]


def _chosen(form: Any, name: str, value: Any) -> str:
    queryset = getattr(form.fields[name], "queryset", None)
    if queryset is not None and value and not hasattr(value, "pk"):
        value = queryset.model._default_manager.filter(pk=value).first()
    return said(value)


def _of_section(section: Section, before: Any, after: Any) -> Iterator[Difference]:
    was = {line.id: line for line in before}
    now = {line.id: line for line in after}
    for line in after:
        if line.id not in was:
            yield Difference(ADDED, section, name_of(line))
            continue
        names = [one.name for one in fields(line) if one.name not in _NOT_COMPARED]
        changes = tuple(_changes(was[line.id], line, names))
        if changes:
            yield Difference(CHANGED, section, name_of(line), changes)
    for line in before:
        if line.id not in now:
            yield Difference(REMOVED, section, name_of(line))


def _changes(before: Any, after: Any, names: Any) -> Iterator[Change]:
    for name in names:
        one, other = getattr(before, name), getattr(after, name)
        if one != other:
            yield Change(LABELS[name], said(one), said(other))
