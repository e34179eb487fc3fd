"""Amounts: totals, a table that slid, providers beside the line of their code, cost per place."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from statistics import median

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from punte.annual_plans.checks.naming import lei, listed, name_of, rows_of, services
from punte.annual_plans.checks.remark import Comparison, Mismatch, Weight
from punte.annual_plans.checks.rule import rule
from punte.annual_plans.checks.subsidies import amounts, asked, shift_in, subsidised, total_of
from punte.annual_plans.content import PlanContent, ServiceLine
from punte.annual_plans.enums import Section

_SPREAD = 3 * 1.4826
"""Three standard deviations, estimated from the median absolute deviation."""
_AWAY = 0.25
_PAIR_APART = 2
_A_HALF = 0.5


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
    )


@rule("amount_of_another_code", pgettext_lazy("plan check", "Amount of another code"), Weight.ERROR)
def amount_of_another_code(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """Each row of a table that slid: what it prints, and what is its own."""
    shift = shift_in(content)
    for row, own in shift.moved if shift else ():
        if row.amount is not None and row.amount != own:
            message = _("%(printed)s are printed here; moved back, the code %(code)s has %(own)s.")
            yield Mismatch(row, message % {"printed": lei(row.amount), "code": row.code, "own": lei(own)})


@rule("amount_missing", pgettext_lazy("plan check", "No amount"), Weight.ERROR)
def amount_missing(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """A code of I.D.3 without an amount."""
    shift = shift_in(content)
    for row in content.subsidies:
        if row.code and row.amount is None:
            own = {one.position: amount for one, amount in shift.moved} if shift else {}
            if row.position in own:
                message = _("The row has no amount; moved back from the row below, it has %(own)s.")
                yield Mismatch(row, message % {"own": lei(own[row.position])})
            else:
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


@rule("provider_over_code", pgettext_lazy("plan check", "Provider over the line of its code"), Weight.ERROR)
def provider_over_code(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """A provider that alone asks more than I.D.3 keeps for the whole code; said at its first row."""
    lines = {row.code: amount for row, amount in amounts(content)}
    for code, found in asked(content).items():
        kept = lines.get(code)
        by_provider: dict[str, list[ServiceLine]] = defaultdict(list)
        for line in found:
            by_provider[line.organization or line.provider].append(line)
        for own in by_provider.values():
            wanted = total_of(own)
            if kept is not None and wanted > kept:
                message = _(
                    "%(wanted)s are asked; I.D.3 keeps %(kept)s for all services with the code %(code)s."
                )
                yield Mismatch(own[0], message % {"wanted": lei(wanted), "kept": lei(kept), "code": code})


@rule("code_over_line", pgettext_lazy("plan check", "Services over the line of their code"), Weight.ERROR)
def code_over_line(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """Services of a code that together ask more than I.D.3 keeps for it."""
    wanted = asked(content)
    for row, kept in amounts(content):
        found = wanted.get(row.code, [])
        total = total_of(found)
        if kept is not None and total > kept and len(found) > 1:
            message = _(
                "%(services)s with this code ask %(wanted)s in I.A (rows %(rows)s); %(kept)s are kept."
            )
            words = {
                "services": services(len(found)),
                "wanted": lei(total),
                "rows": rows_of(found),
                "kept": lei(kept),
            }
            yield Mismatch(row, message % words)


@rule("cost_per_place", pgettext_lazy("plan check", "Cost per place out of line"), Weight.QUESTION)
def cost_per_place(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """What a service asks of the local budget for each place, beside the other subsidised services of its code.

    Of three or more, one is out of line when it is away from the median by more than three spreads (median absolute
    deviation, scaled) and by more than a quarter; of two, when the dearer asks twice as much or more.
    """
    groups: dict[str, list[tuple[ServiceLine, float]]] = defaultdict(list)
    for line in subsidised(content):
        if line.code and line.capacity:
            groups[line.code].append((line, float(line.local or 0) / line.capacity))
    for group in groups.values():
        yield from _out_of_line(group)


def _out_of_line(group: list[tuple[ServiceLine, float]]) -> Iterable[Mismatch]:
    if len(group) < 2:
        return
    if len(group) == 2:
        (cheap, low), (dear, high) = sorted(group, key=lambda one: one[1])
        if high >= _PAIR_APART * low:
            message = _(
                "%(cost)s for each of %(capacity)s; the other service with the code %(code)s, %(other)s, %(low)s."
            )
            yield Mismatch(
                dear,
                message
                % {
                    "cost": lei(_round(high)),
                    "capacity": _capacity(dear),
                    "code": dear.code,
                    "other": name_of(cheap),
                    "low": lei(_round(low)),
                },
            )
        return
    for line, cost in group:
        others = [other for one, other in group if one is not line]
        middle = median(others)
        spread = median(abs(other - middle) for other in others)
        if abs(cost - middle) > max(_SPREAD * spread, _AWAY * middle):
            message = _(
                "%(cost)s for each of %(capacity)s; half of the other %(number)s services with the code %(code)s"
                " ask at most %(middle)s."
            )
            words = {
                "cost": lei(_round(cost)),
                "capacity": _capacity(line),
                "number": len(others),
                "code": line.code,
                "middle": lei(_round(middle)),
            }
            yield Mismatch(line, message % words + _would_match(line, middle))


@rule("own_below_subsidy", pgettext_lazy("plan check", "Own service cheaper than a subsidy"), Weight.QUESTION)
def own_below_subsidy(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """An own service, paid whole, that costs less for each place than half of what others get as a subsidy."""
    groups: dict[str, list[float]] = defaultdict(list)
    helped = subsidised(content)
    for line in helped:
        if line.code and line.capacity:
            groups[line.code].append(float(line.local or 0) / line.capacity)
    for line in content.services:
        others = groups.get(line.code)
        if line in helped or not (others and line.local and line.capacity):
            continue
        cost, middle = float(line.local) / line.capacity, median(others)
        if cost < _A_HALF * middle:
            message = _(
                "%(cost)s for each of %(capacity)s; half of the %(number)s subsidised services with the code %(code)s"
                " get at least %(middle)s. Perhaps a digit is missing."
            )
            words = {
                "cost": lei(_round(cost)),
                "capacity": _capacity(line),
                "number": len(others),
                "code": line.code,
                "middle": lei(_round(middle)),
            }
            yield Mismatch(line, message % words)


def _would_match(line: ServiceLine, middle: float) -> str:
    """For how many places the amount would be in line, where that is a round number."""
    places = float(line.local or 0) / middle if middle else 0
    if places and abs(places - round(places)) < 0.005 and round(places) != line.capacity:
        return " " + _("At that cost the amount would be for %(places)s.") % {"places": round(places)}
    return ""


def _capacity(line: ServiceLine) -> str:
    return line.capacity_printed or str(line.capacity)


def _round(amount: float) -> Decimal:
    return Decimal(round(amount))


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
