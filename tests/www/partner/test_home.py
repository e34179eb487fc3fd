"""A partner's first page: what waits, what was shared with the institution and no more, its own people."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Compartment, Role
from punte.accounts.models import User
from punte.cases.actions import begin_sharing, revoke_sharing, seal_case
from punte.cases.models import Objective, Plan
from punte.people.models import Sharing
from tests.cases.conftest import make_day_centre, make_town
from tests.cases.test_referrals import referred
from tests.cases.two_keepers import WHAT, Keepers, in_days, two_keepers
from tests.factories import AppointmentFactory, OrganizationFactory, worker
from tests.www.partner.conftest import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def both() -> Keepers:
    return two_keepers()


def shared(both: Keepers, school: Any, **said: Any) -> Sharing:
    given = {**WHAT, "until": in_days(9), "ground": "public_task", **said}
    return begin_sharing(by=both.keeper, household=both.kept, organization=school, **given)


def page(user: User, name: str, *args: Any) -> str:
    answer = sign_in(user).get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_signing_in_leads_a_partner_there_and_the_menu_has_no_second_day() -> None:
    client = sign_in(worker(Role.PARTNER))
    assert client.get("/").url == reverse("partner_home")
    assert f'href="{reverse("my_day")}"' not in client.get(reverse("partner_home")).content.decode()


def test_who_waits_for_an_answer_stands_before_what_is_late_of_a_service() -> None:
    town = make_town()
    centre = make_day_centre()
    centre.service.confirmed_on = None
    centre.service.save()
    sent = referred(town, centre)
    told = page(User.objects.get(pk=centre.partner.pk), "partner_home")
    answer, upkeep = (
        told.find(reverse(name, args=[row.pk]))
        for name, row in (("referral_received", sent), ("own_service", centre.service))
    )
    assert 0 < answer < upkeep


def test_a_partner_reads_the_parts_that_were_granted_and_nothing_of_violence(both: Keepers) -> None:
    school = OrganizationFactory(kind="school")
    teacher = worker(Role.PARTNER, organization=school)
    plan = Plan.objects.create(case=both.case, version=1, status="adopted", by=both.keeper)
    Objective.objects.create(plan=plan, text="Vine la meditații")
    for part in (Compartment.VIOLENCE, Compartment.HEALTH):
        Objective.objects.create(plan=plan, text=f"Despre {part}", compartment=part)
    made = shared(both, school, parts=["plan"])
    url = reverse("shared_record", args=[made.pk])
    assert url in page(teacher, "partner_home")
    read = page(teacher, "shared_record", made.pk)
    assert "Vine la meditații" in read
    assert "Despre" not in read
    assert both.kept.memberships.first().person.given_name not in read
    stranger = sign_in(worker(Role.PARTNER))
    assert stranger.get(url).status_code == 404
    assert "Dinu" not in page(worker(Role.PARTNER), "partner_home")


def test_what_is_taken_back_or_sealed_is_not_there(both: Keepers) -> None:
    school = OrganizationFactory(kind="school")
    teacher = worker(Role.PARTNER, organization=school)
    made = shared(both, school)
    revoke_sharing(by=both.keeper, sharing=made, reason="Ajunge")
    assert str(made.pk) not in page(teacher, "partner_home")
    again = shared(both, school)
    assert str(again.pk) in page(teacher, "partner_home")
    seal_case(by=both.keeper, case=both.case, reason="Pericol")
    assert "Dinu" not in page(teacher, "partner_home")
    assert sign_in(teacher).get(reverse("shared_record", args=[again.pk])).status_code == 404


def test_own_people_are_told_apart_from_those_of_others() -> None:
    school = OrganizationFactory()
    teacher = worker(Role.PARTNER, organization=school, name="Ioana Prisăcaru")
    head = worker(Role.PARTNER, organization=school, name="Sorin Bâlteanu")
    AppointmentFactory(user=head, organization=school, role=Role.ADMINISTRATOR)
    gone = worker(Role.PARTNER, organization=school, name="Vlad Plecat")
    gone.appointments.update(end=timezone.localdate() - dt.timedelta(days=1))
    worker(Role.PARTNER, name="Ana Străină")
    told = page(teacher, "partner_people")
    assert "Ioana Prisăcaru" in told and "Sorin Bâlteanu" in told
    assert "Vlad Plecat" not in told and "Ana Străină" not in told
    assert reverse("new_user") not in told
    made = page(User.objects.get(pk=head.pk), "partner_people")
    assert reverse("new_user") in made and reverse("user", args=[teacher.pk]) in made
