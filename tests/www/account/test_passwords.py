"""A password that somebody would guess first is refused; a link that sets one reaches its holder alone."""

import logging
import smtplib
import threading
import time
from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client

from punte.accounts.enums import Role
from punte.accounts.models import User
from tests.factories import UatFactory, worker

pytestmark = pytest.mark.django_db
PASSWORD = "un-tren-galben-la-munte"


@pytest.mark.parametrize(
    "common",
    [
        "parola123456",
        "Parola-2026!",
        "P@rola123456",
        "PAROLAPAROLA",
        "primaria2024",
        "România1989!",
        "cluj-napoca-2026",
        "ClujNapoca2026",
        "parolaclujnapoca",
        "septembrie2026",
        "123456789012",
        "password1234",
        "danieladanieladanieladanieladanieladanieladanieladaniela1",
    ],
)
def test_common_passwords_are_refused_in_romanian_too(common: str) -> None:
    UatFactory(name="Cluj-Napoca")
    with pytest.raises(ValidationError):
        validate_password(common)


@pytest.mark.parametrize("good", [PASSWORD, "caietul meu verde 7", "vânt-la-parola-veche", "мой-зелёный-дом"])
def test_others_are_taken(good: str) -> None:
    UatFactory(name="Cluj-Napoca")
    validate_password(good)


def _ask(address: str) -> Any:
    answer = Client().post("/conturi/password/reset/", {"email": address}, follow=True)
    for thread in threading.enumerate():
        if thread.name == "mail":
            thread.join()
    return answer


@pytest.fixture
def user() -> User:
    made = worker(Role.ADMINISTRATOR)
    made.set_password(PASSWORD)
    made.save()
    return made


def test_a_link_goes_to_whoever_has_an_account_and_the_page_says_the_same(user: User) -> None:
    known, unknown = _ask(user.email), _ask("nimeni@exemplu.ro")
    assert known.content == unknown.content
    assert [sent.to for sent in mail.outbox] == [[user.email]]
    assert "/conturi/password/reset/key/" in mail.outbox[0].body


def test_a_link_is_never_printed(user: User, settings: Any, capfd: Any, caplog: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    caplog.set_level(logging.DEBUG)
    assert _ask(user.email).status_code == 200
    printed = capfd.readouterr()
    assert "PUNTE_EMAIL_URL" in caplog.text
    for text in (printed.out, printed.err, caplog.text):
        assert "reset/key" not in text and user.email not in text


def test_the_page_answers_while_the_mail_server_is_down(user: User, monkeypatch: Any, caplog: Any) -> None:
    def down(_self: object, _messages: object) -> int:
        raise smtplib.SMTPServerDisconnected(f"nothing for {user.email}")

    monkeypatch.setattr(EmailBackend, "send_messages", down)
    known, unknown = _ask(user.email), _ask("nimeni@exemplu.ro")
    assert known.status_code == 200 and known.content == unknown.content
    assert "SMTPServerDisconnected" in caplog.text and user.email not in caplog.text


def test_a_session_ends_however_much_it_is_used(user: User, client: Client, settings: Any) -> None:
    client.post("/conturi/login/", {"login": user.email, "password": PASSWORD})
    session = client.session
    session["signed_in_at"] = int(time.time()) - settings.SESSION_COOKIE_AGE + 60
    session["seen_at"] = int(time.time()) - 90
    session.save()
    assert client.get("/administrare/conturi/").status_code == 200
    session = client.session
    session["signed_in_at"] -= 61
    session.save()
    assert client.get("/administrare/conturi/").status_code == 302
