"""What is done every night goes on whatever fails, loses nothing, does nothing twice, and says what it did not do."""

import datetime as dt
import smtplib
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends import locmem
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from punte.accounts.enums import MailKind, Role
from punte.accounts.mailing import TAKEN_FOR, deliver
from punte.accounts.models import KnownAddress, SentForm, SignInFailure, User, WaitingMail
from punte.kernel.encryption import is_encrypted
from punte.kernel.models import CacheEntry
from punte.petitions.models import Knock
from punte.www.frame import nightly
from punte.www.frame.once import new_mark
from tests.factories import UserFactory, worker

pytestmark = pytest.mark.django_db


class Shaky(locmem.EmailBackend):
    """A mail server: down, or one that does not like some addresses, or that goes away after some mails."""

    down = False
    refuses: set[str] = set()
    goes_away_after = 1_000

    def open(self) -> bool:
        if Shaky.down:
            raise ConnectionRefusedError
        return True

    def send_messages(self, messages: Any) -> int:
        to = messages[0].to[0]
        if Shaky.down or len(mail.outbox) >= Shaky.goes_away_after:
            Shaky.down = True
            raise smtplib.SMTPServerDisconnected(to)
        if to in Shaky.refuses:
            raise smtplib.SMTPRecipientsRefused({to: (550, b"no")})
        return super().send_messages(messages)


@pytest.fixture(autouse=True)
def server(settings: Any) -> type[Shaky]:
    settings.EMAIL_BACKEND = f"{__name__}.Shaky"
    Shaky.down, Shaky.refuses, Shaky.goes_away_after = False, set(), 1_000
    return Shaky


@pytest.fixture
def planners() -> list[User]:
    """Each has duties of an institution to tell the public, and so a digest."""
    return [worker(Role.PLANNER, email=f"planificator{number}@exemplu.ro") for number in range(4)]


def _reached() -> list[str]:
    return sorted(one.to[0] for one in mail.outbox)


def test_a_server_that_goes_away_is_told_and_the_rest_is_sent_the_next_time(
    planners: list[User], server: type[Shaky], caplog: Any
) -> None:
    server.goes_away_after = 2
    with pytest.raises(CommandError, match="2 mails were not sent"):
        call_command("reminders")
    assert len(mail.outbox) == 2
    assert not any(one.email in caplog.text for one in planners)
    server.down, server.goes_away_after = False, 1_000
    call_command("nightly")
    call_command("nightly")
    assert _reached() == sorted(one.email for one in planners)
    assert not WaitingMail.objects.exists()


def test_the_same_command_ends_the_round_that_was_interrupted(
    planners: list[User], server: type[Shaky]
) -> None:
    server.goes_away_after = 2
    with pytest.raises(CommandError):
        call_command("reminders")
    server.down, server.goes_away_after = False, 1_000
    call_command("reminders")
    assert _reached() == sorted(one.email for one in planners)


def test_a_round_of_last_week_is_replaced_by_the_new_one(planners: list[User], server: type[Shaky]) -> None:
    server.down = True
    with pytest.raises(CommandError, match="4 mails were not sent"):
        call_command("reminders")
    WaitingMail.objects.update(created_at=timezone.now() - dt.timedelta(days=7))
    server.down = False
    call_command("reminders")
    assert _reached() == sorted(one.email for one in planners)


def test_an_address_that_is_refused_keeps_no_other_back(planners: list[User], server: type[Shaky]) -> None:
    server.refuses = {planners[0].email}
    with pytest.raises(CommandError, match="1 mails were not sent"):
        call_command("reminders")
    assert _reached() == sorted(one.email for one in planners[1:])


@pytest.mark.both
def test_of_two_workers_one_sends_a_mail(planners: list[User]) -> None:
    WaitingMail.objects.create(user=planners[0], kind=MailKind.REMINDER, subject="s", text="t")
    of_the_first, of_the_second = list(WaitingMail.objects.all()), list(WaitingMail.objects.all())
    WaitingMail.objects.update(taken_at=timezone.now())
    assert deliver(of_the_first) == (0, 0) and not mail.outbox
    WaitingMail.objects.update(taken_at=timezone.now() - 2 * TAKEN_FOR)
    assert deliver(of_the_first) == (1, 0)
    assert deliver(of_the_second) == (0, 0)
    assert len(mail.outbox) == 1


