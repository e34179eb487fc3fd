"""Dated amounts and shares by the code of a service: cost standards, levels of subsidies, shares of contributions.

`content/service_parameters.yaml`; an operator's own file of that name adds values with their source. What is known
from memory alone is off: nothing is reckoned by it until somebody gives it a source.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from punte.kernel.evidence import EVIDENCE
from punte.kernel.own_content import Files, both_files, kept_files
from punte.methodology.definition_files import one_of, only, read_text, require_name
from punte.methodology.errors import gettext_noop
from punte.methodology.model import Text
from punte.methodology.source_files import Section, read_yaml

_FILE = "service_parameters.yaml"
_VALUE = {"codes", "from", "until", "value", "source", "evidence"}


@dataclass(frozen=True)
class Held:
    """A value of some codes, told by how they begin, between two days; `until` is the last."""

    codes: tuple[str, ...]
    start: dt.date
    until: dt.date | None
    value: Decimal
    source: str
    evidence: str

    def closeness(self, code: str) -> int:
        """How much of the code it names: 0 where it is of other codes."""
        folded = _folded(code)
        return max((len(one) for one in self.codes if folded.startswith(one)), default=0)

    def holds_on(self, day: dt.date) -> bool:
        """Whether it is in force on a day, and known better than from memory."""
        return self.evidence != "memory" and self.start <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class ServiceParameter:
    """An amount in lei, or a share in percent, by code and day."""

    key: str
    label: Text
    values: tuple[Held, ...] = ()

    def on(self, code: str, day: dt.date) -> Held | None:
        """The value of a code on a day: that which names most of the code, then the newest; None where none is."""
        held = [one for one in self.values if one.holds_on(day) and one.closeness(code)]
        return max(held, key=lambda one: (one.closeness(code), one.start), default=None)


@kept_files(_FILE, find=both_files)
def service_parameters(files: Files) -> Mapping[str, ServiceParameter]:
    """Every parameter by its key.

    Raises:
        PackError: a file does not hold together.
    """
    found: dict[str, ServiceParameter] = {}
    for path, _own in files:
        top = read_yaml(path)
        for key, section in top.sections():
            require_name(top, key, key)
            only(section, {"label", "values"})
            before = found.get(key)
            label = before.label if before and "label" not in section else read_text(section, "label")
            values = tuple(_held(one) for one in section.items_of("values"))
            found[key] = ServiceParameter(key, label, (*(before.values if before else ()), *values))
    return found


def _held(section: Section) -> Held:
    only(section, _VALUE)
    try:
        value = Decimal(section.text("value"))
    except InvalidOperation as error:
        raise section.error(gettext_noop("%(key)s is a number"), "value", key="value") from error
    codes = tuple(_folded(one) for one in section.texts("codes"))
    if not codes:
        raise section.error(gettext_noop("%(key)s is missing"), "codes", key="codes")
    return Held(
        codes=codes,
        start=_day(section, "from"),
        until=_day(section, "until") if "until" in section else None,
        value=value,
        source=section.text("source"),
        evidence=one_of(section, "evidence", EVIDENCE),
    )


def _day(section: Section, key: str) -> dt.date:
    try:
        return dt.date.fromisoformat(section.text(key))
    except ValueError as error:
        raise section.error(gettext_noop("not a date: %(text)s"), key, text=section.text(key)) from error


def _folded(code: str) -> str:
    return "".join(part for part in code.upper() if part.isalnum())
