"""The demonstration, built in portions so that 100,000 households need no more memory than 400."""

import datetime as dt
import random
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from punte.accounts.models import Appointment
from punte.assessments.packs import current_version, pack_of
from punte.cases.models import Case, Referral
from punte.demonstration.age import write_stories
from punte.demonstration.benefits import write_benefits
from punte.demonstration.devices import carry
from punte.demonstration.dwellings import write_dwellings
from punte.demonstration.emergencies import keep_nights, list_people
from punte.demonstration.filed_documents import fill_files
from punte.demonstration.groups import lead_groups
from punte.demonstration.home import write_homes
from punte.demonstration.keeping import keep_together
from punte.demonstration.meetings import write_meetings
from punte.demonstration.notifications import tell_of_people
from punte.demonstration.older_people import ask_older_people
from punte.demonstration.petitions import residents_write
from punte.demonstration.plans import draft_next_year
from punte.demonstration.privacy import look_after_data
from punte.demonstration.programmes import follow_programmes
from punte.demonstration.protection import protect_children
from punte.demonstration.publication import publish_all
from punte.demonstration.reached import reach_families_and_partners
from punte.demonstration.records import Home, Registry
from punte.demonstration.register_entries import write_entries
from punte.demonstration.returns import write_children_at_risk
from punte.demonstration.services import furnish
from punte.demonstration.staff import PASSWORD, Staff
from punte.demonstration.stories import tell
from punte.demonstration.violence import tell_of_violence
from punte.demonstration.visits import plan_rounds
from punte.demonstration.waiting import write_waiting
from punte.demonstration.work import Caseload
from punte.directory.models import Service
from punte.people.models import Household

PORTION = 1000
ASSESSED, ASSESSED_AGAIN = 0.62, 0.25


def build(*, households: int, seed: int = 2026, say: Callable[[str], None] = lambda _: None) -> None:
    """Fill an empty installation with invented families and a year of work with them.

    Args:
        households: how many; staff and cases grow with them.
        seed: the same number gives the same families, counted from today.
        say: told of the progress, a line at a time.
    """
    chance = random.Random(seed)  # noqa: S311 invented families need no secrecy
    today = timezone.localdate()
    version = current_version("sci")
    with transaction.atomic():
        staff = Staff(chance, today)
        keepers = staff.keepers(households)
        staff.elsewhere()
        services = list(Service.objects.active().filter(code__isnull=False).select_related("provider"))
        partners = staff.partners(
            list({service.provider_id: service.provider for service in services}.values())
        )
        furnish(seed=seed, partners=partners, town=staff.checker(keepers[0].organization))
    registry = Registry(chance, today, version)
    caseload = Caseload(chance, today, pack_of(version), services, partners)
    for done in range(0, households, PORTION):
        count = min(PORTION, households - done)
        with transaction.atomic():
            homes = registry.homes(keepers, count)
            visits = registry.visits(_days(chance, homes, today))
            caseload.follow(list({visit.home.household.pk: visit for visit in visits}.values()))
        say(f"{done + count} / {households}")
    caseload.keep_numbers()
    tell(keepers=keepers, today=today)
    ask_older_people(keepers[0], random.Random(seed), today)  # noqa: S311
    write_entries(city=keepers[0], today=today)
    write_stories(city=keepers[0], today=today)
    tell_of_violence(city=keepers[0], today=today)
    write_dwellings(city=keepers[0], today=today)
    write_homes(city=keepers[0], today=today)
    protect_children(city=keepers[0], today=today)
    write_children_at_risk(keepers=keepers, today=today)
    write_waiting(city=keepers[0])
    write_benefits(city=keepers[0], today=today)
    lead_groups(city=keepers[0], chance=random.Random(seed), today=today)  # noqa: S311
    fill_files(city=keepers[0], today=today)
    keep_together(keepers=keepers, today=today)
    reach_families_and_partners(city=keepers[0], today=today)
    look_after_data(city=keepers[0], today=today)
    carry(keepers[0], timezone.now())
    plan_rounds(random.Random(seed), today)  # noqa: S311
    write_meetings(keeper=keepers[0].organization, chance=random.Random(seed), today=today)  # noqa: S311
    residents_write([keeper.organization for keeper in keepers], random.Random(seed))  # noqa: S311
    tell_of_people(city=keepers[0], partners=list(partners.values())[:6], chance=random.Random(seed))  # noqa: S311
    list_people(city=keepers[0], today=today)
    keep_nights(city=keepers[0], today=today)
    publish_all(keepers[0].organization)
    draft_next_year(keepers[0].organization, staff.checker(keepers[0].organization), today)
    follow_programmes(keepers=keepers, today=today)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # the planner should know what was just filled in


def _days(chance: random.Random, homes: Sequence[Home], today: dt.date) -> list[tuple[Home, dt.date]]:
    """Who was assessed when over the past year, earlier visits first; some homes twice, so that one can compare."""
    last = [
        (home, today - dt.timedelta(days=int(chance.triangular(2, 360, 10) ** 1.25 / 5) + 2))
        for home in homes
        if chance.random() < ASSESSED
    ]
    earlier = [(home, day - dt.timedelta(days=200)) for home, day in last if chance.random() < ASSESSED_AGAIN]
    return [*earlier, *last]


def _count(rows: QuerySet[Any], by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


_cases = _count(Case.objects.filter(responsible=OuterRef("user"), open=True), "responsible")
_referrals = _count(Referral.objects.filter(organization=OuterRef("organization")), "organization")


def is_filled() -> bool:
    """Whether the installation already has households."""
    return Household.objects.exists()


def accounts() -> list[tuple[str, str, str, str]]:
    """E-mail, role, organisation and password of every demonstration account; of each role the busiest first."""
    rows = Appointment.objects.filter(user__demonstration=True).select_related("user", "organization")
    return [
        (row.user.email, row.role, row.organization.name, PASSWORD)
        for row in rows.annotate(cases=_cases, referrals=_referrals).order_by(
            "role", "-cases", "-referrals", "organization__name", "user__email"
        )
    ]
