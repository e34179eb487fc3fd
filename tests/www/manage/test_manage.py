"""Administrators manage the accounts of their own organisation, in the open; the officer sees it."""

import datetime as dt
import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from punte.accounts.actions import appoint, invite
from punte.accounts.enums import Role
from punte.accounts.models import Appointment, Team, TrailEntry, User
from punte.accounts.verbs import record, record_read
from punte.kernel.errors import DomainError, NotAllowed
from punte.organizations.models import Organization
from punte.people.actions import open_in_emergency
from tests.factories import AppointmentFactory, HouseholdFactory, OrganizationFactory, TeamFactory, worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> Organization:
    return OrganizationFactory()


@pytest.fixture
def admin(house: Organization) -> User:
    return worker(Role.ADMINISTRATOR, organization=house)


@pytest.fixture
def as_admin(admin: User) -> Client:
    client = Client()
    client.force_login(admin)
    return client


@pytest.fixture
def as_officer(house: Organization) -> Client:
    client = Client()
    client.force_login(worker(Role.DATA_PROTECTION_OFFICER, organization=house))
    return client


def _signed_in_by_password(person: User) -> Client:
    person.set_password("o-parola-foarte-buna")
    person.save()
    client = Client()
    client.post("/conturi/login/", {"login": person.email, "password": "o-parola-foarte-buna"})
    assert client.get("/cont/").status_code == 200
    return client


def _new(house: Organization, **other: Any) -> dict[str, Any]:
    return {
        "name": "Maria Nouă",
        "email": "maria@exemplu.ro",
        "organization": house.pk,
        "role": Role.SOCIAL_WORKER,
        "start": "2026-01-01",
        **other,
    }


def test_a_new_account_gets_a_link_shown_once_that_sets_the_password(
    as_admin: Client, house: Organization
) -> None:
    made = as_admin.post("/administrare/conturi/nou/", _new(house))
    page = as_admin.get(made.url)
    link = page.context["link"]
    assert link and link in page.content.decode()
    assert not as_admin.get(made.url).context["link"]
    person = Client()
    form = person.get(link, follow=True)
    password = {"password1": "o-parola-foarte-buna", "password2": "o-parola-foarte-buna"}
    assert person.post(form.request["PATH_INFO"], password).status_code == 302
    assert (
        Client()
        .post("/conturi/login/", {"login": "maria@exemplu.ro", "password": "o-parola-foarte-buna"})
        .url
        == "/"
    )
    assert "nu mai este bună" in Client().get(link, follow=True).content.decode()


def test_the_link_is_mailed_where_mail_is_set_and_nowhere_else(
    as_admin: Client, house: Organization, mailoutbox: Any, settings: Any
) -> None:
    made = as_admin.post("/administrare/conturi/nou/", _new(house))
    shown = as_admin.get(made.url)
    [mail] = mailoutbox
    assert mail.to == ["maria@exemplu.ro"] and shown.context["link"] in mail.body
    assert "maria@exemplu.ro" in shown.content.decode() and "Copiază" in shown.content.decode()
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    person = User.objects.get(email="maria@exemplu.ro")
    as_admin.post(f"/administrare/conturi/{person.pk}/parola/")
    assert not as_admin.get(made.url).context["mailed"]
    settings.EMAIL_BACKEND = "a.server.that.is.away"
    as_admin.post(f"/administrare/conturi/{person.pk}/parola/")
    shown = as_admin.get(made.url)
    assert shown.context["link"] and not shown.context["mailed"]


def test_bad_input_makes_nothing_and_is_given_back(
    as_admin: Client, house: Organization, admin: User
) -> None:
    for wrong in (
        {"email": "nu"},
        {"role": "king"},
        {"until": "2025-12-01"},
        {"email": admin.email.upper()},
        {"name": ""},
    ):
        answer = as_admin.post("/administrare/conturi/nou/", _new(house, **wrong))
        assert answer.status_code == 422, wrong
        assert "summary-of-errors" in answer.content.decode()
    assert not User.objects.filter(email="maria@exemplu.ro").exists()


