"""Amounts: totals, a table that slid, providers beside the line of their code."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from punte.annual_plans.checks.naming import lei, listed, rows_of, services
from punte.annual_plans.checks.remark import Comparison, Mismatch, Weight
from punte.annual_plans.checks.rule import rule
from punte.annual_plans.checks.subsidies import Shift, amounts, asked, shift_in, subsidised, total_of
from punte.annual_plans.content import PlanContent, ServiceLine
from punte.annual_plans.enums import Section


@rule("amounts_shifted", pgettext_lazy("plan check", "Amounts slid to the next row"), Weight.ERROR)
def amounts_shifted(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """A code without an amount and, further down, an amount without a code: what lies between slid one row."""
    shift = shift_in(content)
    if shift is None:
        return
    yield Mismatch(
        shift.first,
        _(
            "From row %(first)s to row %(last)s each amount stands one row below its code: row %(first)s has none,"
            " and row %(last)s has %(amount)s without a code. For the %(compared)s codes with services in I.A, the"
            " amounts as printed are on average %(printed)s times away from what the services ask; moved back,"
            " %(moved)s times. The remarks below read them moved back."
        )
        % {
            "first": shift.first.position,
            "last": shift.last.position,
            "amount": lei(shift.last.amount or Decimal(0)),
            "compared": shift.compared,
            "printed": number_format(shift.off_printed, decimal_pos=1),
            "moved": number_format(shift.off_moved, decimal_pos=1),
        },
        tuple(_slid(shift)),
    )


def _slid(shift: Shift) -> Iterable[Mismatch]:
    """Each row that slid: what it prints, and what is its own."""
    for row, own in shift.moved:
        if row.amount is None:
            yield Mismatch(
                row,
                _("The row has no amount; moved back from the row below, it has %(own)s.")
                % {"own": lei(own)},
            )
        elif row.amount != own:
            message = _("%(printed)s are printed here; moved back, the code %(code)s has %(own)s.")
            yield Mismatch(row, message % {"printed": lei(row.amount), "code": row.code, "own": lei(own)})


@rule("amount_missing", pgettext_lazy("plan check", "No amount"), Weight.ERROR)
def amount_missing(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """A code of I.D.3 without an amount."""
    shift = shift_in(content)
    for row in content.subsidies:
        if row.code and row.amount is None and not (shift and row == shift.first):
            yield Mismatch(row, _("The row has no amount."))


@rule("subsidy_total", pgettext_lazy("plan check", "The total does not add up"), Weight.ERROR)
def subsidy_total(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """The amounts of I.D.3 beside the total printed under them."""
    if content.subsidy_budget is None or not content.subsidies:
        return
    total = sum((row.amount or Decimal(0) for row in content.subsidies), Decimal(0))
    if total == content.subsidy_budget:
        return
    without = sum((row.amount or Decimal(0) for row in content.subsidies if row.number), Decimal(0))
    message = _("The rows add up to %(sum)s, the printed total is %(total)s: %(difference)s apart.") % {
        "sum": lei(total),
        "total": lei(content.subsidy_budget),
        "difference": lei(abs(total - content.subsidy_budget)),
    }
    if without == content.subsidy_budget:
        message += " " + _(
            "The numbered rows alone add up to the printed total: the last row was not counted in it."
        )
    yield Mismatch(Section.SUBSIDIES.value, message)


@rule("programme_over_total", pgettext_lazy("plan check", "More asked than there is"), Weight.ERROR)
def programme_over_total(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """What the services of others ask of the local budget in I.A beside the total of I.D.3."""
    lines = subsidised(content)
    wanted = total_of(lines)
    if content.subsidy_budget is not None and wanted > content.subsidy_budget:
        message = _(
            "In I.A %(services)s of other providers ask %(wanted)s of the local budget; the subsidies are %(total)s."
        )
        words = {
            "services": services(len(lines)),
            "wanted": lei(wanted),
            "total": lei(content.subsidy_budget),
        }
        yield Mismatch(Section.SUBSIDIES.value, message % words)


@rule("code_over_line", pgettext_lazy("plan check", "Services over the line of their code"), Weight.ERROR)
def code_over_line(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """Services of a code that ask more than I.D.3 keeps for it; those of a provider that alone does are folded in."""
    wanted = asked(content)
    for row, kept in amounts(content):
        found = wanted.get(row.code, [])
        total = total_of(found)
        if kept is not None and total > kept:
            message = ngettext(
                "%(number)s service with this code asks %(wanted)s in I.A (row %(rows)s); %(kept)s are kept.",
                "%(number)s services with this code ask %(wanted)s in I.A (rows %(rows)s); %(kept)s are kept.",
                len(found),
            )
            words = {
                "number": len(found),
                "wanted": lei(total),
                "rows": rows_of(found),
                "kept": lei(kept),
            }
            yield Mismatch(row, message % words, tuple(_alone_over(row.code, found, kept)))


def _alone_over(code: str, found: list[ServiceLine], kept: Decimal) -> Iterable[Mismatch]:
    """The providers that alone ask more than the code has; each said at its first row."""
    by_provider: dict[str, list[ServiceLine]] = defaultdict(list)
    for line in found:
        by_provider[line.organization or line.provider].append(line)
    for own in by_provider.values():
        wanted = total_of(own)
        if wanted > kept:
            message = _("%(wanted)s are asked; I.D.3 keeps %(kept)s for all services with the code %(code)s.")
            yield Mismatch(own[0], message % {"wanted": lei(wanted), "kept": lei(kept), "code": code})


@rule("no_budget", pgettext_lazy("plan check", "Services without any budget"), Weight.QUESTION)
def no_budget(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """Services for which no source of money is given, told once."""
    lines = [line for line in content.services if not line.total]
    if lines:
        message = _("%(services)s of %(all)s have no budget from any source: rows %(rows)s.")
        words = {"services": services(len(lines)), "all": len(content.services), "rows": rows_of(lines)}
        yield Mismatch(Section.EXISTING.value, message % words)


@rule(
    "contributions_alone", pgettext_lazy("plan check", "Only contributions of beneficiaries"), Weight.QUESTION
)
def contributions_alone(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """An amount only in the column of beneficiaries' contributions: perhaps it belongs to the next column."""
    for line in content.services:
        if line.contributions and line.contributions == line.total:
            message = _(
                "The whole budget, %(amount)s, stands under the contributions of beneficiaries; no other service is"
                " paid by them alone. It may belong to “other sources”, the next column."
            )
            yield Mismatch(line, message % {"amount": lei(line.contributions)})


