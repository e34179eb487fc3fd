"""What goes over with a case that another institution takes: a summary in words, and who may receive it."""

from collections.abc import Collection, Iterator

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from punte.accounts.enums import SEALED_COMPARTMENTS, Compartment
from punte.accounts.models import User
from punte.cases.enums import PlanStatus, Progress
from punte.cases.models import Case, Objective, Transfer
from punte.kernel.prepared import Prepared
from punte.people.asked import Asked
from punte.people.compartments import compartments_of
from punte.people.models import Membership
from punte.people.sight import hidden_from

OPEN_STILL = (Progress.NOT_STARTED, Progress.UNDER_WAY)
LONGEST_SUMMARY = 8_000
LONGEST_LIST = 50


def summary_of(case: Case, by: User) -> str:
    """A first summary of a case for who takes it over, of what the account reads and nothing of violence or abuse.

    It is a paper: in Romanian whatever language the screens speak.
    """
    with override("ro"):
        return "\n".join(_lines(case, by, compartments_of(by, case.household) - SEALED_COMPARTMENTS))


def transfers_to_answer(by: User) -> list[Transfer]:
    """What is offered and the account may answer, the oldest first."""
    return _received(by)


_received = Asked(
    lambda by: (
        Transfer.objects.received_by(by)
        .select_related("case__household", "case__keeper")
        .order_by("created_at", "pk")[:LONGEST_LIST]
    )
)


def transfers_of(case: Case) -> list[Transfer]:
    """The offers of a case, and the one by which it was taken over, the newest first."""
    return _offers(case=case.pk)


_offers = Prepared(
    lambda case: (
        Transfer.objects.filter(Q(case=case) | Q(new_case=case))
        .select_related("organization", "case__keeper")
        .defer("summary")
        .order_by("-created_at", "-pk")[:LONGEST_LIST]
    )
)


def handed_over(case: Case) -> list[Membership]:
    """Who goes over with a case: the person that it is of, or who lives in the household."""
    living = Membership.objects.current().filter(household=case.household_id)
    rows = living.filter(person=case.person_id) if case.person_id else living
    return list(rows.select_related("person").order_by("person__birth_date", "pk"))


def open_objectives(case: Case, compartments: Collection[Compartment]) -> list[Objective]:
    """What the plan in force still aims at, within some compartments."""
    rows = Objective.objects.filter(
        plan__case=case,
        plan__status=PlanStatus.ADOPTED,
        progress__in=OPEN_STILL,
        compartment__in=compartments,
    )
    return list(rows.select_related("person").prefetch_related("steps").order_by("position", "pk"))


def _lines(case: Case, by: User, compartments: Collection[Compartment]) -> Iterator[str]:
    begun = case.episodes.order_by("start").first()
    opened = f"{begun.start:%d.%m.%Y}" if begun else ""
    yield _("Case %(case)s, opened on %(day)s, %(regime)s.") % {
        "case": case,
        "day": opened,
        "regime": str(case.get_regime_display()).lower(),
    }
    yield _("People:")
    hidden = hidden_from(by)
    for lived in handed_over(case):
        if lived.person_id not in hidden.people_in(case.household_id):
            age = lived.person.age_on()
            years = (
                ngettext(", %(age)s year", ", %(age)s years", age) % {"age": age} if age is not None else ""
            )
            yield f"- {lived.person}{years}, {lived.get_relation_display()}"
    aims = open_objectives(case, compartments)
    if aims:
        yield _("What the plan still aims at:")
    for aim in aims:
        whose = f" ({aim.person})" if aim.person else ""
        yield f"- {aim.text}{whose}: {str(aim.get_progress_display()).lower()}"
    sent = case.referrals.select_related("service", "organization", "person", "step__objective")
    told = [one for one in sent.order_by("sent_at", "pk") if not one.tells_of_violence]
    if told:
        yield _("Where they were referred:")
    for one in told:
        yield f"- {one.person}: {one.service or one.organization}, {str(one.get_status_display()).lower()}"
