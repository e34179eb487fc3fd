"""The frame of every page, the pages that say no, drafts of forms, and the state of the installation."""

import json
import re
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse
from django.utils.translation import override

from punte.accounts.actions import forget_draft
from punte.accounts.enums import Role
from punte.accounts.models import FormDraft
from punte.people.models import Household
from punte.www import urls
from punte.www.frame.access import SignedIn, fetch
from punte.www.frame.context import DOORS, open_doors
from tests.factories import HouseholdFactory, OrganizationFactory, UserFactory, worker

pytestmark = pytest.mark.django_db


def _closed_household(request: SignedIn, pk: Any) -> HttpResponse:
    fetch(Household.objects.none(), known=Household.objects.all(), pk=pk)
    return HttpResponse()


def _takes_a_form(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(len(request.POST)))


def _breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError


class WithDoors:
    """The real addresses and three more that behave badly."""

    handler400, handler403, handler404 = urls.handler400, urls.handler403, urls.handler404
    urlpatterns = [
        path("inchis/<uuid:pk>/", _closed_household),
        path("formular/", _takes_a_form),
        path("stricat/", _breaks),
        *urls.urlpatterns,
    ]


@pytest.fixture
def bad_doors(settings: Any) -> None:
    settings.ROOT_URLCONF = WithDoors


def _signed_in(role: Role, **kwargs: Any) -> Client:
    client = Client(**kwargs)
    client.force_login(worker(role))
    return client


@pytest.mark.parametrize("role", Role)
def test_each_role_starts_where_its_work_is(role: Role) -> None:
    first = {Role.SUPERVISOR: "/echipa/", Role.COORDINATOR: "/echipa/", Role.PARTNER: "/partener/"}
    assert _signed_in(role).get("/").url == first.get(role, "/ziua-mea/")


def test_who_has_no_role_sees_their_account() -> None:
    client = Client()
    client.force_login(UserFactory())
    assert client.get("/").url == "/cont/"
    assert "Astăzi nu aveți niciun rol" in client.get("/cont/").content.decode()


def test_the_menu_holds_only_what_the_role_opens() -> None:
    page = _signed_in(Role.ADMINISTRATOR).get("/administrare/conturi/").content.decode()
    assert "Echipe" in page and 'aria-current="page">Conturi' in page
    assert "Cine ce a văzut" not in page and "Gospodării" not in page


def _menu(role: Role, page: str) -> str:
    shown = _signed_in(role).get(reverse(page)).content.decode()
    return re.search(r'<nav class="side".*?</nav>', shown, re.DOTALL)[0]  # type: ignore[index]


def test_a_long_menu_folds_what_is_not_of_every_day_and_opens_where_one_is() -> None:
    menu = _menu(Role.COORDINATOR, "cases")
    assert len(re.findall(r"<details>", menu)) == 5
    assert " open" not in menu
    outside = re.sub(r"<details.*?</details>", "", menu, flags=re.DOTALL)
    assert len(re.findall("<a ", outside)) <= 7
    there = _menu(Role.COORDINATOR, "needs")
    assert re.search(r'<details open><summary>Planificare</summary>.*aria-current="page">Nevoi', there)
    # Nothing that could be opened is lost.
    for door, url in open_doors(worker(Role.COORDINATOR).standing):
        assert f'href="{url}"' in menu, door.page


def test_a_short_menu_stays_flat() -> None:
    assert "<details" not in _menu(Role.TRAINEE, "households")


def test_a_group_of_one_is_a_plain_entry() -> None:
    menu = _menu(Role.SCHOOL_COUNSELLOR, "households")
    assert len(re.findall("<details", menu)) == 2
    assert reverse("methodology") in re.sub(r"<details.*?</details>", "", menu, flags=re.DOTALL)


def test_on_a_phone_the_menu_is_one_button_that_says_where_one_is_and_opens_every_door_at_once() -> None:
    user = worker(Role.COORDINATOR)
    client = Client()
    client.force_login(user)
    shown = client.get(reverse("services")).content.decode()
    menu = re.search(r'<details class="menu">.*?</details>', shown, re.DOTALL)[0]  # type: ignore[index]
    assert re.search(r'<span class="here">Registrul serviciilor</span></summary>', menu)
    assert menu.count("<details") == 1
    for door, url in open_doors(user.standing):
        assert f'href="{url}"' in menu, door.page
    assert menu.count("aria-current") == 1
    behind_no_door = client.get("/cont/").content.decode()
    assert '<span class="here">Meniu</span>' in behind_no_door


