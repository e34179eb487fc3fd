"""What rooms and areas hand over to the day, to a device and to an extract."""

import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.db.models import BinaryField
from django.utils.translation import override

from punte.accounts import guests
from punte.accounts.enums import Capability, Role
from punte.accounts.guests import DayLine, Guest, Waiting, Work, cut, hand_over, who_may, work_of
from punte.kernel.encryption import EncryptedTextField
from punte.statistics.tables import tables
from punte.www.frame.context import address
from punte.www.frame.trail_lines import LINES, lines
from tests.factories import worker

# Who hands over what to the day. A kind of work that is new is written here the day it is born.
HANDED_OVER = {
    "cases": [
        "to_answer",
        "came_back",
        "visits",
        "terms",
        "guest_terms",
        "own_duties",
        "steps",
        "families",
        "to_follow",
    ],
    "services": ["checks", "turns"],
    "devices": ["field"],
    "petitions": ["petitions"],
    "publication": ["duties"],
    "plans": ["annual_plans"],
    "partner": ["referrals", "invitations", "own_notifications", "own_services"],
    "manage": ["requests", "openings", "accounts"],
    "people": [],
    "assessments": [],
    "documents": [],
    "keeping": ["sharings", "shared", "opened", "transfers"],
    "group_work": ["group_meetings", "observations"],
    "meetings_on_screen": ["meetings", "tasks"],
    "privacy": ["subject_requests", "breaches"],
    "accounts_kept": [],
    "petitions_kept": [],
    "fieldwork_kept": [],
    "registers": [],
    "directory": [],
    "people_on_record": [],
    "assessments_made": [],
    "case_work": [],
    "register_entries": [],
    "entitlements": [],
    "waiting_lists": [],
    "groups": [],
    "meetings": [],
    "documents_filed": [],
    "notified": [],
    "protection": [],
    "emergencies": [],
    "notifications": ["notifications"],
    "programmes": [],
    "reports": [],
    "programmes_on_screen": ["programme_reports"],
    "returns": [],
    "returns_on_screen": ["quarterly_sheets"],
}
# Tables with encrypted text or files that tell of no resident.
OF_WHO_WORKS_HERE = {
    "organizations.Contact": "who answers at another institution",
    "gatherings.Subscription": "a contact of another institution who asked for a newsletter",
    "accounts.ConfidentialityPromise": "what an account promised",
    "accounts.KeptLonger": "a number, and why it is kept longer",
    "accounts.SecondPersonRequest": "an account, and who asks for it",
    "directory.Proposal": "what an institution says of its service",
    "assessments.PackUpload": "a version of the methodology",
    "cases.RuleSwitch": "a term, switched on or off",
    "benefits.Confirmation": "a sum or an entitlement, confirmed or not",
    "devices.Device": "a device and its keys",
    "satisfaction.Opinion": "what somebody thinks of a service; it names nobody and nobody can be found by it",
    "programmes.NodeReport": "what an institution reports of an action",
    "programmes.ReportAnswer": "what a county answers to it",
    "programmes.IndicatorFigure": "a value, and where it comes from",
    "reports.ReportDraft": "a part of a report, without names",
    "reports.ReportVersion": "a report as it left, without names",
    "returns.Sheet": "the numbers of a quarter, and why a sheet was sent back",
    "returns.SheetCorrection": "why a number of a sheet is another",
    "programmes.UatNeed": "what a UAT needs, what is recommended and answered",
}
# Who tells what on a line of time.
LANES = {
    "people",
    "assessments",
    "cases",
    "documents",
    "registers",
    "keeping",
    "group_work",
    "meetings_on_screen",
}


def test_this_is_all_that_comes_to_a_day() -> None:
    assert {guest.name: [work.name for work in guest.day] for guest in guests.guests()} == HANDED_OVER


def test_these_rooms_tell_of_cases() -> None:
    assert list(guests.happenings()) == ["people_on_record", "assessments_made", "register_entries"]


