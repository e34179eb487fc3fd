"""Institutions that are brought in: who makes their accounts, who answers there, which communities there are."""

import datetime as dt

import pytest
from django.utils import timezone

from punte.accounts.actions import (
    add_contact,
    appoint,
    bring_in_institution,
    change_institution,
    end_contact,
    invite,
)
from punte.accounts.enums import Capability, Role
from punte.accounts.models import User
from punte.accounts.queries import accounts_managed_by, contacts_seen_by, institutions_kept_by
from punte.kernel.errors import DomainError, NotAllowed
from punte.organizations.enums import OrganizationKind
from punte.organizations.models import Organization
from tests.factories import OrganizationFactory, worker

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def hall() -> Organization:
    made: Organization = OrganizationFactory()
    return made


@pytest.fixture
def administrator(hall: Organization) -> User:
    return worker(Role.ADMINISTRATOR, organization=hall)


def school_of(hall: Organization, by: User, name: str = "Școala Gimnazială Nr. 1") -> Organization:
    given = {"name": name, "kind": OrganizationKind.SCHOOL, "uat": hall.uat, "phone": "0264 555 010"}
    return bring_in_institution(by=by, organization=hall, given=given)


def partner_of(school: Organization, by: User) -> User:
    return invite(
        by=by,
        email="director@scoala.example",
        name="Lavinia Pașca",
        organization=school,
        role=Role.PARTNER,
        start=timezone.localdate(),
    )


def test_who_brought_it_in_makes_the_accounts_of_partners_there(
    hall: Organization, administrator: User
) -> None:
    school = school_of(hall, administrator)
    again = User.objects.get(pk=administrator.pk)
    partner = partner_of(school, again)
    assert partner in accounts_managed_by(again)
    assert partner.standing.organizations(Capability.ANSWER_REFERRALS) == {school.pk}
    assert again.standing.organizations(Capability.KEEP_DEVICES) == {hall.pk}
    with pytest.raises(DomainError, match="rolurile de partener și de administrator"):
        appoint(by=again, user=partner, organization=school, role=Role.SOCIAL_WORKER, start=TODAY)


def test_who_brought_it_in_has_no_role_there_and_no_account_of_who_works_with_records(
    hall: Organization, administrator: User
) -> None:
    school = school_of(hall, administrator)
    again = User.objects.get(pk=administrator.pk)
    with pytest.raises(DomainError, match="niciun rol"):
        appoint(by=again, user=again, organization=school, role=Role.PARTNER, start=TODAY)
    own = worker(Role.ADMINISTRATOR, organization=school)
    nurse = worker(Role.COMMUNITY_NURSE, organization=school)
    own.appointments.update(end=TODAY)
    nurse.appointments.update(end=TODAY)
    again = User.objects.get(pk=administrator.pk)
    assert nurse not in accounts_managed_by(again)
    with pytest.raises(NotAllowed):
        partner_of(school, again)


def test_an_institution_with_an_administrator_of_its_own_keeps_itself(
    hall: Organization, administrator: User
) -> None:
    school = school_of(hall, administrator)
    own = worker(Role.ADMINISTRATOR, organization=school)
    again = User.objects.get(pk=administrator.pk)
    assert school.pk not in again.standing.organizations(Capability.MANAGE_ACCOUNTS)
    assert not institutions_kept_by(again).filter(pk=school.pk).exists()
    with pytest.raises(NotAllowed):
        partner_of(school, again)
    with pytest.raises(NotAllowed):
        change_institution(by=again, institution=school, given={"phone": "0264 555 099"})
    change_institution(by=own, institution=school, given={"phone": "0264 555 099"})
    assert partner_of(school, own)


def test_others_make_no_accounts_there_and_change_nothing(hall: Organization, administrator: User) -> None:
    school = school_of(hall, administrator)
    stranger = worker(Role.ADMINISTRATOR)
    for deed in (
        lambda: partner_of(school, stranger),
        lambda: change_institution(by=stranger, institution=school, given={"name": "Alta"}),
        lambda: school_of(hall, stranger, "Alta"),
        lambda: school_of(hall, worker(Role.SOCIAL_WORKER, organization=hall), "Alta"),
    ):
        with pytest.raises(NotAllowed):
            deed()


def test_one_of_a_name_in_a_uat_however_it_is_written(hall: Organization, administrator: User) -> None:
    school_of(hall, administrator)
    with pytest.raises(DomainError, match="există deja aici"):
        school_of(hall, administrator, "SCOALA  GIMNAZIALA nr 1")
    other = school_of(hall, administrator, "Școala Nr. 2")
    with pytest.raises(DomainError, match="există deja aici"):
        change_institution(by=administrator, institution=other, given={"name": "Școala gimnazială Nr. 1"})


def test_a_contact_is_the_houses_alone_and_ends(hall: Organization, administrator: User) -> None:
    school = school_of(hall, administrator)
    colleague = worker(Role.SOCIAL_WORKER, organization=hall)
    said = {"duty": "counsellor", "name": "Ioana Moț", "phone": "0264 555 010", "email": "", "remark": ""}
    noted = add_contact(by=colleague, keeper=hall, institution=school, start=TODAY, given=said)
    assert contacts_seen_by(worker(Role.TRAINEE, organization=hall)).get() == noted
    assert not contacts_seen_by(worker(Role.SOCIAL_WORKER)).exists()
    with pytest.raises(NotAllowed):
        end_contact(by=worker(Role.SOCIAL_WORKER), contact=noted, end=TODAY)
    with pytest.raises(DomainError, match="după început"):
        end_contact(by=colleague, contact=noted, end=TODAY - dt.timedelta(days=1))
    end_contact(by=colleague, contact=noted, end=TODAY)
    assert not contacts_seen_by(colleague).on(TODAY).exists()


@pytest.mark.parametrize(
    ("changed", "message"), [({"duty": "dance"}, "de ce răspunde"), ({"phone": ""}, "un telefon sau")]
)
def test_a_contact_that_helps_nobody_is_refused(
    hall: Organization, administrator: User, changed: dict[str, str], message: str
) -> None:
    said = {"duty": "nurse", "name": "", "phone": "0264 555 010", "email": "", "remark": "", **changed}
    with pytest.raises(DomainError, match=message):
        add_contact(by=administrator, keeper=hall, institution=OrganizationFactory(), start=TODAY, given=said)
