"""Nobody enters without an account, a second factor where it is due, and nobody stays by absence."""

import json
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from punte.accounts import sign_in_failures
from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.kernel.encryption import decrypt
from tests.factories import UserFactory, worker

pytestmark = pytest.mark.django_db
PASSWORD = "o-parola-de-incercare"


@pytest.fixture(autouse=True)
def _no_counts_of_other_tests() -> None:
    cache.clear()


def _with_password(role: Role = Role.ADMINISTRATOR, **fields: Any) -> User:
    user = worker(role, **fields)
    user.set_password(PASSWORD)
    user.save()
    return user


def _sign_in(client: Client, user: User, password: str = PASSWORD, next_page: str = "") -> Any:
    return client.post("/conturi/login/", {"login": user.email, "password": password, "next": next_page})


def test_a_page_sends_strangers_to_sign_in_and_back(client: Client) -> None:
    user = _with_password()
    sent = client.get("/administrare/conturi/?page=2")
    assert sent.status_code == 302
    assert sent.url == "/conturi/login/?next=%2Fadministrare%2Fconturi%2F%3Fpage%3D2"
    back = _sign_in(client, user, next_page="/administrare/conturi/?page=2")
    assert back.url == "/administrare/conturi/?page=2"


def test_signing_in_never_leads_off_the_site(client: Client) -> None:
    assert _sign_in(client, _with_password(), next_page="https://evil.example/").url == "/"


@pytest.mark.parametrize(
    "header", [{"Accept": "application/json"}, {"HX-Request": "true"}, {"X-Requested-With": "XMLHttpRequest"}]
)
def test_a_script_is_answered_401_with_the_door(client: Client, header: dict[str, str]) -> None:
    answer = client.put(
        "/ciorne/plan/", data="{}", headers={**header, "Referer": "http://testserver/cazuri/7/"}
    )
    assert answer.status_code == 401
    assert answer.json()["login_url"] == "/conturi/login/?next=%2Fcazuri%2F7%2F"


def test_a_form_sent_after_the_session_ended_returns_to_its_page(client: Client) -> None:
    answer = client.post("/cont/", {"name": "x"}, headers={"Referer": "http://testserver/cont/?a=1"})
    assert answer.url == "/conturi/login/?next=%2Fcont%2F%3Fa%3D1"


def test_nobody_signs_up(client: Client) -> None:
    for door in ("signup/", "email/", "password/set/", "confirm-email/x/", "3rdparty/"):
        assert client.get(f"/conturi/{door}").status_code == 404, door
        assert client.post(f"/conturi/{door}", {"email": "a@b.ro"}).status_code == 404, door


@pytest.fixture
def no_time_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    monkeypatch.setattr(sign_in_failures.timezone, "now", lambda: now)


@pytest.mark.usefixtures("no_time_passes")
def test_wrong_passwords_make_the_next_attempt_wait(client: Client) -> None:
    user = _with_password()
    answers = [_sign_in(client, user, "gresita").status_code for _ in range(10)]
    assert answers == [200] * 5 + [429] * 5
    waiting = _sign_in(client, user)
    assert waiting.status_code == 429
    assert "Prea multe încercări" in waiting.content.decode()
    assert waiting["Retry-After"] == "1"


def test_the_code_of_the_second_step_cannot_be_guessed_on_and_on(client: Client, settings: Any) -> None:
    settings.MFA_REQUIRED = True
    user = _with_password()
    TOTP.activate(user, generate_totp_secret())
    _sign_in(client, user)
    pages = [client.post("/conturi/2fa/authenticate/", {"code": f"00000{n}"}) for n in range(6)]
    errors = [str(page.context["form"].errors) for page in pages]
    assert len(set(errors[:5])) == 1 and errors[5] != errors[0]


@pytest.mark.usefixtures("no_time_passes")
def test_the_address_typed_in_capitals_is_the_same_account_to_the_lock(client: Client) -> None:
    user = _with_password()
    for n in range(5):
        name = user.email.upper() if n % 2 else user.email
        client.post("/conturi/login/", {"login": name, "password": "gresita"})
    assert _sign_in(client, user).status_code == 429