def test_another_organisation_cannot_be_named(as_admin: Client) -> None:
    elsewhere = OrganizationFactory()
    assert as_admin.post("/administrare/conturi/nou/", _new(elsewhere)).status_code == 422
    with pytest.raises(NotAllowed):
        invite(
            by=worker(Role.ADMINISTRATOR),
            organization=elsewhere,
            email="a@exemplu.ro",
            name="A",
            role=Role.PLANNER,
            start=dt.date(2026, 1, 1),
        )


def test_a_team_of_another_organisation_is_refused(admin: User, house: Organization) -> None:
    with pytest.raises(DomainError, match="alt"):
        appoint(
            by=admin,
            user=admin,
            organization=house,
            role=Role.TRAINEE,
            team=TeamFactory(),
            start=dt.date(2026, 1, 1),
        )


def test_a_role_is_held_once_at_a_time(as_admin: Client, house: Organization) -> None:
    person = worker(Role.TRAINEE, organization=house)
    sent = {"organization": house.pk, "role": Role.TRAINEE, "start": "2026-03-01"}
    assert as_admin.post(f"/administrare/conturi/{person.pk}/numire/", sent).status_code == 422
    assert (
        as_admin.post(f"/administrare/conturi/{person.pk}/numire/", {**sent, "role": "partner"}).status_code
        == 302
    )


def test_a_role_ends_after_its_last_day(as_admin: Client, house: Organization) -> None:
    person = worker(Role.SOCIAL_WORKER, organization=house)
    appointment = person.appointments.get()
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    as_admin.post(f"/administrare/numiri/{appointment.pk}/incetare/", {"until": yesterday.isoformat()})
    assert not User.objects.get(pk=person.pk).standing.posts


def test_an_administrator_cannot_end_or_close_themselves(as_admin: Client, admin: User) -> None:
    own = admin.appointments.get()
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    assert as_admin.post(f"/administrare/numiri/{own.pk}/incetare/", {"until": yesterday}).status_code == 422
    assert as_admin.post(f"/administrare/conturi/{admin.pk}/inchide/", {"reason": "x"}).status_code == 422
    admin.refresh_from_db()
    assert admin.is_active


def test_closing_ends_the_sessions_and_opening_lets_in_again(as_admin: Client, house: Organization) -> None:
    person = worker(Role.PLANNER, organization=house)
    theirs = _signed_in_by_password(person)
    before = Session.objects.count()
    assert as_admin.post(f"/administrare/conturi/{person.pk}/inchide/", {"reason": ""}).status_code == 422
    as_admin.post(f"/administrare/conturi/{person.pk}/inchide/", {"reason": "A plecat"})
    assert Session.objects.count() < before
    assert theirs.get("/cont/").status_code == 302
    as_admin.post(f"/administrare/conturi/{person.pk}/deschide/")
    person.refresh_from_db()
    assert person.is_active


def test_resetting_the_second_step_forgets_it_and_signs_out(as_admin: Client, house: Organization) -> None:
    person = worker(Role.COMMUNITY_NURSE, organization=house)
    theirs = _signed_in_by_password(person)
    TOTP.activate(person, generate_totp_secret())
    as_admin.post(f"/administrare/conturi/{person.pk}/al-doilea-pas/", {"reason": "A pierdut telefonul"})
    assert not Authenticator.objects.filter(user=person).exists()
    assert theirs.get("/cont/").status_code == 302


def test_an_account_shared_with_another_organisation_cannot_be_taken_over(
    as_admin: Client, house: Organization
) -> None:
    person = worker(Role.SOCIAL_WORKER, organization=house)
    AppointmentFactory(user=person, role=Role.TRAINEE)
    for door in ("parola", "inchide", "al-doilea-pas", "deschide"):
        as_admin.post(f"/administrare/conturi/{person.pk}/{door}/", {"reason": "vreau"})
    person.refresh_from_db()
    page = as_admin.get(f"/administrare/conturi/{person.pk}/")
    assert person.is_active and not page.context["link"]
    assert not TrailEntry.objects.filter(subject=person.pk).exists()


