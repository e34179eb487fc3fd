"""What the work on cases keeps of somebody, and what a file for their own request tells of it."""

from collections.abc import Collection, Sequence

from django.db.models import Q
from django.utils.translation import pgettext, pgettext_lazy

from punte.accounts.enums import Compartment
from punte.accounts.guests import Told
from punte.accounts.models import User
from punte.cases.models import Case, Referral
from punte.people.keeps import TELLS_OF_OTHERS, day, kept_with_file
from punte.people.models import Membership, Person
from punte.people.sight import hidden_from


def _cases(user: User, person: Person, _compartments: Collection[str]) -> Sequence[Told]:
    """Of the person, and of the household where they live; none that is sealed."""
    hidden = hidden_from(user)
    homes = hidden.beyond(Membership.objects.filter(person=person)).values("household")
    about = Q(person=person) | Q(person=None, household__in=homes)
    rows = Case.objects.filter(about, sealed=False).exclude(household__in=hidden.lodgings)
    states = {True: pgettext("own file", "open"), False: pgettext("own file", "closed")}
    return [
        {
            pgettext("own file", "Case"): str(case),
            pgettext("own file", "Regime"): str(case.get_regime_display()),
            pgettext("own file", "State"): states[case.open],
        }
        for case in rows.order_by("year", "number", "pk")
    ]


def _referrals(user: User, person: Person, compartments: Collection[str]) -> Sequence[Told]:
    if Compartment.GENERAL not in compartments:
        return []
    shown = hidden_from(user).people.get(person.pk)
    rows = Referral.objects.filter(person=person, case__sealed=False).select_related(
        "organization", "service"
    )
    return [
        {
            pgettext("own file", "Sent on"): day(row.sent_at.date()),
            pgettext("own file", "To whom"): str(row.service or row.organization),
            pgettext("own file", "State"): str(row.get_status_display()),
        }
        for row in rows.order_by("sent_at", "pk")
        if shown is None or row.sent_at < shown.sealed_at
    ]


KEEPS = (
    kept_with_file(pgettext_lazy("own file", "Cases"), "cases.Case", told_to=_cases),
    kept_with_file(pgettext_lazy("own file", "Referrals"), "cases.Referral", told_to=_referrals),
    kept_with_file(
        pgettext_lazy("own file", "Plans"), "cases.Plan", "cases.Objective", why_not=TELLS_OF_OTHERS
    ),
    kept_with_file(pgettext_lazy("own file", "Interventions"), "cases.Intervention", why_not=TELLS_OF_OTHERS),
)