def test_these_rooms_let_a_device_take_something_along() -> None:
    assert [(guest.kind, guest.part) for guest in guests.in_field()] == [
        ("register", "registers"),
        ("", "due"),
        ("attendance", ""),
        ("", ""),
    ]


def test_these_are_the_rooms_with_tables_of_an_extract() -> None:
    assert [guest.name for guest in guests.guests() if guest.extract] == [
        "directory",
        "people_on_record",
        "assessments_made",
        "case_work",
        "register_entries",
        "waiting_lists",
        "groups",
        "meetings",
        "notified",
        "emergencies",
        "programmes",
        "documents_filed",
    ]


def test_each_table_that_tells_of_a_person_is_kept_by_its_room() -> None:
    """Whoever adds one says how long it stays, and what a person's own file tells of it."""
    kept = {model for guest in guests.guests() for one in guest.keeps for model in one.models}
    assert _telling() - kept - OF_WHO_WORKS_HERE.keys() == set()
    assert kept <= {model._meta.label for model in apps.get_models()}
    assert OF_WHO_WORKS_HERE.keys() <= _telling() - kept


def _telling() -> set[str]:
    """The tables that name a resident, or hang on one that does; and all that keep what is written, or a file."""
    telling = {"people.Person", "people.Household", "cases.Case", "petitions.Petition"}
    while more := {
        model._meta.label
        for model in apps.get_models()
        if model._meta.label not in telling and model.__module__.startswith("punte.")
        if any(_tells(field, telling) for field in model._meta.get_fields() if field.concrete)
    }:
        telling |= more
    return telling


def _tells(field: Any, telling: set[str]) -> bool:
    if isinstance(field, EncryptedTextField | BinaryField):
        return True
    return bool(field.many_to_one or field.one_to_one) and field.related_model._meta.label in telling


def test_what_is_not_told_says_why() -> None:
    for guest in guests.guests():
        for one in guest.keeps:
            assert bool(one.told_to) != bool(one.why_not), one.title


def test_no_two_tables_of_an_extract_are_called_alike() -> None:
    names = [table.name for table in tables()]
    assert len(names) == len(set(names))


def test_these_are_all_that_tell_on_a_line_of_time() -> None:
    assert {guest.name for guest in guests.guests() if guest.lanes} == LANES


def test_every_kind_of_work_begins_on_a_page_of_its_own() -> None:
    for guest in guests.guests():
        for work in guest.day:
            assert address(work.begin), work.name


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_every_role_has_work_of_its_own(role: Role) -> None:
    assert work_of(worker(role))


@pytest.mark.django_db
def test_a_room_hands_over_what_its_host_does_not_know(monkeypatch: Any) -> None:
    monkeypatch.setattr(guests, "_GUESTS", {})
    line = DayLine(what="Ședință", url="/sedinte/")
    meetings = Work(
        "meetings",
        who_may(Capability.PLAN),
        lambda _user, _today: Waiting([line]),
        "ședințe",
        "account",
        "Ședințe",
    )
    hand_over(Guest("gatherings", day=(meetings,)))
    planner = worker(Role.PLANNER)
    [work] = work_of(planner)
    assert work.waits(planner, dt.date(2026, 11, 23)).lines == [line]
    assert work_of(worker(Role.TRAINEE)) == []


def test_a_long_list_is_cut_with_the_number_of_the_rest() -> None:
    lines = [DayLine(what=str(number), url="/") for number in range(7)]
    assert cut(lines, at=5, all_at="/toate/") == Waiting(lines[:5], 2, "/toate/")
    assert cut(lines, at=9, all_at="/toate/").more == 0


def test_each_verb_of_the_trail_has_its_words_once_and_in_romanian() -> None:
    brought = [verb for guest in guests.guests() for verb in guest.words]
    assert len(brought) == len(set(brought)) and not set(brought) & set(LINES)
    with override("en"):
        english = {verb: str(words) for verb, words in lines().items()}
    with override("ro"):
        assert [verb for verb, words in lines().items() if str(words) == english[verb]] == []
