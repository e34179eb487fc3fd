"""A case is opened, by hand or from an assessment."""

import datetime as dt
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import Team, User
from punte.accounts.verbs import verb
from punte.assessments.models import Assessment
from punte.cases.actions.assign_case import require_responsible, require_team, team_of
from punte.cases.actions.refresh_deadlines import refresh_deadlines
from punte.cases.actions.sealing import begin_seal
from punte.cases.enums import Regime
from punte.cases.models import Case, CaseEpisode, CaseNumber, RegimePeriod, Responsibility
from punte.cases.permission import (
    household_for,
    member_of,
    not_in_future,
    of_household,
    required_reason,
)
from punte.cases.refresh import refresh_severity, refresh_sights
from punte.cases.trail import trace
from punte.kernel.errors import DomainError, NotAllowed
from punte.kernel.in_bulk import add
from punte.kernel.numbering import next_number
from punte.kernel.prepared import Prepared
from punte.people.compartments import in_case_team
from punte.people.models import Household, Person
from punte.people.sight import hides_from, is_sealed_in


@verb
def open_case(
    *,
    by: User,
    household: Household,
    regime: str,
    reason: str,
    person: Person | None = None,
    assessment: Assessment | None = None,
    team: Team | None = None,
    responsible: User | None = None,
    opened_on: dt.date | None = None,
    key: UUID | None = None,
) -> Case:
    """Open a case of a household, or of one person of it, in a regime chosen by a professional (R1, R3).

    Args:
        assessment: the one that the regime rests on, where there is one yet.
        team: who shares the case; that of the responsible worker unless given.
        responsible: who answers for it; `by` unless given.
        opened_on: today unless given; never in the future.
        key: the identifier that a device without a signal already gave it.

    Raises:
        NotAllowed: the account may not open cases with the keeper of the household, or does not see it.
        DomainError: a case is already open, the reason is missing, or an argument is of somebody else.
    """
    household = household_for(by, household, Capability.MANAGE_CASE)
    _check(by, household, person, assessment, opened_on)
    keeper = household.keeper
    responsible = responsible or by
    require_responsible(responsible, keeper)
    team = team or team_of(responsible, keeper)
    require_team(team, keeper)
    start = opened_on or timezone.localdate()
    case = Case.objects.create(
        keeper=keeper,
        year=start.year,
        number=next_number(CaseNumber, organization=keeper, year=start.year),
        household=household,
        person=person,
        team=team,
        regime=known_regime(regime),
        responsible=responsible,
        **({"pk": key} if key else {}),
    )
    begin(case, by=by, assessment=assessment, reason=required_reason(reason), start=start)
    refresh_severity(household, [case])
    refresh_sights(household, by=by)
    refresh_deadlines(case)
    trace(by=by, verb="open_case", case=case, reason=reason, changes={"regime": [None, regime]})
    return case


def begin(case: Case, *, by: User, assessment: Assessment | None, reason: str, start: dt.date) -> None:
    """Begin an episode of a case, with its regime and its responsible worker; sealed, where something there is."""
    if not case.sealed and _is_sealed_there(case):
        begin_seal(case, by=by, reason=_("The person or the household was sealed when the case was opened."))
    add(CaseEpisode(case=case, start=start, assessment=assessment, opened_by=by, opening_reason=reason))
    add(RegimePeriod(case=case, regime=case.regime, assessment=assessment, by=by, reason=reason, start=start))
    if case.responsible_id:
        add(Responsibility(case=case, user_id=case.responsible_id, start=start))


def known_regime(regime: str) -> Regime:
    """The regime of that name.

    Raises:
        DomainError: there is none.
    """
    if regime not in Regime.values:
        raise DomainError(_("Choose the regime of the case."), field="regime")
    return Regime(regime)


def refuse_second(household: Household, person: Person | None) -> None:
    """Refuse to have two open cases of one household, or of one person.

    Raises:
        DomainError: one is open; the message names it unless it is sealed, which it does not tell.
    """
    already = _of_person(person=person.pk) if person else _of_all(household=household.pk)
    if not already:
        return
    found = already[0]
    if found.sealed:
        raise DomainError(_cannot_now())
    raise DomainError(_("A case is already open: %(case)s.") % {"case": found})


_of_person = Prepared(lambda person: Case.objects.filter(person=person, open=True)[:1])
_of_all = Prepared(lambda household: Case.objects.filter(household=household, person=None, open=True)[:1])


def refuse_two_open(*people: Person) -> None:
    """Refuse to make one person of two who both have an open case.

    Raises:
        DomainError: the message names the cases unless one is sealed, which it does not tell.
    """
    both = list(Case.objects.filter(person__in=people, open=True).order_by("year", "number"))
    if len(both) < 2:
        return
    if any(case.sealed for case in both):
        raise DomainError(_("These files cannot be joined now. Ask your coordinator."))
    raise DomainError(
        _("Both files have an open case: %(cases)s. Close one of them first, with its reason.")
        % {"cases": ", ".join(map(str, both))}
    )


def require_circle(by: User, household: Household) -> None:
    """Refuse whoever would get into a sealed household, or the circle of a sealed person, by answering for a case.

    Raises:
        NotAllowed: the account is not in the case team there.
    """
    shut = household.sealed or hides_from(by, household)
    if shut and not in_case_team(by, household):
        raise NotAllowed(_cannot_now())


def _cannot_now() -> str:
    """The same words for everything that a sealed case stands behind, open or closed."""
    return _("A case cannot be opened here now. Ask your coordinator.")


def _is_sealed_there(case: Case) -> bool:
    """Whether the household, the person of the case or somebody who lives there is sealed."""
    person = case.person
    of_person = person is not None and person.seals.filter(end=None).exists()
    return of_person or case.household.sealed or is_sealed_in(case.household_id)


def _check(
    by: User,
    household: Household,
    person: Person | None,
    assessment: Assessment | None,
    opened_on: dt.date | None,
) -> None:
    require_circle(by, household)
    member_of(person, household)
    of_household(assessment, household)
    not_in_future(opened_on, field="opened_on")
    refuse_second(household, person)
