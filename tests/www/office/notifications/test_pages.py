"""The pages of notifications: recorded while one types, worked on to its decision, late ones not to be missed."""

import datetime as dt
import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Role
from punte.cases.actions import open_case, seal_case
from punte.cases.enums import Regime
from punte.cases.models import Case
from punte.notifications.models import HotlineCall, Notification, NotifiedAbuse, NotifiedMark, SoughtCase
from punte.people.models import Person
from punte.petitions.actions import Letter, Sender, send_petition
from tests.access.test_behind_a_seal import answered
from tests.factories import HouseholdFactory, family, worker
from tests.notifications.town import WORDS, Town, called
from tests.www.office.notifications.conftest import As

TYPED = {
    "danger": "unknown",
    "what": WORDS,
    "kind": "child_risk",
    "channel": "phone_office",
    "role_1": "child",
}


def typed(town: Town, **more: str) -> dict[str, str]:
    roles = {f"role_{number}": "child" for number in (1, 2, 3)}
    return {**TYPED, **roles, "organization": str(town.hall.pk), **more}


def test_it_is_recorded_half_known_and_the_code_is_shown_once(town: Town, signed_in: As) -> None:
    client = signed_in(town.nurse)
    page = client.post(reverse("notification_new"), typed(town, name_1="Zambilă"), follow=True)
    made = Notification.objects.get()
    said = page.content.decode()
    assert re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", said) and f"<b>{made}</b>" in said
    assert "Zambilă" not in re.findall(r"<title>(.*?)</title>", said)[0]
    again = client.get(reverse("notification", args=[made.pk])).content.decode()
    assert not re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", again)


def test_what_was_typed_comes_back_with_what_is_missing(town: Town, signed_in: As) -> None:
    page = signed_in(town.nurse).post(reverse("notification_new"), typed(town, what="", name_1="Zambilă"))
    assert page.status_code == 422
    assert 'value="Zambilă"' in page.content.decode()


def test_those_known_are_shown_while_one_types_and_without_a_script(town: Town, signed_in: As) -> None:
    home = HouseholdFactory(keeper=town.hall, name="Zambilă")
    [ana] = family(30, household=home)
    called(ana, "Zambilă", "Ana")
    earlier = town.told("Ana Zambilă", by=town.worker)
    client = signed_in(town.worker)
    for page in (
        client.post(reverse("notification_known"), {"name_1": "zambila ana"}),
        client.post(reverse("notification_new"), typed(town, name_1="zambila ana", look="1")),
    ):
        said = page.content.decode()
        assert page.status_code == 200
        assert (
            reverse("household", args=[home.pk]) in said
            and reverse("notification", args=[earlier.pk]) in said
        )
    assert Notification.objects.count() == 1 and Person.objects.count() == 1


def test_the_second_call_joins_the_first_as_it_is_recorded(town: Town, signed_in: As) -> None:
    first = town.told("Ana Zambilă", by=town.worker)
    chosen = typed(town, name_1="Ana Zambilă", known=first.key)
    signed_in(town.worker).post(reverse("notification_new"), chosen)
    assert Notification.objects.get(merged_into=first).state == "merged"


@pytest.fixture
def sealed(town: Town) -> Case:
    home = HouseholdFactory(keeper=town.hall, name="Zambilă")
    [ana] = family(9, household=home)
    called(ana, "Zambilă", "Ana")
    case = open_case(by=town.other, household=home, regime=Regime.INTENSIVE, reason="Pericol")
    return seal_case(by=town.other, case=case, reason="Pericol")


def test_a_clerk_who_records_what_is_about_a_sealed_case_sees_nothing_of_it(
    town: Town, sealed: Case, signed_in: As
) -> None:
    """Status, bytes but tokens, and queries are those of the same town without the case."""
    client = signed_in(town.worker)
    told = []
    for there in (True, False):
        Case.objects.filter(pk=sealed.pk).update(open=there)
        # What was recorded before is found no more, so that both times begin alike.
        NotifiedMark.objects.all().delete()
        recorded = answered(client, reverse("notification_new"), "post", **typed(town, name_1="Ana Zambilă"))
        made = Notification.objects.latest("created_at")
        assert bool(SoughtCase.objects.get(notification=made).case) is there
        status, said, queries = answered(client, reverse("notification", args=[made.pk]))
        told.append((recorded, status, re.sub(r"\d+", "#", said), queries))
    assert told[0] == told[1]


def test_only_its_team_is_told_on_the_page(town: Town, sealed: Case, signed_in: As) -> None:
    made = town.told("Ana Zambilă")
    url = reverse("notification", args=[made.pk])
    assert str(sealed) in signed_in(town.other).get(url).content.decode()
    assert str(sealed) not in signed_in(town.nurse).get(url).content.decode()
    assert signed_in(town.lead).get(url).status_code == 404
    for page, sent in (("notifications", {"state": "all"}), ("my_day", {})):
        assert str(made) not in signed_in(town.lead).get(reverse(page), sent).content.decode()
    signed_in(town.other).post(reverse("notification_ours", args=[made.pk]), {"answer": "ours"})
    assert SoughtCase.objects.get(notification=made).ours is True