def test_two_doors_never_have_the_same_words() -> None:
    for language in ("ro", "en"):
        with override(language):
            words = [str(door.label) for door in DOORS]
            assert len(set(words)) == len(words), (language, words)


def test_a_colleagues_record_offers_the_emergency_door_to_those_who_may(bad_doors: None) -> None:
    household = HouseholdFactory()
    answer = _signed_in(Role.SOCIAL_WORKER).get(f"/inchis/{household.pk}/")
    assert answer.status_code == 403
    assert f"/gospodarii/{household.pk}/urgenta/" in answer.content.decode()
    plain = _signed_in(Role.TRAINEE).get(f"/inchis/{household.pk}/").content.decode()
    assert "al unui coleg" in plain and "urgenta" not in plain


def test_too_much_is_refused_with_413_and_words(bad_doors: None, settings: Any) -> None:
    client = _signed_in(Role.ADMINISTRATOR)
    answer = client.post("/formular/", {"note": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)})
    assert answer.status_code == 413
    assert "nu s-a pierdut nimic" in answer.content.decode()
    many = client.post("/formular/", {f"f{n}": "1" for n in range(1100)})
    assert many.status_code == 413


def test_a_stale_form_is_explained_and_not_executed(bad_doors: None) -> None:
    answer = _signed_in(Role.ADMINISTRATOR, enforce_csrf_checks=True).post("/formular/", {"a": "1"})
    assert answer.status_code == 403
    assert "Formularul trebuie trimis din nou" in answer.content.decode()


def test_a_fault_of_ours_is_told_in_romanian(bad_doors: None) -> None:
    client = _signed_in(Role.ADMINISTRATOR, raise_request_exception=False)
    answer = client.get("/stricat/")
    assert answer.status_code == 500
    assert "Ceva nu a mers la noi" in answer.content.decode()


def test_what_does_not_exist_is_404_in_words_or_data() -> None:
    client = _signed_in(Role.ADMINISTRATOR)
    assert "Nu există" in client.get("/nimic/").content.decode()
    assert client.get("/nimic/", headers={"Accept": "application/json"}).json()["message"]


def test_pages_carry_the_headers_that_keep_them_safe() -> None:
    headers = _signed_in(Role.ADMINISTRATOR).get("/administrare/conturi/").headers
    assert headers["Cache-Control"] == "no-store, private"
    assert "script-src 'self' 'wasm-unsafe-eval'" in headers["Content-Security-Policy"]
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "Disallow: /" in Client().get("/robots.txt").content.decode()


def test_healthz_tells_version_database_and_migrations() -> None:
    answer = Client().get("/healthz")
    assert answer.status_code == 200
    state = answer.json()
    assert set(state) == {"version", "database", "migrations", "keys"}
    assert state["migrations"] == "applied" and state["database"]["ok"] is True


def test_healthz_is_503_while_migrations_wait() -> None:
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder.Migration.objects.filter(app="accounts").latest("name").delete()
    answer = Client().get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["migrations"] == "pending 1"


def test_the_language_is_chosen_once_and_follows_the_account() -> None:
    client = Client()
    user = worker(Role.ADMINISTRATOR)
    client.force_login(user)
    answer = client.post("/cont/", {"name": "Ana Nouă", "profession": "", "phone": "", "language": "en"})
    assert answer.status_code == 302
    assert "My account" in client.get("/cont/").content.decode()
    user.refresh_from_db()
    assert (user.name, user.language) == ("Ana Nouă", "en")
    elsewhere = Client()
    elsewhere.force_login(user)
    assert "My account" in elsewhere.get("/cont/").content.decode()


def test_a_wrong_account_form_keeps_what_was_typed() -> None:
    answer = _signed_in(Role.ADMINISTRATOR).post(
        "/cont/", {"name": "", "phone": "0700 000 000", "language": "ro"}
    )
    assert answer.status_code == 422
    assert "0700 000 000" in answer.content.decode()


