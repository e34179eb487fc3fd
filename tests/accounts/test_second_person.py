"""Nobody alone lets somebody else into an account that reads about violence, or that answers as second person."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from punte.accounts import second_person
from punte.accounts.actions import (
    ask_second_person,
    change_email,
    end_appointment,
    grant_request,
    grant_with_code,
    refuse_request,
    refuse_with_code,
    reset_second_factor,
    set_password_again,
)
from punte.accounts.enums import Deed, Role
from punte.accounts.models import Appointment, SecondPersonRequest, TrailEntry, User
from punte.accounts.second_person import needs_second_person, to_be_answered_by
from punte.kernel.encryption import is_encrypted
from punte.kernel.errors import DomainError, NotAllowed
from punte.organizations.models import Organization
from punte.www.frame.sign_in import password_path
from tests.factories import OrganizationFactory, worker

pytestmark = [pytest.mark.django_db, pytest.mark.both]
LONG_BEFORE = dt.timedelta(days=30)
REASON = "A pierdut telefonul"
PASSWORD = {"password1": "o-parola-foarte-buna", "password2": "o-parola-foarte-buna"}


@pytest.fixture
def house() -> Organization:
    return OrganizationFactory()


def _of(house: Organization, role: Role, **fields: Any) -> User:
    """Somebody who holds a role for a month."""
    person = worker(role, organization=house, **fields)
    Appointment.objects.filter(user=person).update(created_at=timezone.now() - LONG_BEFORE)
    return person


@pytest.fixture
def admin(house: Organization) -> User:
    return _of(house, Role.ADMINISTRATOR)


@pytest.fixture
def holder(house: Organization) -> User:
    """A psychologist who signed in, with a second factor and recovery codes."""
    person = _of(house, Role.PSYCHOLOGIST, last_login=timezone.now())
    person.set_password("parola ei de mult")
    person.save()
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)
    return person


@pytest.fixture
def officer(house: Organization) -> User:
    return _of(house, Role.DATA_PROTECTION_OFFICER)


def _asked(
    by: User, holder: User, house: Organization, deed: Deed = Deed.RESET_SECOND_FACTOR, **more: Any
) -> Any:
    return ask_second_person(by=by, user=holder, organization=house, deed=deed, reason=REASON, **more)


def _as(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _code_of(holder: User) -> str:
    kept = Authenticator.objects.get(user=holder, type="recovery_codes")
    return str(RecoveryCodes(kept).get_unused_codes()[0])


def _factors(holder: User) -> int:
    return Authenticator.objects.filter(user=holder).count()


def test_one_person_alone_resets_nothing(admin: User, holder: User, house: Organization) -> None:
    about = {"by": admin, "user": holder, "organization": house}
    for alone in (
        lambda: reset_second_factor(**about, reason=REASON),
        lambda: set_password_again(**about),
        lambda: change_email(**about, email="alta@exemplu.ro", reason=REASON),
    ):
        with pytest.raises(DomainError, match="a doua persoană|second person"):
            alone()
    assert _factors(holder) == 2


@pytest.mark.parametrize("role", [Role.DATA_PROTECTION_OFFICER, Role.ADMINISTRATOR])
def test_no_administrator_becomes_the_second_person(role: Role, admin: User, house: Organization) -> None:
    second = _of(house, role, last_login=timezone.now())
    about = {"by": admin, "user": second, "organization": house}
    for alone in (
        lambda: reset_second_factor(**about, reason=REASON),
        lambda: set_password_again(**about),
        lambda: change_email(**about, email="alta@exemplu.ro", reason=REASON),
    ):
        with pytest.raises(DomainError, match="a doua persoană"):
            alone()
    assert not to_be_answered_by(second).exists()
    asked = _asked(admin, second, house)
    with pytest.raises(NotAllowed):
        grant_request(by=second, asked=asked)


def test_a_role_that_is_ended_for_the_while_of_a_reset_still_counts(
    admin: User, holder: User, house: Organization
) -> None:
    end_appointment(by=admin, appointment=holder.appointments.get(), end=timezone.localdate())
    assert needs_second_person(holder)


@pytest.mark.parametrize("role", [Role.COMMUNITY_NURSE, Role.PLANNER])
def test_where_no_violence_is_read_the_administrator_is_enough(
    role: Role, admin: User, house: Organization
) -> None:
    person = _of(house, role, last_login=timezone.now())
    change_email(by=admin, user=person, organization=house, email="Nou@Exemplu.ro", reason=REASON)
    person.refresh_from_db()
    assert person.email == "nou@exemplu.ro"


def test_a_link_that_was_lost_before_anybody_signed_in_is_made_again(
    admin: User, house: Organization
) -> None:
    assert set_password_again(by=admin, user=_of(house, Role.SOCIAL_WORKER), organization=house)


def test_a_second_person_agrees_and_it_is_done(
    admin: User, holder: User, officer: User, house: Organization
) -> None:
    asked = _asked(admin, holder, house)
    assert _factors(holder) == 2
    grant_request(by=officer, asked=asked)
    assert _factors(holder) == 0
    trail = list(TrailEntry.objects.filter(subject=holder.pk).order_by("id").values_list("verb", "actor"))
    assert trail == [
        ("ask_second_person", admin.pk),
        ("grant_request", officer.pk),
        ("reset_second_factor", admin.pk),
    ]
    with pytest.raises(DomainError):
        grant_request(by=officer, asked=asked)


def test_a_refusal_has_a_reason_and_nothing_is_done(
    admin: User, holder: User, officer: User, house: Organization
) -> None:
    asked = _asked(admin, holder, house)
    with pytest.raises(DomainError):
        refuse_request(by=officer, asked=asked, reason=" ")
    refused = refuse_request(by=officer, asked=asked, reason="Nu a cerut ea")
    assert (refused.granted, refused.answered_by, refused.answer) == (False, officer, "Nu a cerut ea")
    assert _factors(holder) == 2


def test_nobody_answers_their_own_nor_from_elsewhere_nor_by_a_role_made_for_it(
    admin: User, holder: User, house: Organization
) -> None:
    asked = _asked(admin, holder, house)
    invented = worker(Role.DATA_PROTECTION_OFFICER, organization=house)
    elsewhere = _of(OrganizationFactory(), Role.DATA_PROTECTION_OFFICER)
    colleague = _of(house, Role.SOCIAL_WORKER)
    for person in (admin, holder, invented, elsewhere, colleague):
        with pytest.raises(NotAllowed):
            grant_request(by=person, asked=asked)
        assert not to_be_answered_by(person).exists()
    assert _factors(holder) == 2
    with pytest.raises(IntegrityError, match="nobody_answers_what_they_asked_for"), transaction.atomic():
        SecondPersonRequest.objects.filter(pk=asked.pk).update(
            answered_by=admin, answered_at=timezone.now(), granted=True
        )


def test_the_same_is_asked_for_once(admin: User, holder: User, house: Organization) -> None:
    _asked(admin, holder, house)
    with pytest.raises(DomainError):
        _asked(admin, holder, house)


@pytest.mark.parametrize("asked_on", [dt.date(2026, 3, 28), dt.date(2026, 10, 24)])
def test_it_waits_for_72_hours_that_pass_whatever_the_clocks_show(
    asked_on: dt.date,
    admin: User,
    holder: User,
    officer: User,
    house: Organization,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In these nights the clocks of Bucharest change: on the wall it is an hour later, or earlier."""
    begun = dt.datetime.combine(asked_on, dt.time(12), ZoneInfo("Europe/Bucharest")).astimezone(dt.UTC)
    Appointment.objects.update(created_at=begun - LONG_BEFORE)
    asked = _asked(admin, holder, house)
    SecondPersonRequest.objects.filter(pk=asked.pk).update(asked_at=begun)
    asked.refresh_from_db()
    last = begun + dt.timedelta(hours=72)
    assert asked.expires_at == last
    monkeypatch.setattr(timezone, "now", lambda: last)
    assert not to_be_answered_by(officer).exists()
    with pytest.raises(DomainError):
        grant_request(by=officer, asked=asked)
    monkeypatch.setattr(timezone, "now", lambda: last - dt.timedelta(seconds=1))
    assert grant_request(by=officer, asked=asked).granted