def test_from_urgency_to_decision(town: Town, signed_in: As) -> None:
    made = town.told("Ana", by=town.worker)
    client = signed_in(town.worker)

    def step(name: str, **given: Any) -> int:
        status: int = client.post(reverse(f"notification_{name}", args=[made.pk]), given).status_code
        return status

    assert step("triage", kind="child_abuse", danger="no", reasons=["cold"]) == 302
    assert step("triage", kind="child_abuse", danger="no", judged="1") == 422
    assert step("assign", worker=town.worker.pk) == 302
    assert step("assign", worker=town.other.pk) == 422
    assert step("team", users=[town.worker.pk, town.nurse.pk]) == 302
    assert step("arrived") == 302
    assert step("back", found="Copiii erau singuri.") == 302
    assert (
        step("result", result="confirmed", confirmed=["physical"], suspected=["emotional", "physical"]) == 302
    )
    assert sorted(made.abuse.values_list("kind", "certainty")) == [
        ("emotional", "suspected"),
        ("physical", "confirmed"),
    ]
    assert step("note", note="") == 422
    assert step("send_on", to="DGASPC", reason="Competență", package=["report"]) == 302
    page = client.get(reverse("notification", args=[made.pk])).content.decode()
    assert "Copiii erau singuri." in page and "DGASPC" in page
    assert client.get(reverse("notification_letter", args=[made.pk])).content.startswith(b"%PDF")


def test_a_case_is_opened_of_a_household_that_is_known(town: Town, signed_in: As) -> None:
    made = town.told("Zambilă Ana", by=town.worker)
    client = signed_in(town.worker)
    url = reverse("notification_case", args=[made.pk])
    assert reverse("household_new") in client.get(url).content.decode()
    home = HouseholdFactory(keeper=town.hall, name="Zambilă")
    [ana] = family(9, household=home)
    called(ana, "Zambilă", "Ana")
    sent = {"household": home.pk, "regime": "intensive", "reason": "Copii singuri"}
    assert client.post(url, sent)["Location"] == reverse("case", args=[Case.objects.get().pk])


def test_late_ones_stand_on_the_day_of_who_leads(town: Town, signed_in: As) -> None:
    made = town.told("Ana", by=town.worker)
    late = timezone.now() - dt.timedelta(hours=80)
    Notification.objects.filter(pk=made.pk).update(
        received_at=late, due_at=late + dt.timedelta(hours=72), assigned_to=town.worker
    )
    day = signed_in(town.lead).get(reverse("my_day")).content.decode()
    assert reverse("notification", args=[made.pk]) in day
    team = signed_in(town.lead).get(reverse("team_day")).content.decode()
    assert reverse("notification", args=[made.pk]) in team
    listed = signed_in(town.lead).get(reverse("notifications"), {"state": "late"}).content.decode()
    assert reverse("notification", args=[made.pk]) in listed


def test_a_list_asks_the_same_however_many_there_are(town: Town, signed_in: As, pinned: Any) -> None:
    for number in range(3):
        town.told(f"Ana Zambilă {number}", by=town.worker)
    pinned(signed_in(town.worker).get, reverse("notifications"))


def test_a_petition_becomes_a_notification_by_a_deed(town: Town, signed_in: As) -> None:
    petition = send_petition(
        organization=town.hall, letter=Letter("complaint", "Copilul vecinei plânge noaptea."), sender=Sender()
    ).petition
    client = signed_in(town.worker)
    url = reverse("notification_from_petition", args=[petition.pk])
    assert url in client.get(reverse("petition", args=[petition.pk])).content.decode()
    assert petition.text in client.get(url).content.decode()
    client.post(url, typed(town, what=petition.text, channel="petition"))
    assert Notification.objects.get().petition == petition


def test_calls_are_counted(town: Town, signed_in: As) -> None:
    client = signed_in(town.nurse)
    sent = {
        "organization": town.hall.pk,
        "line": "child",
        "kind": "silent",
        "minutes": "3",
        "outcome": "none",
    }
    assert client.post(reverse("hotline"), {**sent, "minutes": "-3"}).status_code == 422
    assert client.post(reverse("hotline"), sent).status_code == 302
    assert HotlineCall.objects.get().minutes == 3
    for asked in ("0", "1", "99999999999", "x"):
        assert client.get(reverse("hotline"), {"inapoi": asked}).status_code == 200


def test_few_are_not_told_to_who_does_not_lead(town: Town, signed_in: As) -> None:
    made = town.told("Ana", by=town.worker)
    NotifiedAbuse.objects.create(notification=made, kind="physical", certainty="confirmed")
    planner = signed_in(worker(Role.PLANNER, organization=town.hall)).get(reverse("abuse_totals"))
    assert "&lt; 5" in planner.content.decode()
    assert "<td>1</td>" in signed_in(town.lead).get(reverse("abuse_totals")).content.decode()


def test_several_are_given_and_joined_from_the_list(town: Town, signed_in: As) -> None:
    one, two, three = (town.told(f"Al {number}-lea apel", by=town.nurse) for number in (1, 2, 3))
    page, client = reverse("notifications"), signed_in(town.lead)
    chosen = [str(row.pk) for row in (one, two, three)]
    said = client.post(
        page, {"do": "assign", "chosen": chosen, "assign-worker": str(town.worker.pk)}, follow=True
    )
    assert said.status_code == 200
    assert set(Notification.objects.values_list("assigned_to", flat=True)) == {town.worker.pk}
    joined = client.post(page, {"do": "join", "chosen": [str(three.pk)], "join-into": "999/2026"})
    assert joined.status_code == 422
    assert (
        client.post(page, {"do": "join", "chosen": chosen, "join-into": ""}, follow=True).status_code == 200
    )
    merged = dict(Notification.objects.values_list("pk", "merged_into"))
    assert merged == {one.pk: None, two.pk: one.pk, three.pk: one.pk}
    # One who gives work to nobody takes them at most; who does not decide on them finds neither deed.
    own = client_page(signed_in(town.other), page, unfold="assign")
    assert 'value="assign"' in own and str(town.worker.pk) not in own
    assert 'value="assign"' not in client_page(signed_in(town.nurse), page)


def client_page(client: Any, address: str, **asked: str) -> str:
    """What a page says."""
    return str(client.get(address, {"state": "all", **asked}).content.decode())