def test_teams_are_made_and_renamed_once_each(as_admin: Client, house: Organization) -> None:
    assert (
        as_admin.post("/administrare/echipe/", {"organization": house.pk, "name": "Nord"}).status_code == 302
    )
    assert (
        as_admin.post("/administrare/echipe/", {"organization": house.pk, "name": "nord"}).status_code == 422
    )
    team = Team.objects.get()
    assert as_admin.post(f"/administrare/echipe/{team.pk}/", {"name": "Sud"}).status_code == 302
    team.refresh_from_db()
    assert team.name == "Sud"
    assert as_admin.get(f"/administrare/echipe/{TeamFactory().pk}/").status_code == 404


def test_a_role_given_to_oneself_is_shown_to_the_officer(
    as_admin: Client, admin: User, as_officer: Client
) -> None:
    sent = {
        "organization": admin.appointments.get().organization_id,
        "role": "social_worker",
        "start": "2026-01-01",
    }
    assert as_admin.post(f"/administrare/conturi/{admin.pk}/numire/", sent).status_code == 302
    page = as_officer.get("/administrare/urgente/").content.decode()
    assert admin.name in page and "și-a dat singur un rol" in page


def test_the_list_of_accounts_costs_the_same_for_many(
    as_admin: Client, house: Organization, pinned: Any
) -> None:
    for _ in range(30):
        worker(organization=house, team=TeamFactory(organization=house))
    as_admin.get("/administrare/conturi/")
    page = pinned(as_admin.get, "/administrare/conturi/?q=ioana")
    assert len(page.context["rows"]) >= 30


class TestTrail:
    def test_is_narrowed_by_who_when_what_and_whose(self, as_officer: Client, house: Organization) -> None:
        one, other = worker(organization=house), worker(organization=house)
        mine, theirs = HouseholdFactory(keeper=house), HouseholdFactory(keeper=house)
        record_read(by=one, what="household", keeper=house.pk, household=mine.pk)
        record(by=other, verb="change_household", keeper=house.pk, household=theirs.pk)
        assert len(self._lines(as_officer)) == 2
        assert self._lines(as_officer, actor=one.pk)[0]["household"] == mine.pk
        assert self._lines(as_officer, verb="change_household")[0]["actor"] == other
        assert len(self._lines(as_officer, household=mine.pk)) == 1
        today = timezone.localdate()
        assert len(self._lines(as_officer, since=today, until=today)) == 2
        assert not self._lines(as_officer, until=today - dt.timedelta(days=1))

    def test_a_sealed_line_tells_only_who_and_when(self, as_officer: Client, house: Organization) -> None:
        household = HouseholdFactory(keeper=house)
        by = worker(organization=house)
        record(by=by, verb="seal_case", keeper=house.pk, household=household.pk, sealed=True, reason="bătută")
        page = as_officer.get("/administrare/jurnal/").content.decode()
        assert by.name in page and "dosar sigilat" in page
        assert str(household.pk) not in page and "bătută" not in page
        assert not self._lines(as_officer, household=household.pk)
        assert not self._lines(as_officer, verb="seal_case")

    def test_stays_within_the_organisation(self, as_officer: Client) -> None:
        elsewhere = OrganizationFactory()
        stranger = worker(organization=elsewhere)
        record_read(
            by=stranger,
            what="household",
            keeper=elsewhere.pk,
            household=HouseholdFactory(keeper=elsewhere).pk,
        )
        assert not self._lines(as_officer)
        assert as_officer.get("/administrare/jurnal/", {"actor": stranger.pk}).status_code == 422

    def test_nonsense_in_the_filters_is_refused(self, as_officer: Client) -> None:
        for wrong in ({"since": "ieri"}, {"household": "x"}, {"verb": "nothing"}):
            assert as_officer.get("/administrare/jurnal/", wrong).status_code == 422
        for mark in ("x", "2026-13-45T00:00:00_1", "_", "2026-01-01T00:00:00_99999999999999999999"):
            assert as_officer.get("/administrare/jurnal/", {"after": mark}).status_code == 200

    def test_older_lines_follow_without_a_gap(
        self, as_officer: Client, house: Organization, pinned: Any
    ) -> None:
        by = worker(organization=house)
        for _ in range(130):
            record_read(by=by, what="household", keeper=house.pk)
        as_officer.get("/administrare/jurnal/")
        first = pinned(as_officer.get, "/administrare/jurnal/")
        second = as_officer.get(f"/administrare/jurnal/?{first.context['older']}")
        assert (len(first.context["lines"]), len(second.context["lines"])) == (100, 30)
        assert not second.context["older"]

    def _lines(self, client: Client, **sought: Any) -> list[dict[str, Any]]:
        return client.get("/administrare/jurnal/", sought).context["lines"]


