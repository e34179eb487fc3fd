"""What cases bring to a day: their terms, steps of plans, and the families in whose case team one is."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

from punte.accounts.enums import SEALED_COMPARTMENTS
from punte.accounts.enums import Capability as Can
from punte.accounts.guests import DayLine, Guest, Press, Waiting, Work, cut, who_may
from punte.accounts.models import User
from punte.accounts.standing import Standing
from punte.cases.actions.note_duty_done import KEEPS_DUTIES
from punte.cases.content import deed, rulebook, sentence
from punte.cases.enums import PlanStatus
from punte.cases.guest_terms import GuestTerm, terms_of_guests
from punte.cases.models import Case, CaseDeadline, CaseTeamMember, PlannedService
from punte.cases.own_duties import OwnDuty, duties_of
from punte.cases.seen import cases_seen
from punte.cases.visits import planned_of
from punte.cases.workload import HORIZON, LATER, DueItem, terms_of
from punte.organizations.models import Organization
from punte.people.asked import Asked
from punte.people.compartments import compartments_of_each
from punte.people.sight import hidden_from
from punte.www.frame.addresses import reverse
from punte.www.frame.visits import VisitShown, shown
from punte.www.office.cases.views.approval_lines import WORKS
from punte.www.office.cases.views.lanes import lanes

_VISITS = frozenset({"assessment", "contact"})
_VISITS_SHOWN = 40
_STEPS_READ = 120
_STEPS_SHOWN = 20
_FAMILIES_SHOWN = 10
_DUTIES_SHOWN = 10
_CASES_READ = 40
_DUTIES_DONE_ON = {"quarterly_sheet": "sheets", "ministry_statistics": "sheets", "violence_sheet": "sheets"}
"""Duties that are done on a page of their own, by their rule; the others are noted on the page of the rules."""


def terms(user: User, today: dt.date) -> Waiting:
    """Terms of the cases that the account answers for."""
    found = terms_of(user, today)
    lines = [_term(user, item) for item in [*found.overdue, *found.due, *found.later]]
    return Waiting(lines, found.total - len(lines), reverse("cases") + "?whose=mine")


def _term(user: User, item: DueItem) -> DayLine:
    term = item.deadline
    met_by = _met_by(term)
    names = {"deed": deed(term.rule, term.since), "name": item.case.household.name, "number": item.case}
    if item.case.sealed:
        what = _("%(deed)s, case %(number)s") % names
    elif met_by & _VISITS:
        what = _("%(deed)s to the %(name)s household") % names
    else:
        what = _("%(deed)s, the %(name)s household") % names
    place = "" if item.case.sealed else item.case.household.locality
    return DayLine(
        what=what,
        url=_where(user, term, met_by),
        whose=_called(item.case),
        why=_joined([item.text, place]),
        when=term.due_on,
        hour=timezone.localtime(term.due_at).time() if term.due_at else None,
        deed=_towards(user, item.case, met_by),
    )


def _where(user: User, term: CaseDeadline, met_by: frozenset[str]) -> str:
    """Where a term is dealt with: of a referral without an answer, beside the ways to get one."""
    if "referral_answered" in met_by and term.subject and user.standing.may(Can.REFER):
        return reverse("case_referral_sent", args=[term.case_id, term.subject])
    return reverse("case", args=[term.case_id])


def guest_terms(user: User, today: dt.date) -> Waiting:
    """Terms that come of what other rooms know of these cases, as far as the account reads there."""
    return Waiting([_of_guest(user, one) for one in terms_of_guests(user, today + LATER)])


def _of_guest(user: User, one: GuestTerm) -> DayLine:
    term, case = one.deadline, one.deadline.case
    names = {"deed": deed(term.rule, term.since), "name": case.household.name, "number": case}
    if one.discreet:
        what = _("A term, case %(number)s") % names
    elif case.sealed:
        what = _("%(deed)s, case %(number)s") % names
    else:
        what = _("%(deed)s, the %(name)s household") % names
    return DayLine(
        what=what,
        url=reverse("case", args=[case.pk]),
        whose=_called(case),
        why="" if one.discreet else sentence(term.rule, term.since),
        when=term.due_on,
        hour=timezone.localtime(term.due_at).time() if term.due_at else None,
        deed=_note_what_was_done(user, case),
    )


def own_duties(user: User, today: dt.date) -> Waiting:
    """What the calendar asks of the institutions for which the account plans."""
    planned = Organization.objects.filter(pk__in=user.standing.organizations(KEEPS_DUTIES))
    lines = [_own_duty(one) for one in duties_of(list(planned.order_by("name")), today)]
    return cut(lines, at=_DUTIES_SHOWN, all_at=reverse("term_rules"))


def _own_duty(one: OwnDuty) -> DayLine:
    words, language = one.rule, (get_language() or "ro")[:2]
    what = words.deed.get(language) or words.text.get(language) or words.text["ro"]
    return DayLine(
        what=what,
        url=reverse(_DUTIES_DONE_ON.get(one.rule.key, "term_rules")),
        whose=what,
        why=_joined([str(one.organization), words.source]),
        when=one.due.due_on,
    )


def _towards(user: User, case: Case, met_by: frozenset[str]) -> Press | None:
    """What a term asks for: to assess, or to see the family, for which one plans a visit."""
    if "assessment" in met_by and "contact" not in met_by and user.standing.may(Can.ASSESS):
        return Press(_("Assess"), reverse("assess", args=[case.household_id]))
    if met_by & _VISITS and user.standing.may(Can.INTERVENE, case.keeper_id):
        return Press(pgettext("visit", "Plan"), reverse("case_visit", args=[case.pk]))
    return None


def _met_by(term: CaseDeadline) -> frozenset[str]:
    rule = rulebook().rule(term.rule, on=timezone.localdate(term.since))
    return rule.met_by if rule else frozenset()


def steps(user: User, today: dt.date) -> Waiting:
    """Steps given to the account in plans in force, in whatever case it sees; an objective a line."""
    given = _given_steps(user)
    by_objective: dict[UUID, list[Any]] = {}
    for step in readable_steps(user, given):
        by_objective.setdefault(step.objective_id, []).append(step)
    shown = list(by_objective.values())[:_STEPS_SHOWN]
    # Beyond what is read at once the steps are only counted.
    unread = _open_steps(user).count() - len(given) if len(given) == _STEPS_READ else 0
    more = len(by_objective) - len(shown) + unread
    return Waiting([_step(user, of) for of in shown], more, reverse("cases") + "?whose=all")


def _open_steps(user: User) -> Any:
    return PlannedService.objects.filter(
        worker=user,
        done_on=None,
        objective__plan__status=PlanStatus.ADOPTED,
        objective__plan__case__open=True,
        objective__later=False,
    )


_OF_CASES = ("keeper", "year", "number", "sealed")
_OF_HOMES = ("keeper", "name", "sealed")
_OF_PEOPLE = ("family_name", "given_name", "birth_date")
_given_steps = Asked(
    lambda user: (
        _open_steps(user)
        .select_related("objective__plan__case__household", "objective__person")
        .only(
            *("text", "due_on", "objective__text", "objective__compartment"),
            *(f"objective__plan__case__{name}" for name in _OF_CASES),
            *(f"objective__plan__case__household__{name}" for name in _OF_HOMES),
            *(f"objective__person__{name}" for name in _OF_PEOPLE),
        )
        .order_by(F("due_on").asc(nulls_last=True), "objective", "position")[:_STEPS_READ]
    )
)


def readable_steps(user: User, given: list[Any]) -> list[Any]:
    """Of the steps, those of cases that the account sees, in the parts of the record that it reads."""
    if not given:
        return []
    # Asked by the few cases that are meant: a join against all that one sees grows with the register.
    cases = {step.objective.plan.case_id for step in given}
    seen = cases_seen(user, cases)
    homes = {step.objective.plan.case.household_id: step.objective.plan.case.household for step in given}
    reads = compartments_of_each(user, list(homes.values()))
    return [
        step
        for step in given
        if step.objective.plan.case_id in seen
        and step.objective.compartment in reads[step.objective.plan.case.household_id]
    ]


def _step(user: User, steps_of_one: list[Any]) -> DayLine:
    first = steps_of_one[0]
    objective, case = first.objective, first.objective.plan.case
    others = len(steps_of_one) - 1
    # A day is read over the shoulder: of violence and abuse it says nothing, in whatever case.
    if case.sealed or objective.compartment in SEALED_COMPARTMENTS:
        what, why = _("Step of the plan, case %(number)s") % {"number": case}, ""
    else:
        what = _("%(deed)s, the %(name)s household") % {"deed": first.text, "name": case.household.name}
        whom = str(objective.person) if _may_be_named(user, objective) else ""
        why = _joined([objective.text, whom, _and_others(others)])
    return DayLine(
        what=what,
        url=reverse("case_plan", args=[case.pk]),
        whose=_called(case),
        why=why,
        when=first.due_on,
        deed=_note_what_was_done(user, case, step=str(first.pk)),
    )


def _may_be_named(user: User, objective: Any) -> bool:
    return objective.person_id is not None and objective.person_id not in hidden_from(user).people


def _and_others(steps: int) -> str:
    return ngettext("and %(n)s step more", "and %(n)s steps more", steps) % {"n": steps} if steps else ""


def families(user: User, today: dt.date) -> Waiting:
    """Cases in whose team the account works and for which somebody else answers, those with the soonest term first."""
    parts = {row.case_id: row.part for row in _member_of(user)}
    if not parts:
        return Waiting()
    seen = Case.objects.visible_to(user).filter(pk__in=parts).select_related("household", "responsible")
    found = list(seen.order_by(F("due_on").asc(nulls_last=True), "-year", "-number"))
    lines = [_family(user, case, parts[case.pk]) for case in found[:_FAMILIES_SHOWN]]
    return Waiting(lines, len(found) - len(lines), reverse("cases") + "?whose=all")


_member_of = Asked(
    lambda user: (
        CaseTeamMember.objects.current().filter(user=user, case__open=True).exclude(case__responsible=user)
    )
)


def _family(user: User, case: Case, part: str) -> DayLine:
    answers = _("%(name)s answers for the case") % {"name": case.responsible} if case.responsible else ""
    if case.sealed:
        return DayLine(
            what=_("You work in case %(number)s") % {"number": case},
            url=reverse("case", args=[case.pk]),
            whose=_called(case),
            deed=_note_what_was_done(user, case),
        )
    return DayLine(
        what=_("You work with the %(name)s household") % {"name": case.household.name},
        url=reverse("case", args=[case.pk]),
        whose=_called(case),
        why=_joined([part, answers]),
        deed=_note_what_was_done(user, case),
    )


def to_follow(user: User, today: dt.date) -> Waiting:
    """The visits that come next in the cases of one's teams, for who learns and does nothing there alone."""
    teams = user.standing.teams(Can.SEE_TEAM_CASES)
    soon = Case.objects.visible_to(user).filter(open=True, sealed=False, team__in=teams)
    cases = {
        case.pk: case
        for case in soon.filter(due_on__lte=today + HORIZON)
        .select_related("household", "responsible")
        .order_by("due_on", "pk")[:_CASES_READ]
    }
    standing = CaseDeadline.objects.not_met().filter(case__in=list(cases), due_on__lte=today + HORIZON)
    visits = [term for term in standing.order_by("due_on", "rule", "pk") if _met_by(term) & _VISITS]
    lines = [_to_accompany(term, cases[term.case_id]) for term in visits[:_FAMILIES_SHOWN]]
    return Waiting(lines, len(visits) - len(lines), reverse("cases") + "?whose=team")