@rule("cpv_missing", pgettext_lazy("plan check", "No CPV code"), Weight.QUESTION)
def cpv_missing(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """Rows of I.D.3 without a CPV code, told once."""
    lines = [row for row in content.subsidies if row.code and not row.cpv]
    if lines:
        message = _("Ordin 1086/2018 asks for the CPV code beside the service code; rows %(rows)s have none.")
        yield Mismatch(Section.SUBSIDIES.value, message % {"rows": rows_of(lines)})


@rule("proposal_incomplete", pgettext_lazy("plan check", "Proposed service not complete"), Weight.ERROR)
def proposal_incomplete(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """A service to establish without what a decision about it needs."""
    for line in content.proposed:
        needed = {
            _("the estimated budget, in lei"): line.total is not None,
            _("the justification"): bool(line.justification),
            _("the area of the building"): line.area is not None,
            _("the capacity"): bool(line.per_day or line.places),
            _("the staff"): bool(line.staff),
        }
        missing = [name for name, given in needed.items() if not given]
        if missing:
            message = _("Missing: %(what)s.") % {"what": listed(missing)}
            if line.total is None and line.budget_words:
                message += " " + _("In the place of the amount stands “%(words)s”.") % {
                    "words": line.budget_words
                }
            yield Mismatch(line, message)


@rule("training_incomplete", pgettext_lazy("plan check", "Training without a number"), Weight.QUESTION)
def training_incomplete(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """Training without an amount or without a number of people."""
    for line in content.training:
        if line.amount is None:
            message = _("No amount is given.")
            if line.budget_words:
                message = _("In the place of the amount stands “%(words)s”.") % {"words": line.budget_words}
            yield Mismatch(line, message)
        elif not line.persons:
            yield Mismatch(line, _("It is not said how many people are trained."))
