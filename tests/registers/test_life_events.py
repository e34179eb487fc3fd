"""Life events are registers; a death, a birth and a move lead to the verbs that there are."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.kernel.errors import DomainError
from punte.methodology.errors import PackError
from punte.people.models import Membership
from punte.registers.actions import add_entry
from punte.registers.catalogue import definitions
from punte.registers.models import Entry
from tests.cases.conftest import Town, make_town
from tests.factories import worker
from tests.registers.test_definitions import SOUND, read

TODAY = timezone.localdate()


@pytest.fixture
def town(db: None) -> Town:
    return make_town()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_of(case: Any) -> str:
    return reverse("life_event_new", args=["cazuri", case.pk])


def event(**said: Any) -> dict[str, Any]:
    return {"what": "life_event:job_lost", "start": TODAY.isoformat(), "note": "", **said}


def test_what_ships_has_kinds_for_people_and_households() -> None:
    offered = {key: one.about for key, one in definitions().items() if one.life_event}
    assert offered == {
        "health_event": "person",
        "household_event": "household",
        "legal_event": "person",
        "life_event": "person",
    }


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("period: interval", "period: interval\nlife_event: yes"), "kind"),
        (("period: interval\noverlap: refused", "period: day\noverlap: refused\nlife_event: maybe"), "yes"),
    ],
)
def test_a_life_event_has_a_day_and_a_kind(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    with pytest.raises(PackError, match=said):
        read(tmp_path, SOUND.replace(*change))


def test_an_event_of_a_person_is_two_clicks_from_the_case(town: Town) -> None:
    case = town.case()
    client = signed_in(town.worker)
    shown = client.get(reverse("case", args=[case.pk])).content.decode()
    assert page_of(case) in shown
    told = client.post(page_of(case), event(who=str(town.mother.pk), note="Fabrica s-a închis."))
    assert told.url == reverse("case", args=[case.pk])
    made = Entry.objects.get()
    assert (made.register, made.person, made.start) == ("life_event", town.mother, TODAY)
    assert made.end == TODAY + dt.timedelta(days=1)
    said = client.get(reverse("entry", args=[made.pk])).content.decode()
    assert "și-a pierdut locul de muncă" in said and "Fabrica s-a închis." in said


def test_an_event_of_the_household_names_nobody(town: Town) -> None:
    said = event(what="household_event:damage", who="")
    assert signed_in(town.worker).post(page_of(town.case()), said).status_code == 302
    assert Entry.objects.get().household == town.household


def test_what_happened_to_somebody_says_to_whom_and_has_happened(town: Town) -> None:
    client, page = signed_in(town.worker), page_of(town.case())
    nobody = client.post(page, event())
    assert nobody.status_code == 422 and "Spuneți cui i s-a întâmplat" in nobody.content.decode()
    tomorrow = (TODAY + dt.timedelta(days=1)).isoformat()
    early = client.post(page, event(who=str(town.mother.pk), start=tomorrow))
    assert early.status_code == 422 and "Această zi nu a venit încă" in early.content.decode()
    with pytest.raises(DomainError):
        add_entry(
            by=town.worker,
            register="life_event",
            subject=town.mother,
            start=TODAY + dt.timedelta(days=1),
            given={"kind": "job_lost"},
        )
    assert not Entry.objects.exists()


def test_who_does_not_read_a_part_is_not_offered_its_events(town: Town) -> None:
    case = town.case()
    said = signed_in(town.nurse).get(page_of(case)).content.decode()
    assert "health_event:illness" in said and "legal_event" not in said
    assert (
        signed_in(town.nurse)
        .post(page_of(case), event(what="legal_event:detained", who=str(town.mother.pk)))
        .status_code
        == 422
    )


def test_a_death_ends_where_the_person_lived(town: Town) -> None:
    client, page = signed_in(town.worker), page_of(town.case())
    day = TODAY - dt.timedelta(days=2)
    asked = {"death": "1", "death-who": str(town.mother.pk), "death-died_on": day.isoformat()}
    wrong = client.post(page, asked | {"death-died_on": (TODAY + dt.timedelta(days=1)).isoformat()})
    assert wrong.status_code == 422
    assert client.post(page, asked).status_code == 302
    town.mother.refresh_from_db()
    assert town.mother.died_on == day
    lived = Membership.objects.get(person=town.mother)
    assert (lived.end, lived.ended_by_death) == (day, True)
    assert not Entry.objects.exists()


def test_a_birth_and_a_move_lead_to_their_own_pages(town: Town) -> None:
    said = signed_in(town.worker).get(page_of(town.case())).content.decode()
    assert reverse("member_new", args=[town.household.pk]) in said
    assert reverse("household_change", args=[town.household.pk]) in said
    lived = town.child.memberships.get()
    assert reverse("member_leave", args=[town.household.pk, lived.pk]) in said


def test_who_records_no_people_writes_events_and_no_deaths(town: Town) -> None:
    counsellor = worker(Role.SCHOOL_COUNSELLOR, team=town.team)
    case = town.case()
    client = signed_in(counsellor)
    assert "death-who" not in client.get(page_of(case)).content.decode()
    asked = {"death": "1", "death-who": str(town.mother.pk), "death-died_on": TODAY.isoformat()}
    assert client.post(page_of(case), asked).status_code in (200, 422)
    town.mother.refresh_from_db()
    assert town.mother.died_on is None
