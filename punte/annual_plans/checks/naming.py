"""How a check names places, amounts and rows."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from textwrap import shorten

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from punte.annual_plans.content import (
    CampaignLine,
    CodedLine,
    ConsultedLine,
    EligibleLine,
    Line,
    NewServiceLine,
    ServiceLine,
    SubsidyLine,
    TextLine,
    TrainingLine,
)
from punte.annual_plans.enums import Section
from punte.directory.enums import CountSource

CHAPTERS = {
    Section.LEGAL_BASIS: "0",
    Section.CONSULTATION: "0",
    Section.CONTENTS: "0",
    Section.EXISTING: "I.A",
    Section.PROPOSED: "I.B",
    Section.CONTRACTING: "I.C",
    Section.ELIGIBLE: "I.D.1",
    Section.SUBSIDY_EXPENSES: "I.D.2-3",
    Section.SUBSIDIES: "I.D.3",
    Section.INFORMATION: "II",
    Section.CAMPAIGNS: "II.4",
    Section.TRAINING: "III.1",
    Section.METHODOLOGY: "III",
    Section.SIGNATURES: "0",
}
_MOST_NAMED = 6
_LONGEST_NAME = 80


def chapter(section: str) -> str:
    """The number of a chapter, or its name where it has none."""
    number = CHAPTERS[Section(section)]
    return str(Section(section).label) if number == "0" else number


def place(line: Line) -> str:
    """Where a row stands: „I.A, rândul 3: Centrul social de urgență”."""
    where = _("%(chapter)s, row %(row)s") % {"chapter": chapter(line.section), "row": line.position}
    name = name_of(line)
    return f"{where}: {name}" if name else where


def name_of(line: Line) -> str:
    """What a row is called."""
    if isinstance(line, ServiceLine):
        return f"{line.name} ({line.provider})"
    if isinstance(line, SubsidyLine):
        return line.code_printed or line.code
    if isinstance(line, EligibleLine | NewServiceLine | CampaignLine | ConsultedLine):
        return line.name
    if isinstance(line, TrainingLine):
        return line.category
    if isinstance(line, TextLine):
        told = line.label and line.label != str(line.position)
        return line.label if told else shorten(line.text, _LONGEST_NAME, placeholder="…")
    return ""


def lei(amount: Decimal) -> str:
    """An amount as it is read: „1.300.000 lei”."""
    whole = amount == amount.to_integral_value()
    shown = number_format(amount, decimal_pos=0 if whole else 2, use_l10n=True, force_grouping=True)
    return _("%(amount)s lei") % {"amount": shown}


def per_cent(share: float) -> str:
    """A share as a whole percent."""
    return f"{round(share * 100)}%"


def services(number: int) -> str:
    """A number of services."""
    return ngettext("%(number)s service", "%(number)s services", number) % {"number": number}


def listed(names: Iterable[str]) -> str:
    """Names one after another, the many that follow counted."""
    all_names: Sequence[str] = list(names)
    shown = "; ".join(all_names[:_MOST_NAMED])
    more = len(all_names) - _MOST_NAMED
    if more <= 0:
        return shown
    return ngettext("%(names)s; and %(more)s more", "%(names)s; and %(more)s more", more) % {
        "names": shown,
        "more": more,
    }


def rows_of(lines: Iterable[Line]) -> str:
    """The numbers of rows: „3, 5-9, 12”."""
    spans: list[list[int]] = []
    for at in sorted(line.position for line in lines):
        if spans and at == spans[-1][1] + 1:
            spans[-1][1] = at
        else:
            spans.append([at, at])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in spans)


def printed(line: CodedLine) -> str:
    """The code as the row prints it."""
    return line.code_printed or line.code


def source_name(source: str) -> str:
    """What the directory's name of a source says to people."""
    return {
        "disability_units_2022": _("the county strategy (units for children with disabilities)"),
        "county_services_2022": _("the county strategy (list of services)"),
        CountSource.PROVIDER: _("the provider"),
    }.get(source, source)