def test_a_closed_account_does_not_enter_and_its_session_ends(client: Client) -> None:
    user = _with_password()
    _sign_in(client, user)
    assert client.get("/administrare/conturi/").status_code == 200
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get("/administrare/conturi/").status_code == 302
    assert _sign_in(Client(), user).url != "/"


def test_who_sees_personal_data_sets_up_a_second_step_first(client: Client, settings: Any) -> None:
    settings.MFA_REQUIRED = True
    user = _with_password()
    _sign_in(client, user)
    sent = client.get("/administrare/conturi/")
    assert sent.url.startswith("/conturi/2fa/totp/activate/")
    page = client.get("/conturi/2fa/totp/activate/")
    assert page.status_code == 200
    assert "data:image/svg+xml" in page.content.decode()
    secret = page.context["form"].secret
    assert client.post("/conturi/2fa/totp/activate/", {"code": _code(secret)}).status_code == 302
    assert client.get("/administrare/conturi/").status_code == 200


def _code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_who_sees_none_needs_no_second_step(client: Client, settings: Any) -> None:
    settings.MFA_REQUIRED = True
    client.force_login(worker(Role.PLANNER))
    assert client.get("/cont/").status_code == 200


def test_the_code_is_asked_at_sign_in_and_a_recovery_code_works_once(client: Client, settings: Any) -> None:
    settings.MFA_REQUIRED = True
    user = _with_password()
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    recovery = RecoveryCodes.activate(user).get_unused_codes()[0]
    assert _sign_in(client, user).url == "/conturi/2fa/authenticate/"
    assert client.get("/administrare/conturi/").status_code == 302
    assert client.post("/conturi/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert client.post("/conturi/2fa/authenticate/", {"code": recovery}).url == "/"
    assert client.get("/administrare/conturi/").status_code == 200
    again = Client()
    _sign_in(again, user)
    assert again.post("/conturi/2fa/authenticate/", {"code": recovery}).status_code == 200


def test_the_last_second_step_cannot_be_switched_off_where_it_is_due(client: Client, settings: Any) -> None:
    settings.MFA_REQUIRED = True
    user = _with_password()
    _sign_in(client, user)
    TOTP.activate(user, generate_totp_secret())
    client.post("/conturi/2fa/totp/deactivate/")
    assert Authenticator.objects.filter(user=user, type="totp").exists()


def test_secrets_of_the_second_step_are_encrypted() -> None:
    user = UserFactory()
    secret = generate_totp_secret()
    kept = TOTP.activate(user, secret).instance.data["secret"]
    assert secret not in json.dumps(kept)
    assert decrypt(kept) == secret


def test_an_idle_session_ends_and_is_marked_once_a_minute(client: Client, settings: Any) -> None:
    client.force_login(worker(Role.ADMINISTRATOR))
    client.get("/administrare/conturi/")
    session = client.session
    fresh = session["seen_at"] = int(time.time()) - 30
    session.save()
    client.get("/administrare/conturi/")
    assert client.session["seen_at"] == fresh
    session["seen_at"] = int(time.time()) - 120
    session.save()
    client.get("/administrare/conturi/")
    assert client.session["seen_at"] > fresh
    session["seen_at"] = int(time.time()) - settings.SESSION_IDLE_SECONDS - 1
    session.save()
    assert client.get("/administrare/conturi/").status_code == 302


def test_the_demonstration_says_that_the_second_step_is_off(client: Client, settings: Any) -> None:
    assert "demonstrație" not in client.get("/conturi/login/").content.decode()
    settings.DEMONSTRATION = True
    assert "demonstrație" in client.get("/conturi/login/").content.decode()


def test_a_passkey_can_be_asked_for_before_signing_in(client: Client) -> None:
    options = client.get("/conturi/2fa/webauthn/login/", headers={"Accept": "application/json"})
    assert options.status_code == 200
    assert options.json()["request_options"]["publicKey"]["challenge"]
    page = client.get("/conturi/login/").content.decode()
    assert "mfa/js/webauthn.js" in page and "<script>" not in page
