"""Codes of the nomenclature: missing, misspelt, unknown, twice, of another kind than the service."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from punte.annual_plans.checks.naming import lei, listed, rows_of
from punte.annual_plans.checks.remark import Comparison, Mismatch, Weight
from punte.annual_plans.checks.rule import rule
from punte.annual_plans.checks.subsidies import amounts, shift_in, subsidised
from punte.annual_plans.content import CodedLine, NewServiceLine, PlanContent, ServiceLine
from punte.annual_plans.enums import Section
from punte.directory.enums import ServiceMode
from punte.directory.reference.printed_name import mode_of

_CODED = (Section.EXISTING, Section.PROPOSED, Section.ELIGIBLE, Section.SUBSIDIES)
_DIGIT = re.compile(r"\d")
_TOLD_APART = (ServiceMode.RESIDENTIAL, ServiceMode.DAY, ServiceMode.HOME, ServiceMode.MOBILE)
_SPACES = re.compile(r"\s+")


def _coded(content: PlanContent) -> Iterator[CodedLine]:
    for section in _CODED:
        yield from content.rows.get(section.value, ())  # type: ignore[misc]


def _looks_like_code(line: CodedLine) -> bool:
    return bool(_DIGIT.search(line.code_printed))


@rule("code_missing", pgettext_lazy("plan check", "No service code"), Weight.ERROR)
def code_missing(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """Rows that need a code and have none."""
    shift = shift_in(content)
    for line in _coded(content):
        if line.code or line.code_printed or (shift and line == shift.last):
            continue
        local = getattr(line, "local", None)
        if local:
            yield Mismatch(
                line,
                _("The row has no service code, although %(amount)s are asked for it.")
                % {"amount": lei(local)},
            )
        else:
            yield Mismatch(line, _("The row has no service code."))


@rule("code_misspelt", pgettext_lazy("plan check", "Misspelt code"), Weight.ERROR)
def code_misspelt(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """Codes printed otherwise than the nomenclature writes them, beyond spaces."""
    for line in _coded(content):
        if line.code and _looks_like_code(line) and _tight(line.code) != _tight(line.code_printed):
            yield Mismatch(
                line,
                _("The code is printed “%(printed)s”; it is read as the nomenclature writes it, “%(code)s”.")
                % {"printed": line.code_printed, "code": line.code},
            )


@rule("code_spacing", pgettext_lazy("plan check", "Code without its space"), Weight.QUESTION)
def code_spacing(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """Codes that differ from the nomenclature in spaces only, told once for each table."""
    for section in _CODED:
        lines = [
            line
            for line in content.rows.get(section.value, ())
            if isinstance(line, CodedLine)
            and line.code != line.code_printed
            and line.code
            and _tight(line.code) == _tight(line.code_printed)
        ]
        if lines:
            words = _("In rows %(rows)s the code is written without its space, such as “%(printed)s”.")
            yield Mismatch(section.value, words % {"rows": rows_of(lines), "printed": lines[0].code_printed})


@rule("code_unknown", pgettext_lazy("plan check", "Unknown code"), Weight.ERROR)
def code_unknown(content: PlanContent, comparison: Comparison) -> Iterable[Mismatch]:
    """Codes that the nomenclature does not have."""
    for line in _coded(content):
        known = line.code in comparison.codes if line.code else not _looks_like_code(line)
        if not known:
            yield Mismatch(
                line,
                _("The nomenclature has no code “%(code)s”.") % {"code": line.code_printed or line.code},
            )


@rule("cell_shifted", pgettext_lazy("plan check", "Words in the place of a code"), Weight.ERROR)
def cell_shifted(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """A text where the code should be: the cells of the row slid to the right."""
    for line in _coded(content):
        if line.code_printed and not _looks_like_code(line):
            message = _(
                "Where the code should be stands “%(printed)s”: the cells of the row slid one column."
                " From the name of the service the code is %(code)s."
            )
            yield Mismatch(line, message % {"printed": line.code_printed, "code": line.code or "?"})


@rule("code_twice", pgettext_lazy("plan check", "The same code twice"), Weight.ERROR)
def code_twice(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """A code that stands twice in I.D.1 or in I.D.3."""
    for lines in (content.eligible, content.subsidies):
        counted = Counter(line.code for line in lines if line.code)
        seen: set[str] = set()
        for line in lines:
            if counted[line.code] > 1 and line.code in seen:
                yield Mismatch(line, _("The code %(code)s is in the table already.") % {"code": line.code})
            seen.add(line.code)


@rule("code_lists_differ", pgettext_lazy("plan check", "I.D.1 and I.D.3 differ"), Weight.ERROR)
def code_lists_differ(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """Codes that may be subsidised and have no line in the budget, and the other way round."""
    eligible = {line.code for line in content.eligible}
    budgeted = {line.code for line in content.subsidies}
    for one in content.eligible:
        if one.code and one.code not in budgeted:
            yield Mismatch(one, _("The code %(code)s has no line in I.D.3.") % {"code": one.code})
    for other in content.subsidies:
        if other.code and other.code not in eligible:
            message = _("The code %(code)s is not among those that may be subsidised (I.D.1).")
            yield Mismatch(other, message % {"code": other.code})


@rule("code_not_eligible", pgettext_lazy("plan check", "Money for a code not eligible"), Weight.ERROR)
def code_not_eligible(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """A subsidised service whose code may not be subsidised."""
    eligible = {line.code for line in content.eligible}
    for line in subsidised(content) if eligible else ():
        if line.code and line.code not in eligible:
            message = _("%(amount)s are asked for the code %(code)s, which I.D.1 does not let be subsidised.")
            yield Mismatch(line, message % {"amount": lei(line.local or 0), "code": line.code})  # type: ignore[arg-type]


@rule(
    "code_without_provider", pgettext_lazy("plan check", "Money for services nobody gives"), Weight.QUESTION
)
def code_without_provider(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """Codes with an amount in I.D.3 that no existing service has: a provision, told once with its sum."""
    offered = {line.code for line in content.services}
    planned = {line.code for line in content.proposed}
    kept = [(line, amount) for line, amount in amounts(content) if amount and line.code not in offered]
    if not kept:
        return
    message = ngettext(
        "%(amount)s are kept for %(number)s code that no service of I.A has: row %(rows)s.",
        "%(amount)s are kept for %(number)s codes that no service of I.A has: rows %(rows)s.",
        len(kept),
    ) % {
        "amount": lei(sum((amount for _line, amount in kept), Decimal(0))),
        "number": len(kept),
        "rows": rows_of(line for line, _amount in kept),
    }
    if proposed := [line.code for line, _amount in kept if line.code in planned]:
        message += " " + _("Services are proposed in I.B for %(codes)s.") % {"codes": listed(proposed)}
    yield Mismatch(Section.SUBSIDIES.value, message)


@rule("code_outside_list", pgettext_lazy("plan check", "Codes outside the eligible list"), Weight.QUESTION)
def code_outside_list(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """Codes of I.A that I.D.1 does not have, of services that ask for no subsidy; told once."""
    eligible = {line.code for line in content.eligible}
    told = {line.id for line in subsidised(content)}
    found = [
        line for line in content.services if line.code and line.code not in eligible and line.id not in told
    ]
    if eligible and found:
        codes = list(dict.fromkeys(line.code for line in found))
        message = ngettext(
            "I.D.1 does not have the code %(codes)s, used here (rows: %(rows)s).",
            "I.D.1 does not have the codes %(codes)s, used here (rows: %(rows)s).",
            len(codes),
        )
        words = {"codes": listed(codes), "rows": rows_of(found)}
        yield Mismatch(Section.EXISTING.value, message % words)


@rule("code_of_another_kind", pgettext_lazy("plan check", "Code of another kind of service"), Weight.QUESTION)
def code_of_another_kind(content: PlanContent, comparison: Comparison) -> Iterable[Mismatch]:
    """A name that says one way of giving a service (home, day, residential) and a code that says another."""
    lines: tuple[ServiceLine | NewServiceLine, ...] = (*content.services, *content.proposed)
    for line in lines:
        named, coded = mode_of(line.name), comparison.modes.get(line.code)
        if named in _TOLD_APART and coded in _TOLD_APART and named != coded:
            words = _(
                "By its name the service is given otherwise than its code says: %(code)s is “%(name)s”."
            )
            yield Mismatch(line, words % {"code": line.code, "name": comparison.codes[line.code]})


def _tight(code: str) -> str:
    return _SPACES.sub("", code)