def test_words_and_addresses_are_encrypted(admin: User, holder: User, house: Organization) -> None:
    _asked(admin, holder, house, Deed.CHANGE_EMAIL, detail="alta@exemplu.ro")
    with connection.cursor() as cursor:
        cursor.execute("SELECT detail, reason FROM accounts_secondpersonrequest")
        assert all(is_encrypted(value) for value in cursor.fetchone())


def test_another_address_forgets_the_former_one(
    admin: User, holder: User, officer: User, house: Organization
) -> None:
    EmailAddress.objects.create(user=holder, email=holder.email)
    asked = _asked(admin, holder, house, Deed.CHANGE_EMAIL, detail=" Alta@Exemplu.ro ")
    grant_request(by=officer, asked=asked)
    holder.refresh_from_db()
    assert holder.email == "alta@exemplu.ro"
    assert not EmailAddress.objects.filter(user=holder).exists()
    with pytest.raises(DomainError):
        _asked(admin, holder, house, Deed.CHANGE_EMAIL, detail=officer.email.upper())


class TestRecoveryCode:
    def test_of_the_holder_is_enough_where_there_is_one_administrator(
        self, admin: User, holder: User, house: Organization
    ) -> None:
        asked = _asked(admin, holder, house, Deed.CHANGE_EMAIL, detail="alta@exemplu.ro")
        code = _code_of(holder)
        assert grant_with_code(asked=asked, code=f" {code[:4]} {code[4:]} ").answered_by == holder
        again = _asked(admin, holder, house, Deed.CHANGE_EMAIL, detail="inca@exemplu.ro")
        with pytest.raises(DomainError):
            grant_with_code(asked=again, code=code)

    def test_is_tried_five_times(self, admin: User, holder: User, house: Organization) -> None:
        asked = _asked(admin, holder, house)
        for _attempt in range(second_person.MOST_WRONG_CODES):
            with pytest.raises(DomainError):
                grant_with_code(asked=SecondPersonRequest.objects.get(pk=asked.pk), code="00000000")
        code = _code_of(holder)
        with pytest.raises(DomainError):
            grant_with_code(asked=SecondPersonRequest.objects.get(pk=asked.pk), code=code)
        assert _factors(holder) == 2

    def test_is_not_asked_for_where_there_is_another_administrator(
        self, admin: User, holder: User, house: Organization
    ) -> None:
        _of(house, Role.ADMINISTRATOR)
        asked = _asked(admin, holder, house)
        code = _code_of(holder)
        with pytest.raises(DomainError):
            grant_with_code(asked=asked, code=code)

    def test_refuses_whoever_else_may_answer(self, admin: User, holder: User, house: Organization) -> None:
        _of(house, Role.ADMINISTRATOR)
        asked = _asked(admin, holder, house)
        with pytest.raises(DomainError):
            refuse_with_code(asked=asked, code="00000000")
        asked.refresh_from_db()
        assert asked.is_waiting and asked.wrong_codes == 1
        refused = refuse_with_code(asked=asked, code=_code_of(holder))
        assert (refused.granted, refused.answered_by) == (False, holder)
        assert TrailEntry.objects.filter(verb="refuse_as_holder", actor=holder, subject=holder.pk).exists()
        with pytest.raises(DomainError):
            refuse_with_code(asked=asked, code=_code_of(holder))
        assert _factors(holder) == 2

    def test_refuses_on_the_page_and_all_are_told(
        self,
        client: Client,
        admin: User,
        holder: User,
        officer: User,
        house: Organization,
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        _of(house, Role.ADMINISTRATOR)
        with django_capture_on_commit_callbacks(execute=True):
            asked = _asked(admin, holder, house)
        page = f"/cont/al-doilea-om/{asked.pk}/"
        assert page in next(one.body for one in mail.outbox if one.to == [holder.email])
        mail.outbox.clear()
        shown = client.get(page).content.decode()
        assert "Refuz" in shown and "Sunt de acord" not in shown
        with django_capture_on_commit_callbacks(execute=True):
            told = client.post(page, {"code": _code_of(holder), "refuse": "1"}).content.decode()
        assert "Ați refuzat" in told
        assert {admin.email, holder.email, officer.email} <= {one.to[0] for one in mail.outbox}
        assert "nu așteaptă nimic" in client.get(page).content.decode()

    def test_has_its_page_named_to_the_administrator_where_nobody_is_mailed(
        self, admin: User, holder: User, house: Organization
    ) -> None:
        asked = _asked(admin, holder, house)
        account, page = f"/administrare/conturi/{holder.pk}/", f"/cont/al-doilea-om/{asked.pk}/"
        shown = _as(admin).get(account).content.decode()
        assert page in shown and "fi de acord sau poate refuza" in shown
        _of(house, Role.ADMINISTRATOR)
        shown = _as(admin).get(account).content.decode()
        assert page in shown and "fi de acord sau poate refuza" not in shown
        SecondPersonRequest.objects.update(wrong_codes=second_person.MOST_WRONG_CODES)
        assert page not in _as(admin).get(account).content.decode()

    def test_is_given_on_a_page_without_signing_in(
        self, client: Client, admin: User, holder: User, house: Organization
    ) -> None:
        asked = _asked(admin, holder, house)
        page = f"/cont/al-doilea-om/{asked.pk}/"
        shown = client.get(page).content.decode()
        assert holder.name not in shown and REASON not in shown
        assert client.post(page, {"code": "00000000"}).status_code == 422
        code = _code_of(holder)
        assert client.post(page, {"code": code}).status_code == 200
        assert _factors(holder) == 0


class TestLink:
    """A link that sets the password, mailed or handed over."""

    def _works(self, holder: User) -> bool:
        browser = Client()
        page = browser.get(password_path(User.objects.get(pk=holder.pk)), follow=True)
        if page.context.get("token_fail"):
            return False
        return browser.post(page.request["PATH_INFO"], PASSWORD).status_code == 302

    def test_is_handed_over_once_a_second_person_agreed(
        self, admin: User, holder: User, officer: User, house: Organization
    ) -> None:
        grant_request(by=officer, asked=_asked(admin, holder, house, Deed.SET_PASSWORD))
        set_password_again(by=admin, user=holder, organization=house)
        with pytest.raises(DomainError):
            set_password_again(by=admin, user=holder, organization=house)
        assert self._works(holder)

    def test_that_was_mailed_opens_nothing_without_a_second_factor_behind_it(
        self, admin: User, holder: User, officer: User, house: Organization
    ) -> None:
        """Who controls the mail has the factor reset first, and then asks for a link."""
        before = password_path(holder)
        grant_request(by=officer, asked=_asked(admin, holder, house))
        assert not self._works(holder)
        assert Client().get(before, follow=True).context["token_fail"]

    def test_that_was_mailed_still_works_where_the_factor_stands(self, holder: User) -> None:
        assert self._works(holder)

    def test_without_a_factor_works_once_both_agreed(
        self, admin: User, holder: User, officer: User, house: Organization
    ) -> None:
        grant_request(by=officer, asked=_asked(admin, holder, house))
        grant_request(by=officer, asked=_asked(admin, holder, house, Deed.SET_PASSWORD))
        assert not self._works(holder)
        set_password_again(by=admin, user=holder, organization=house)
        assert self._works(holder)
        assert not self._works(holder)


def test_all_are_told_without_detail(
    admin: User,
    holder: User,
    officer: User,
    house: Organization,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        asked = _asked(admin, holder, house, Deed.CHANGE_EMAIL, detail="alta@exemplu.ro")
    assert sorted(one.to[0] for one in mail.outbox) == sorted([admin.email, holder.email, officer.email])
    written = "".join(one.subject + one.body for one in mail.outbox)
    assert not any(word in written for word in ("alta@exemplu.ro", REASON, holder.name, admin.name, "violen"))
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        refuse_request(by=officer, asked=asked, reason="Nu a cerut ea")
    assert len(mail.outbox) == 3


def test_of_another_address_the_holder_is_told_at_the_former_one(
    admin: User,
    holder: User,
    officer: User,
    house: Organization,
    django_capture_on_commit_callbacks: Any,
) -> None:
    former = holder.email
    asked = _asked(admin, holder, house, Deed.CHANGE_EMAIL, detail="alta@exemplu.ro")
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        grant_request(by=officer, asked=asked)
        with connection.cursor() as cursor:
            cursor.execute("SELECT address FROM accounts_waitingmail")
            assert all(is_encrypted(value) for (value,) in cursor.fetchall())
    assert sorted(one.to[0] for one in mail.outbox) == sorted([admin.email, former, officer.email])


def test_a_mail_server_that_is_down_undoes_nothing(
    admin: User, holder: User, house: Organization, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with django_capture_on_commit_callbacks(execute=True):
        assert _asked(admin, holder, house).is_waiting


def test_a_page_asks_once_whether_a_second_person_is_needed(
    admin: User, holder: User, django_assert_max_num_queries: Any
) -> None:
    account = f"/administrare/conturi/{holder.pk}/"
    for page in (account, f"{account}e-mail/", f"{account}parola/cerere/"):
        browser = _as(admin)
        with django_assert_max_num_queries(40) as made:
            assert browser.get(page).status_code == 200
        asked = [one["sql"] for one in made.captured_queries if '"role" IN' in one["sql"]]
        assert len(asked) == 1, asked


def test_that_no_second_person_is_needed_any_more_breaks_no_request(
    admin: User, holder: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the opening of the page and the asking, another request may have changed it."""
    pages = "punte.www.manage.views"
    monkeypatch.setattr(f"{pages}.accounts.needs_second_person", lambda _user: True)
    monkeypatch.setattr(f"{pages}.second_person.needs_second_person", lambda _user: False, raising=False)
    account = f"/administrare/conturi/{holder.pk}/"
    assert _as(admin).post(f"{account}parola/cerere/", {"reason": REASON}).url == account
    assert SecondPersonRequest.objects.get().verb == Deed.SET_PASSWORD


def test_without_a_mail_server_nobody_is_said_to_have_been_told(
    admin: User, holder: User, settings: Any
) -> None:
    account = f"/administrare/conturi/{holder.pk}/"
    told = _as(admin).post(f"{account}al-doilea-pas/", {"reason": REASON}, follow=True).content.decode()
    assert "toți au fost anunțați" in told
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    told = _as(admin).post(f"{account}parola/cerere/", {"reason": REASON}, follow=True).content.decode()
    assert "toți au fost anunțați" not in told and "nu se trimit e-mailuri" in told


def test_the_pages_lead_from_asking_to_the_link(
    admin: User, holder: User, officer: User, house: Organization
) -> None:
    at_admin, at_officer = _as(admin), _as(officer)
    account = f"/administrare/conturi/{holder.pk}/"
    assert at_admin.post(f"{account}parola/").status_code == 302
    assert not at_admin.get(account).context["link"]
    assert at_admin.get(f"{account}parola/cerere/").status_code == 200
    assert at_admin.post(f"{account}parola/cerere/", {"reason": ""}).status_code == 422
    assert at_admin.post(f"{account}parola/cerere/", {"reason": REASON}).url == account
    assert "așteaptă a doua persoană" in at_admin.get(account).content.decode()
    assert at_admin.post(f"{account}al-doilea-pas/", {"reason": REASON}).url == account
    assert at_admin.post(f"{account}e-mail/", {"reason": REASON, "email": "alta@exemplu.ro"}).url == account
    assert _factors(holder) == 2

    listed = at_officer.get("/administrare/de-aprobat/")
    assert [one.verb for one in listed.context["waiting"]] == [
        Deed.SET_PASSWORD,
        Deed.RESET_SECOND_FACTOR,
        Deed.CHANGE_EMAIL,
    ]
    first = listed.context["waiting"][0]
    page = f"/administrare/de-aprobat/{first.pk}/"
    assert REASON in at_officer.get(page).content.decode()
    assert at_admin.get(page).status_code == 404
    assert at_officer.post(page, {"answer": "refuse", "reason": ""}).status_code == 422
    assert at_officer.post(page, {"answer": "grant", "reason": ""}).url == "/administrare/de-aprobat/"
    assert at_officer.get(page).status_code == 404

    assert at_admin.post(f"{account}parola/").url == account
    assert at_admin.get(account).context["link"]