def _to_accompany(term: CaseDeadline, case: Case) -> DayLine:
    names = {"deed": deed(term.rule, term.since), "name": case.household.name}
    return DayLine(
        what=_("To accompany: %(deed)s, the %(name)s household") % names,
        url=reverse("case", args=[case.pk]),
        whose=case.household.name,
        why=_("Ask %(name)s, who answers for the case") % {"name": case.responsible}
        if case.responsible
        else "",
        when=term.due_on,
    )


def _learns(standing: Standing) -> bool:
    return standing.may(Can.SEE_TEAM_CASES) and not standing.may(Can.INTERVENE)


_BACK = "&back=my_day"
"""Who notes a deed from the day goes on with the day."""


def _note_what_was_done(user: User, case: Case, *, step: str = "") -> Press | None:
    """Where the form is open, with the step that is done by it."""
    if not user.standing.may(Can.INTERVENE):
        return None
    return Press(_("Note it"), f"{reverse('case_interventions', args=[case.pk])}?step={step}{_BACK}")


def _called(case: Case) -> str:
    return _("case %(number)s") % {"number": case} if case.sealed else case.household.name


def _joined(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)


def visits(user: User, today: dt.date) -> Waiting:
    """The visits that one is to make, with their hours; what is about violence looks like a sealed case."""
    planned = planned_of(user, today + LATER)
    lines = [_visit(row, today) for row in shown(user, planned[:_VISITS_SHOWN])]
    return Waiting(lines, len(planned) - len(lines), reverse("visits_month"))