class TestDrafts:
    def test_kept_read_and_dropped_by_their_author_alone(self) -> None:
        client, other = _signed_in(Role.SOCIAL_WORKER), _signed_in(Role.SOCIAL_WORKER)
        kept = client.put("/ciorne/plan-1/", json.dumps({"fields": {"reason": ["ș"]}}), "application/json")
        assert kept.status_code == 200 and kept.json()["saved_at"]
        assert client.get("/ciorne/plan-1/").json()["fields"] == {"reason": ["ș"]}
        assert other.get("/ciorne/plan-1/").json()["fields"] is None
        other.delete("/ciorne/plan-1/")
        assert client.get("/ciorne/plan-1/").json()["fields"] is not None
        assert client.delete("/ciorne/plan-1/").status_code == 200
        assert client.get("/ciorne/plan-1/").json()["fields"] is None

    def test_saved_again_it_is_still_one(self) -> None:
        client = _signed_in(Role.SOCIAL_WORKER)
        for text in ("a", "b"):
            client.put("/ciorne/x/", json.dumps({"fields": {"t": text}}), "application/json")
        assert FormDraft.objects.count() == 1
        assert client.get("/ciorne/x/").json()["fields"] == {"t": "b"}

    def test_gone_when_the_form_is_sent(self) -> None:
        client = Client()
        user = worker()
        client.force_login(user)
        client.put("/ciorne/x/", json.dumps({"fields": {}}), "application/json")
        forget_draft(user, "x")
        assert not FormDraft.objects.exists()

    @pytest.mark.parametrize("body", ["", "no", "[]", '{"fields": []}', '{"a": 1}', "[" * 100_000])
    def test_nonsense_is_refused(self, body: str) -> None:
        answer = _signed_in(Role.SOCIAL_WORKER).put("/ciorne/x/", body, "application/json")
        assert answer.status_code == 400 and answer.json()["message"]

    def test_more_than_a_megabyte_is_refused_and_the_old_one_stays(self) -> None:
        client = _signed_in(Role.SOCIAL_WORKER)
        client.put("/ciorne/x/", json.dumps({"fields": {"t": "a"}}), "application/json")
        for size in (1_100_000, 6_000_000):
            answer = client.put("/ciorne/x/", json.dumps({"fields": {"t": "x" * size}}), "application/json")
            assert answer.status_code == 413 and answer.json()["message"]
        assert client.get("/ciorne/x/").json()["fields"] == {"t": "a"}

    def test_needs_the_token_of_the_session(self) -> None:
        client = _signed_in(Role.SOCIAL_WORKER, enforce_csrf_checks=True)
        assert client.put("/ciorne/x/", "{}", "application/json").status_code == 403
        token = client.get("/ciorne/x/", headers={"Accept": "application/json"}).json()["csrf"]
        body = json.dumps({"fields": {}})
        assert (
            client.put("/ciorne/x/", body, "application/json", headers={"X-CSRFToken": token}).status_code
            == 200
        )

    @pytest.mark.both
    def test_is_encrypted_at_rest(self) -> None:
        from django.db import connection

        _signed_in(Role.SOCIAL_WORKER).put("/ciorne/x/", '{"fields": {"t": "secret"}}', "application/json")
        with connection.cursor() as cursor:
            cursor.execute("SELECT fields FROM accounts_formdraft")
            assert "secret" not in cursor.fetchone()[0]


def test_the_organisation_is_named_in_the_frame() -> None:
    client = Client()
    client.force_login(
        worker(Role.ADMINISTRATOR, organization=OrganizationFactory(name="Primăria Valea Verde"))
    )
    assert "Primăria Valea Verde" in client.get("/cont/").content.decode()


def test_the_pages_that_use_htmx_and_no_others_load_it(settings: Any) -> None:
    """A part that uses it belongs to a page that loads it."""
    paths = list((settings.ROOT / "punte").rglob("templates/**/*.html"))
    texts = {f"{path.parent.name}/{path.name}": path.read_text() for path in paths}
    asking = {name for name, text in texts.items() if re.search(r"\shx-[a-z]+=", text)}
    loading = {name for name, text in texts.items() if "build/htmx.js" in text}
    parts = {part for page in loading for part in re.findall(r'{% include "([^"]+)"', texts[page])}
    assert loading <= asking <= loading | parts
    assert loading