def test_a_closed_account_is_not_mailed(planners: list[User]) -> None:
    written = [WaitingMail(user=one, kind=MailKind.REMINDER, subject="s", text="t") for one in planners]
    WaitingMail.objects.bulk_create(written)
    User.objects.filter(pk__in=[planners[0].pk, planners[1].pk]).update(is_active=False)
    assert deliver(written[:1]) == (0, 0)
    call_command("nightly")
    assert _reached() == sorted(one.email for one in planners[2:])
    assert not WaitingMail.objects.exists()


@pytest.mark.both
def test_what_waits_is_encrypted(server: type[Shaky], planners: list[User]) -> None:
    server.down = True
    with pytest.raises(CommandError):
        call_command("reminders")
    with connection.cursor() as cursor:
        cursor.execute("SELECT subject, text FROM accounts_waitingmail")
        assert all(is_encrypted(value) for row in cursor.fetchall() for value in row)


def test_a_step_that_breaks_keeps_no_other_back(
    planners: list[User], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def breaks() -> tuple[int, int]:
        raise RuntimeError

    WaitingMail.objects.create(user=planners[0], kind=MailKind.REMINDER, subject="s", text="t")
    monkeypatch.setattr(nightly, "deliver_to_petitioners", breaks)
    with pytest.raises(CommandError, match="Mail to petitioners: RuntimeError"):
        call_command("nightly")
    assert _reached() == [planners[0].email]
    assert "petitions lost what names anybody" in capsys.readouterr().out


def test_what_is_over_is_cleared_and_what_is_not_stays() -> None:
    cache.clear()
    client = Client()
    client.force_login(UserFactory())
    client.get("/cont/")
    staying = Session.objects.get()
    over = timezone.now() - dt.timedelta(days=40)
    Session.objects.create(session_key="over", session_data="", expire_date=over)
    user = UserFactory()
    UserSession.objects.create(user=user, session_key="over", ip="127.0.0.1", user_agent="")
    SignInFailure.objects.create(account="a", address="b", at=over)
    SignInFailure.objects.create(account="a", address="b")
    KnownAddress.objects.create(account="a", address="b", at=over)
    Knock.objects.create(door="send", who="a", at=over)
    SentForm.objects.create(key=new_mark(), content="", user=user, sent_at=over)
    kept = SentForm.objects.create(key=new_mark(), content="", user=user)
    cache.set("used", True, timeout=60)
    CacheEntry.objects.create(cache_key="over", value="", expires=over)

    call_command("nightly")

    assert list(Session.objects.values_list("session_key", flat=True)) == [staying.session_key]
    assert not UserSession.objects.filter(session_key="over").exists()
    assert SignInFailure.objects.count() == 1
    assert not KnownAddress.objects.exists() and not Knock.objects.exists()
    assert list(SentForm.objects.all()) == [kept]
    assert cache.get("used") and not CacheEntry.objects.filter(cache_key="over").exists()


def test_the_jobs_are_listed_and_done_one_by_one(
    planners: list[User], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("nightly", "--list")
    listed = capsys.readouterr().out
    assert [line.split()[0] for line in listed.splitlines()] == [job.name for job in nightly.JOBS]
    WaitingMail.objects.create(user=planners[0], kind=MailKind.REMINDER, subject="s", text="t")
    call_command("nightly", "--only", "terms", "--only", "clear")
    assert not mail.outbox and WaitingMail.objects.exists()
    said = capsys.readouterr().out
    assert "the terms of 0 cases are those of today" in said and "rows that were over are gone" in said
    call_command("nightly", "--only", "mail")
    assert _reached() == [planners[0].email]
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("nightly", "--only", "dance")


@pytest.mark.both
def test_at_night_the_database_sees_how_its_tables_are_filled() -> None:
    """Without it SQLite takes the long way through a large table."""
    UserFactory.create_batch(3)
    call_command("nightly", "--only", "tables")
    known = {
        "sqlite": "SELECT stat LIKE '3 %%' FROM sqlite_stat1 WHERE tbl = %s LIMIT 1",
        "postgresql": "SELECT reltuples = 3 FROM pg_class WHERE relname = %s",
    }
    with connection.cursor() as cursor:
        cursor.execute(known[connection.vendor], [User._meta.db_table])
        assert cursor.fetchone()[0]