def _visit(row: VisitShown, today: dt.date) -> DayLine:
    # What is still to come is not noted yet.
    notes = bool(row.record) and row.visit.day <= today
    return DayLine(
        what=row.what,
        url=row.url,
        whose=row.whose,
        why=_joined([row.purpose, row.place]),
        when=row.visit.day,
        hour=row.visit.hour,
        deed=Press(row.called, row.record + (_BACK if row.visit.case else "")) if notes else None,
    )


DAY = Guest(
    "cases",
    lanes=lanes,
    day=(
        *WORKS,
        Work(
            "visits",
            who_may(Can.INTERVENE),
            visits,
            gettext_lazy("visits that you have planned, with their hours"),
            "cases",
            gettext_lazy("Cases"),
        ),
        Work(
            "terms",
            who_may(Can.MANAGE_CASE),
            terms,
            gettext_lazy("terms of the cases that you answer for"),
            "cases",
            gettext_lazy("Cases"),
        ),
        Work(
            "guest_terms",
            who_may(Can.MANAGE_CASE),
            guest_terms,
            gettext_lazy("terms of what the registers say of your cases"),
            "cases",
            gettext_lazy("Cases"),
        ),
        Work(
            "own_duties",
            who_may(KEEPS_DUTIES),
            own_duties,
            gettext_lazy("what the calendar asks of the institution"),
            "term_rules",
            gettext_lazy("Terms and where they come from"),
        ),
        Work(
            "steps",
            who_may(Can.INTERVENE),
            steps,
            gettext_lazy("steps of plans that are given to you"),
            "cases",
            gettext_lazy("Cases"),
        ),
        Work(
            "families",
            who_may(Can.INTERVENE),
            families,
            gettext_lazy("families in whose case team you are"),
            "households",
            gettext_lazy("Households"),
        ),
        Work(
            "to_follow",
            _learns,
            to_follow,
            gettext_lazy("visits of your team at which you can be present"),
            "cases",
            gettext_lazy("Cases"),
        ),
    ),
)
