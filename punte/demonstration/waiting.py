"""Invented waiting lists: older people and families who wait for a place in the fullest services of the town."""

from punte.cases.models import Case
from punte.demonstration.staff import Keeper
from punte.directory.queries import services_with_places
from punte.people.models import Membership
from punte.waiting.actions import put_on_list

_SERVICES, _EACH, _AFTER = 2, 3, 10
_DECLARED = (("nowhere", "disability"), ("alone",), ("care", "alone"), ("income",), (), ("disability",))


def write_waiting(*, city: Keeper) -> None:
    """Put people of cases that are not sealed on two lists, by the verb that their workers use."""
    full = (
        services_with_places(["8730"])
        .filter(free__isnull=False)
        .order_by("free", "folded_name", "pk")[:_SERVICES]
    )
    cases = Case.objects.filter(
        keeper=city.organization, open=True, sealed=False, responsible__isnull=False, person=None
    ).exclude(household__memberships__person__seals__isnull=False)
    chosen = cases.select_related("responsible", "household").order_by("year", "number")
    lists = [service for service in full for _ in range(_EACH)]
    for service, case, declared in zip(lists, chosen[_AFTER : _AFTER + len(lists)], _DECLARED, strict=False):
        living = Membership.objects.current().filter(household=case.household_id).select_related("person")
        lived = living.order_by("person__birth_date", "pk").first()
        if lived is not None and case.responsible is not None:
            put_on_list(
                by=case.responsible, case=case, person=lived.person, service=service, declared=declared
            )
