"""Who is meant is found however it is written; what is behind a seal reaches its team, and nobody else learns of it."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.guests import work_of
from punte.accounts.models import User
from punte.cases.actions import open_case, seal_case
from punte.cases.enums import Regime
from punte.cases.models import Case
from punte.kernel.errors import NotAllowed
from punte.notifications.actions import answer_sought
from punte.notifications.matching import Clues, known_to
from punte.notifications.models import Notification, SoughtCase
from tests.factories import HouseholdFactory, family, worker
from tests.guards.queries import queries_of
from tests.notifications.town import Town, called


def again(user: User) -> User:
    """The account as another request has it."""
    return User.objects.get(pk=user.pk)


def home(town: Town, name: str, given: str) -> tuple[object, object]:
    made = HouseholdFactory(keeper=town.hall, name=name)
    [mother, child] = family(30, 9, household=made)
    called(mother, name, "Elena")
    return made, called(child, name, given)


def test_names_spelt_otherwise_addresses_and_phones_find_them(town: Town) -> None:
    household, child = home(town, "Zambilă", "Ștefania")
    case = open_case(by=town.worker, household=household, regime=Regime.STANDARD, reason="x")
    for clues in (Clues(["zambila stefania"]), Clues(["Zambla Stefania"]), Clues(place="fântânii 12")):
        found = known_to(again(town.worker), clues)
        assert [one.household for one in found.homes] == [household], clues
        assert found.homes[0].case == case
    assert [one.person for one in known_to(again(town.worker), Clues(["zambila stefania"])).people] == [child]
    assert known_to(worker(), Clues(["zambila stefania"])).count == 0


def test_an_earlier_notification_is_found_by_two_words_a_phone_or_a_place(town: Town) -> None:
    made = town.told("Ana Zambilă", where="Str. Morii nr. 7")
    reader = again(town.worker)
    for clues in (
        Clues(["zambila ana"]),
        Clues(phone="+40 744 123 456"),
        Clues(place="strada Morii 7, Valea Mică"),
    ):
        assert known_to(reader, clues).notifications == [made], clues
    for clues in (Clues(["Ana"]), Clues(phone="0744"), Clues(place="Morii 9"), Clues()):
        assert known_to(reader, clues).notifications == [], clues
    assert known_to(worker(), Clues(["zambila ana"])).notifications == []


@pytest.fixture
def sealed(town: Town) -> Case:
    household, _child = home(town, "Zambilă", "Ana")
    case = open_case(by=town.other, household=household, regime=Regime.INTENSIVE, reason="Soțul lovește.")
    return seal_case(by=town.other, case=case, reason="Pericol")


def test_what_seems_to_be_about_a_sealed_case_reaches_its_team_alone(town: Town, sealed: Case) -> None:
    made = town.told("Ana Zambilă")
    assert SoughtCase.objects.get(notification=made).case == sealed
    readers = {
        user.pk: made in Notification.objects.visible_to(again(user))
        for user in (town.nurse, town.other, town.worker, town.lead)
    }
    assert list(readers.values()) == [True, True, False, False]
    assert known_to(again(town.lead), Clues(["Ana Zambilă"])).notifications == []

    def lines(user: User) -> list[str]:
        [work] = [one for one in work_of(again(user)) if one.name == "notifications"]
        return [line.what for line in work.waits(again(user), made.received_at.date()).lines]

    assert any(str(sealed) in line for line in lines(town.other))
    assert lines(town.lead) == [] and lines(town.worker) == []
    for outsider in (town.nurse, town.lead):
        with pytest.raises(NotAllowed):
            answer_sought(by=again(outsider), notification=made, ours=False)
    answer_sought(by=again(town.other), notification=made, ours=False)
    assert made in Notification.objects.visible_to(again(town.lead)), "it is about others: all may work on it"


def test_nobody_in_danger_waits_for_the_team_of_a_sealed_case(town: Town, sealed: Case) -> None:
    calm, late, danger = (town.told("Ana Zambilă", danger=said) for said in ("no", "unknown", "yes"))
    Notification.objects.filter(pk=late.pk).update(received_at=timezone.now() - dt.timedelta(hours=25))
    assert SoughtCase.objects.filter(case=sealed).count() == 3
    assert set(Notification.objects.visible_to(again(town.lead))) == {late, danger}
    for one in (late, danger):
        answer_sought(by=again(town.other), notification=one, ours=True)
    assert set(Notification.objects.visible_to(again(town.lead))) == set()
    assert calm in Notification.objects.visible_to(again(town.other))


def test_recording_it_asks_the_database_the_same(town: Town, sealed: Case) -> None:
    told = dict.fromkeys([True, False], list[str]())
    for there in told:
        Case.objects.filter(pk=sealed.pk).update(open=there)
        told[there], made = queries_of(town.told, "Ana Zambilă")
        assert bool(SoughtCase.objects.get(notification=made).case) is there
    assert told[True] == told[False]


def test_a_given_name_alone_is_about_nobody_in_particular(town: Town, sealed: Case) -> None:
    assert SoughtCase.objects.get(notification=town.told("Ana")).case is None
    stranger = worker(Role.COORDINATOR)
    assert not Notification.objects.visible_to(stranger).exists()
    assert re.match(r"\d+/\d{4}", str(Notification.objects.get()))
