"""What is published of a service and what is proposed, side by side, in words."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from punte.directory.enums import ProposalKind, ServiceStatus
from punte.directory.models import NomenclatureCode, Proposal
from punte.directory.proposals.lifecycle import now_of
from punte.directory.rules import closing
from punte.directory.services.details import FIELDS, LABELS, LANGUAGES, day_name
from punte.organizations.models import Organization


@dataclass(frozen=True)
class Line:
    """One field: as it was when the proposal was written, as it is now, as it would be.

    `overtaken` where it changed since the proposal was written.
    """

    label: str
    was: str
    now: str
    proposed: str
    overtaken: bool


def lines_of(proposal: Proposal) -> list[Line]:
    """The fields of a proposal side by side, in the order of the form."""
    now = now_of(proposal)
    return [
        Line(
            label=label_of(name),
            was=in_words(name, proposal.before.get(name)),
            now=in_words(name, now.get(name)),
            proposed=in_words(name, proposal.values[name]),
            overtaken=name in proposal.before and now.get(name) != proposal.before[name],
        )
        for name in _in_order(proposal)
    ]


def differences(
    before: Mapping[str, Any], now: Mapping[str, Any], values: Mapping[str, Any], fields: Sequence[str]
) -> list[Line]:
    """Named fields side by side: as they were read, as somebody else left them, as they were typed."""
    return [
        Line(
            label=label_of(name),
            was=in_words(name, before.get(name)),
            now=in_words(name, now.get(name)),
            proposed=in_words(name, values.get(name)),
            overtaken=True,
        )
        for name in fields
    ]


def _in_order(proposal: Proposal) -> list[str]:
    order = ["code", "address", "status", "start", "reason", "expected_until", *FIELDS]
    named = [name for name in order if name in proposal.values]
    rest = [name for name in proposal.values if name not in named]
    new = proposal.kind == ProposalKind.NEW
    return [name for name in [*named, *rest] if not new or proposal.values[name] not in ("", None, [], False)]


def label_of(name: str) -> str:
    """What a field is called."""
    other = {
        "code": _("Code of the nomenclature"),
        "status": _("Status"),
        "start": _("Since"),
        "reason": _("Reason"),
        "expected_until": _("Opens again"),
        "provider": _("Provider"),
    }
    return str(LABELS[name]) if name in LABELS else other.get(name, name)


def in_words(name: str, value: Any) -> str:
    """The value of a field as one reads it; empty where there is none."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name in _WORDS:
        return _WORDS[name](value)
    return str(value)


def hours_in_words(hours: Sequence[Sequence[Any]]) -> list[str]:
    """Opening hours, a line a day: `Monday 08:00–12:00, 13:00–16:00`."""
    days: dict[int, list[str]] = {}
    for day, opens, closes in hours:
        days.setdefault(day, []).append(f"{opens}–{closing(closes)}")
    return [f"{day_name(day)} {', '.join(times)}" for day, times in sorted(days.items())]


def _licence(value: Mapping[str, Any]) -> str:
    until = _("until %(day)s") % {"day": _date(value["end"])} if value.get("end") else _("without end")
    parts = [
        value["number"],
        value.get("issued_by"),
        _("since %(day)s") % {"day": _date(value["start"])},
        until,
    ]
    return ", ".join(part for part in parts if part)


def _date(value: str) -> str:
    return f"{dt.date.fromisoformat(value):%d.%m.%Y}"


def _code(value: str) -> str:
    found = NomenclatureCode.objects.filter(pk=value).first()
    return str(found) if found else value


def _provider(value: str) -> str:
    found = Organization.objects.filter(pk=value).first()
    return found.name if found else ""


_WORDS: dict[str, Any] = {
    "hours": lambda value: "\n".join(hours_in_words(value)),
    "languages": lambda value: ", ".join(str(LANGUAGES.get(code, code)) for code in value),
    "licence": _licence,
    "status": lambda value: str(ServiceStatus(value).label),
    "start": _date,
    "expected_until": _date,
    "code": _code,
    "provider": _provider,
}
