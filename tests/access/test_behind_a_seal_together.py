"""What people do together on a sealed case is seen by its circle alone: through every list, count, day and mail.

The same town is asked twice, once with all that hangs on the case (a notification, a conference with its minutes,
decisions and tasks, an observation) and once without: the answers are the same, and so is what is asked of the
database.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Compartment, Role
from punte.accounts.guests import guests
from punte.accounts.models import User, WaitingMail
from punte.cases.actions import open_case, seal_case
from punte.gatherings.actions import (
    call_conference,
    decide,
    give_task,
    put_in_plan,
    write_minutes,
)
from punte.gatherings.actions.attendance import take_attendance
from punte.gatherings.actions.observations import tell_case
from punte.gatherings.actions.series import create_series, enrol, plan_meetings
from punte.gatherings.calendar_file import meetings_of
from punte.notifications.actions import (
    About,
    Notifier,
    Said,
    answer_sought,
    check_notification,
    conclude_check,
    record_notification,
)
from punte.people.models import Person
from punte.www.frame.reminders import reminders
from tests.access.test_behind_a_seal import answered, by
from tests.factories import HouseholdFactory, OrganizationFactory, family, worker
from tests.notifications.town import called

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
WORDS = "Soțul a lovit-o din nou."


class Town:
    """A manager with a family; who is outside: a coordinator, a colleague, an officer, a school."""

    def __init__(self) -> None:
        self.house = OrganizationFactory()
        roles = (Role.CASE_MANAGER, Role.COORDINATOR, Role.SOCIAL_WORKER, Role.DATA_PROTECTION_OFFICER)
        self.manager, self.lead, self.colleague, self.officer = (
            worker(role, organization=self.house) for role in roles
        )
        self.home = HouseholdFactory(keeper=self.house, name="Zambilă")
        mother, child = family(34, 12, household=self.home)
        self.mother, self.child = called(mother, "Zambilă", "Maria"), called(child, "Zambilă", "Ana")
        self.other_home = HouseholdFactory(keeper=self.house, name="Vasilache")
        [self.relative] = family(60, household=self.other_home)
        school = OrganizationFactory(name="Școala Exemplu", kind="school", brought_by=self.house)
        self.teacher = worker(Role.PARTNER, organization=school)
        self.school = school
        self.series = create_series(
            by=self.lead, keeper=self.house, kind="parents_school", title="Părinți", start=TODAY()
        )
        enrol(by=self.lead, series=self.series, people=[self.mother, self.relative], start=TODAY())
        [self.meeting] = plan_meetings(by=self.lead, series=self.series, days=[TODAY()])
        take_attendance(by=self.lead, meeting=self.meeting, marks={self.mother.pk: "present"})

        me = self.manager
        self.case = open_case(by=me, household=self.home, regime="intensive", reason=WORDS)
        seal_case(by=me, case=self.case, reason="Pericol")
        self.case.refresh_from_db()

    def work(self) -> None:
        """All that hangs on the sealed case."""
        me, case = self.manager, self.case
        told = record_notification(
            by=me,
            keeper=self.house,
            said=Said(
                what=WORDS, people=[About("Zambilă Ana", 12)], channel="phone_office", kind="child_abuse"
            ),
            notifier=Notifier(name="Ion Vecin", phone="0744 123 456"),
        ).notification
        check_notification(by=me, notification=told, outcome="visited", text=WORDS)
        abuse = {"physical": "confirmed"}
        conclude_check(by=me, notification=told, result="confirmed", abuse=abuse, text=WORDS)
        answer_sought(by=me, notification=told, ours=True)
        met = call_conference(
            by=me,
            case=case,
            reason="review",
            day=TODAY(),
            subject=WORDS,
            invite=[],
            child_why_not="Nu acum.",
        )
        write_minutes(by=me, meeting=met, revision=0, minutes=WORDS)
        put_in_plan(by=me, decision=decide(by=me, meeting=met, words=WORDS), words=WORDS)
        give_task(by=me, case=case, words=WORDS, user=me, due_on=TODAY())
        tell_case(by=self.lead, meeting=self.meeting, person=self.mother, words=WORDS)


PAGES: dict[str, tuple[tuple[str, dict[str, Any]], ...]] = {
    "lead": (
        ("notifications", {"state": "all"}),
        ("notifications", {"state": "late"}),
        ("abuse_totals", {}),
        ("hotline", {}),
        ("meetings", {"state": "all"}),
        ("tasks", {"whose": "all"}),
        ("my_day", {}),
        ("team_day", {}),
        ("first_pictures", {}),
        ("team_week", {}),
        ("visits_month", {}),
        ("bodies", {}),
        ("group_figures", {}),
        ("supervision_hours", {}),
        ("placements", {}),
    ),
    "colleague": (
        ("notifications", {"state": "all"}),
        ("meetings", {"state": "all"}),
        ("tasks", {"whose": "all"}),
        ("my_day", {}),
        ("first_pictures", {}),
        ("visits_week", {}),
    ),
    "officer": (
        ("privacy", {}),
        ("retention", {}),
        ("subject_requests", {}),
        ("my_day", {}),
        ("first_pictures", {}),
    ),
    "teacher": (
        ("partner_home", {}),
        ("first_pictures", {}),
        ("partner_people", {}),
        ("partner_meetings", {}),
        ("notifications_sent", {}),
        ("my_day", {}),
    ),
}


def read(town: Town) -> dict[str, Any]:
    """What everybody outside is answered, and which mails wait for them."""
    told: dict[str, Any] = {}
    cache.clear()
    for who, pages in PAGES.items():
        client = by(User.objects.get(pk=getattr(town, who).pk))
        for name, sent in pages:
            told[f"{who} {name} {sent}"] = answered(client, reverse(name), **sent)
        if who in ("lead", "colleague"):
            known = {"name_1": "Zambila Ana", "where": "", "phone": "0744 123 456"}
            told[f"{who} matching"] = answered(client, reverse("notification_known"), "post", **known)
            for name, key in (("group", town.series.pk), ("attendance", town.meeting.pk)):
                told[f"{who} {name}"] = answered(client, reverse(name, args=[key]))
            told[f"{who} household"] = answered(client, reverse("household", args=[town.other_home.pk]))
    outside = [town.lead, town.colleague, town.officer, town.teacher]
    for who in (town.lead, town.officer):
        told[f"file {who.pk}"] = _file_of(User.objects.get(pk=who.pk), town.relative)
        told[f"calendar {who.pk}"] = [str(one) for one in meetings_of(User.objects.get(pk=who.pk))]
    told["mails"] = sorted((one.user_id, one.kind) for one in WaitingMail.objects.filter(user__in=outside))
    told["reminders"] = [one.text for one in reminders(TODAY()) if one.user in outside]
    return told


def _file_of(user: User, person: Person) -> list[Any]:
    """What everything that is kept tells of another person."""
    kept = (one for guest in guests() for one in guest.keeps if one.told_to is not None)
    return [one.told_to(user, person, list(Compartment)) for one in kept]  # type: ignore[misc]


def apart(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What is read, with nothing left of it."""
    with transaction.atomic():
        told = work()
        transaction.set_rollback(True)
    return told


def test_no_page_count_or_mail_tells_of_what_is_done_together_on_a_sealed_case() -> None:
    town = Town()

    def with_it() -> dict[str, Any]:
        town.work()
        return read(town)

    apart(lambda: read(town))  # What is read once and kept in memory is read now.
    without, behind = apart(lambda: read(town)), apart(with_it)
    assert without.keys() == behind.keys()
    for page, said in without.items():
        assert behind[page] == said, page