def test_emergency_openings_are_seen_and_marked(as_officer: Client, house: Organization) -> None:
    household = HouseholdFactory(keeper=house)
    sight = open_in_emergency(by=worker(organization=house), household=household, reason="Copil singur acasă")
    assert "Copil singur acasă" in as_officer.get("/administrare/urgente/").content.decode()
    assert as_officer.post(f"/administrare/urgente/{sight.pk}/").status_code == 302
    sight.refresh_from_db()
    assert sight.seen_by_officer_at is not None
    stranger = Client()
    stranger.force_login(worker(Role.DATA_PROTECTION_OFFICER))
    assert stranger.post(f"/administrare/urgente/{sight.pk}/").status_code == 404


def test_the_methodology_is_read_in_words() -> None:
    client = Client()
    client.force_login(worker(Role.COUNTY_METHODOLOGIST))
    page = client.get("/metodologie/").content.decode()
    assert "VLP_01" in page and "severă" in page and "{" not in page.split("<main")[1].split("<code>")[0]


def test_a_score_is_read_with_its_bands_as_a_proposal() -> None:
    client = Client()
    client.force_login(worker(Role.COUNTY_METHODOLOGIST))
    page = client.get("/metodologie/").content.decode()
    score = page.split('id="older_person-s-dependency"')[1].split("</li>")[0]
    assert "Gradul IIB" in score and "propunere" in score and "Se spală" in score
    assert "nu îl citește nicio regulă" not in page


def test_the_methodology_has_contents_and_is_searched_without_diacritics() -> None:
    client = Client()
    client.force_login(worker(Role.COUNTY_METHODOLOGIST))
    page = client.get("/metodologie/").content.decode()
    anchors = set(re.findall(r'id="(sci-[^"]+)"', page))
    led_to = set(re.findall(r'href="#(sci-[^"]+)"', page))
    assert {"sci-q-member", "sci-d-health", "sci-o"} <= led_to <= anchors
    for sought, anchor in (
        ("MEDIC de familie", "sci-q-family_doctor"),
        ("vlp_01", "sci-r-VLP_01"),
        ("plan de siguranta", "sci-o-safety"),
    ):
        found = client.get("/metodologie/", {"cauta": sought})
        assert anchor in {entry.anchor for entry in found.context["found"]}
        assert f'href="#{anchor}"' in found.content.decode().split("<main")[1].split("<dl>")[0]
    assert client.get("/metodologie/", {"cauta": "zzzz"}).context["found"] == []
    assert client.get("/metodologie/", {"cauta": "\0 ?!"}).context["found"] == []


def test_current_appointments_only_count_today(house: Organization) -> None:
    ended = worker(Role.ADMINISTRATOR, organization=house)
    Appointment.objects.filter(user=ended).update(end=timezone.localdate())
    client = Client()
    client.force_login(ended)
    assert client.get("/administrare/conturi/").status_code == 403
