"""Guessing makes the guesser wait, and shuts nobody else out; what was used once is used up for all workers."""

import datetime as dt
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings as configured
from django.core.cache import cache
from django.core.cache.backends.db import DatabaseCache
from django.test import Client, RequestFactory
from django.utils import timezone

from punte.accounts import sign_in_failures
from punte.accounts.enums import Role
from punte.accounts.models import KnownAddress, SignInFailure, User
from punte.accounts.sign_in_failures import LONGEST_WAIT, count_failure, forgive, seconds_to_wait
from punte.www.frame.client import client_address
from tests.factories import worker

pytestmark = pytest.mark.django_db
PASSWORD = "un-tren-galben-la-munte"
HOLDER, GUESSER = "198.51.100.7", "203.0.113.9"


@pytest.fixture
def user() -> User:
    made = worker(Role.ADMINISTRATOR)
    made.set_password(PASSWORD)
    made.save()
    return made


def _sign_in(user: User, password: str = PASSWORD, *, address: str = HOLDER, **headers: str) -> Any:
    sent = {"login": user.email, "password": password}
    return Client(headers=headers).post("/conturi/login/", sent, REMOTE_ADDR=address)


@pytest.fixture(autouse=True)
def _no_time_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    _later(monkeypatch, 0)


def _later(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    now = timezone.now() + dt.timedelta(seconds=seconds)
    monkeypatch.setattr(sign_in_failures.timezone, "now", lambda: now)


def test_who_guesses_at_one_address_shuts_out_nobody_elsewhere(user: User) -> None:
    colleague = worker(Role.COORDINATOR)
    colleague.set_password(PASSWORD)
    colleague.save()
    for _ in range(15):
        _sign_in(user, "gresita", address=GUESSER)
        _sign_in(colleague, "gresita", address=GUESSER)
    assert _sign_in(user, address=GUESSER).status_code == 429
    assert _sign_in(user).url == "/"
    assert _sign_in(colleague).url == "/"


def test_the_right_password_waits_a_minute_at_most_however_long_somebody_guesses(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(200):
        count_failure(user.email, f"203.0.113.{n}")
        count_failure(user.email, HOLDER)
    assert 0 < seconds_to_wait(user.email, HOLDER) <= LONGEST_WAIT
    _later(monkeypatch, LONGEST_WAIT + 1)
    assert _sign_in(user).url == "/"


def test_guesses_from_everywhere_do_not_hold_up_whoever_was_here_before(user: User) -> None:
    assert _sign_in(user).url == "/"
    for n in range(50):
        count_failure(user.email, f"203.0.113.{n}")
    assert seconds_to_wait(user.email, "192.0.2.1") > 0
    assert _sign_in(user).url == "/"


def test_waiting_grows_and_is_forgotten(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    waits = []
    for _ in range(12):
        count_failure(user.email, GUESSER)
        waits.append(seconds_to_wait(user.email, GUESSER))
    assert waits == [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60]
    _later(monkeypatch, 3601)
    count_failure("altcineva@exemplu.ro", GUESSER)
    assert SignInFailure.objects.count() == 1


def test_the_right_password_forgives_only_its_own_account(user: User) -> None:
    for _ in range(6):
        count_failure(user.email, GUESSER)
        count_failure("altcineva@exemplu.ro", GUESSER)
    forgive(user.email, GUESSER)
    assert seconds_to_wait(user.email, GUESSER) == 0
    assert seconds_to_wait("altcineva@exemplu.ro", GUESSER) > 0


def test_no_address_and_no_name_lies_in_the_counts(user: User) -> None:
    _sign_in(user, "gresita")
    _sign_in(user)
    count_failure(user.email, HOLDER)
    kept = str(
        [*SignInFailure.objects.order_by("pk").values(), *KnownAddress.objects.order_by("pk").values()]
    )
    assert user.email not in kept and HOLDER not in kept


def test_behind_the_proxy_each_client_is_counted_by_the_address_that_the_proxy_adds(
    user: User, settings: Any
) -> None:
    settings.HTTPS = True
    proxy = {"X-Forwarded-Proto": "https"}
    for n in range(6):
        told = {**proxy, "X-Forwarded-For": f"10.0.0.{n}, {GUESSER}"}
        _sign_in(user, "gresita", address="127.0.0.1", **told)
    there = {**proxy, "X-Forwarded-For": f"10.0.0.99, {GUESSER}"}
    assert _sign_in(user, address="127.0.0.1", **there).status_code == 429
    here = {**proxy, "X-Forwarded-For": f"{GUESSER}, {HOLDER}"}
    assert _sign_in(user, address="127.0.0.1", **here).url == "/"


@pytest.mark.parametrize(
    ("https", "forwarded", "remote", "address"),
    [
        (True, "203.0.113.9", "127.0.0.1", "203.0.113.9"),
        (True, "1.2.3.4, 203.0.113.9", "127.0.0.1", "203.0.113.9"),
        (False, "1.2.3.4", "203.0.113.9", "203.0.113.9"),
        (True, "", "127.0.0.1", "127.0.0.1"),
        (True, "2001:db8:1:2:3:4:5:6", "127.0.0.1", "2001:db8:1:2::"),
        (True, "::ffff:203.0.113.9", "127.0.0.1", "203.0.113.9"),
        (True, "unknown", "127.0.0.1", "unknown"),
        (False, "", "", "0.0.0.0"),  # noqa: S104
    ],
)
def test_the_address_of_the_client(
    settings: Any, https: bool, forwarded: str, remote: str, address: str
) -> None:
    settings.HTTPS = https
    request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded}, REMOTE_ADDR=remote)
    assert client_address(request) == address


@pytest.mark.both
def test_a_code_of_the_second_step_passes_once_over_all_workers(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert configured.CACHES["default"]["BACKEND"].endswith("DatabaseCache")
    secret = generate_totp_secret()
    factor = TOTP.activate(user, secret)
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.validate_totp_code", lambda _secret, _code: True)
    assert factor.validate_code("123456")
    other_worker = DatabaseCache("kernel_cache", {})
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.cache", other_worker)
    assert not factor.validate_code("123456")
    cache.clear()
