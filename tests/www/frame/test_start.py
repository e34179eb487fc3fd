"""A real installation begins with one command: an institution, its administrator, a link that sets the password."""

import io
import re
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry, User
from punte.organizations.models import Organization
from punte.www.management.commands import start
from tests.factories import AppointmentFactory, OrganizationFactory, UatFactory, worker

pytestmark = pytest.mark.django_db
GIVEN = {"email": "Ana.Exemplu@primaria.example", "name": "Ana Exemplu"}
PASSWORD = "un-tren-galben-la-munte"


def _start(**given: Any) -> str:
    out = io.StringIO()
    call_command("start", stdout=out, **{**GIVEN, **given})
    return out.getvalue()


def test_the_link_sets_the_password_of_the_first_administrator_once(client: Client, settings: Any) -> None:
    settings.SITE_ADDRESS = "https://punte.primaria.example"
    uat = UatFactory(name="Feleacu", kind="comună")
    said = _start(uat=str(uat.siruta))
    (path,) = re.findall(r"https://punte\.primaria\.example(/\S+)", said)
    form = client.get(path, follow=True)
    sent = client.post(form.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})
    assert sent.status_code == 302
    user = User.objects.get()
    assert (user.email, user.name) == ("ana.exemplu@primaria.example", "Ana Exemplu")
    assert user.check_password(PASSWORD)
    post = user.appointments.get()
    assert (post.role, post.organization.name) == (Role.ADMINISTRATOR, "Primăria Comunei Feleacu")
    assert (post.organization.kind, post.organization.uat) == ("town_hall", uat)
    client.post("/conturi/login/", {"login": user.email, "password": PASSWORD})
    assert client.get("/administrare/conturi/").status_code == 200
    assert "token_fail" in Client().get(path, follow=True).context


def test_the_start_has_its_line_in_the_trail() -> None:
    _start(uat=str(UatFactory().siruta))
    line = TrailEntry.objects.get()
    assert (line.verb, line.actor, line.keeper) == (
        "start_installation",
        User.objects.get(),
        Organization.objects.get().pk,
    )


def test_an_institution_that_the_directory_knows_is_taken() -> None:
    known = OrganizationFactory(
        name="Direcția de Asistență Socială", folded_name="directia de asistenta sociala"
    )
    _start(uat=str(known.uat_id), organization="Directia de asistenta sociala")
    assert User.objects.get().appointments.get().organization == known


def test_a_lost_link_is_given_anew_until_a_password_is_set() -> None:
    uat = str(UatFactory().siruta)
    _start(uat=uat)
    assert "/conturi/" in _start(uat=uat)
    assert User.objects.count() == 1
    user = User.objects.get()
    user.set_password(PASSWORD)
    user.save()
    with pytest.raises(CommandError, match="are deja un administrator"):
        _start(uat=uat)


def test_a_lost_link_is_given_anew_to_who_is_asked_for_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    uat = str(UatFactory().siruta)
    _start(uat=uat)
    monkeypatch.setattr(start.sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _question: f" {GIVEN['email']}")
    assert "/conturi/" in _start(uat=uat, email=None)


def test_no_link_is_given_into_the_account_of_somebody_else() -> None:
    worker(email=GIVEN["email"].lower())
    with pytest.raises(CommandError, match="Există deja un cont"):
        _start(uat=str(UatFactory().siruta))
    assert not TrailEntry.objects.exists()


def test_whoever_has_more_roles_than_one_gets_a_lost_link_too() -> None:
    uat = str(UatFactory().siruta)
    _start(uat=uat)
    AppointmentFactory(user=User.objects.get(), role=Role.SOCIAL_WORKER)
    assert "/conturi/" in _start(uat=uat)


def test_it_refuses_where_somebody_administers_an_institution() -> None:
    worker(Role.ADMINISTRATOR)
    with pytest.raises(CommandError, match="are deja un administrator"):
        _start(uat=str(UatFactory().siruta))
    assert User.objects.count() == 1


def test_it_refuses_in_a_demonstration(settings: Any) -> None:
    settings.DEMONSTRATION = True
    with pytest.raises(CommandError, match="demonstrație"):
        _start(uat=str(UatFactory().siruta))
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"uat": "1"}, "codul SIRUTA 1"),
        ({"uat": "Feleacu"}, "codul SIRUTA Feleacu"),
        ({"email": "ana"}, "nu este o adresă de e-mail"),
        ({"name": " "}, "numele administratorului"),
        ({"organization": "X" * 251}, "numele instituției"),
        ({"uat": None}, "--uat"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(given: dict[str, Any], said: str) -> None:
    uat = str(UatFactory().siruta)
    with pytest.raises(CommandError, match=said):
        _start(**{"uat": uat, **given})
    assert not User.objects.exists() and not Organization.objects.exists()


def test_createsuperuser_points_to_the_right_command() -> None:
    with pytest.raises(CommandError, match="punte start"):
        call_command("createsuperuser", interactive=False)
    assert not User.objects.exists()
