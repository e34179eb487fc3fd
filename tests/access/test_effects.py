"""Every door at which something changes, knocked at with a form filled well, by those for whom it is not: nothing."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import User
from tests import is_drawn
from tests.access.rows import Row
from tests.access.rows_registers import AGREEMENTS, OWN_AGREEMENTS, SCHOOL
from tests.access.walk import SIGNED_COOKIES, sign_in
from tests.access.world import World
from tests.samples import photograph

# Lines that say who looked, and what the browser keeps for itself.
_NOT_A_CHANGE = {"accounts_trailentry", "accounts_formdraft"}
_WRITES = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
# Outside the team of the case the roles are refused alike: a few speak for the others.
_ABROAD = {Role.SOCIAL_WORKER, Role.COORDINATOR, Role.TRAINEE, Role.PARTNER}
_MANAGING = {Role.SOCIAL_WORKER, Role.CASE_MANAGER, Role.SUPERVISOR, Role.COORDINATOR}
_WRITING = {*_MANAGING, Role.TRAINEE}
_LEADING = {Role.SUPERVISOR, Role.COORDINATOR}
_WORKING = set(Role) - {
    Role.PLANNER,
    Role.COUNTY_METHODOLOGIST,
    Role.PARTNER,
    Role.TRAINEE,
    Role.DATA_PROTECTION_OFFICER,
    Role.ADMINISTRATOR,
}


def _today() -> str:
    return timezone.localdate().isoformat()


class _Scan(SimpleUploadedFile):
    """A photograph that can be sent again and again."""

    def __init__(self) -> None:
        super().__init__("act.jpg", photograph(), "image/jpeg")

    def read(self, *_most: int) -> bytes:
        self.seek(0)
        return super().read()


def _doors(world: World) -> dict[str, tuple[set[Role], list[Any], dict[str, Any]]]:
    """By the name of the address: the roles that may, its arguments on a sealed and on a plain case, and the form."""
    rows = world.rows
    regime = {"regime": "intensive", "reason": "Un motiv spus pe larg.", "assessment": ""}
    worker = {"responsible": str(rows["member"].pk)}
    colleague = {"email": world.people[f"{Role.SCHOOL_COUNSELLOR}@elsewhere"].email, "part": "școala"}  # type: ignore[union-attr]
    note = {"mode": "phone", "at": f"{_today()}T00:01", "compartment": "general", "note": "Vorbit."}
    reason = {"reason": "Un motiv spus pe larg."}
    goes = {"who": str(rows["member"].pk)}
    return {
        "case_regime": (_MANAGING, [], regime),
        "case_close": (_MANAGING, [], {"outcome": "objectives_met", **reason}),
        "case_reopen": (_MANAGING, [], regime),
        "case_plan_draft": (_WRITING, [], reason),
        "case_plan_edit": (_WRITING, [], {"objectives": "0", "revision": "1"}),
        "case_plan_discard": (_WRITING, [], {}),
        "case_plan_adopt": (
            _WRITING,
            [],
            {"agreed_with": str(rows["person"].pk), "agreed_on": _today(), "agreed_how": "signed"},
        ),
        "case_plan_offer": (
            _MANAGING,
            [],
            {
                "plan": str(rows["objective"].plan_id),
                "role": Role.COMMUNITY_NURSE,
                "to": str(world.people["community_nurse@own"].pk),  # type: ignore[union-attr]
            },
        ),
        "case_plan_bring_up": (_MANAGING, ["objective"], {}),
        "case_approval": (_LEADING, ["approval"], {"act": "give_back", "answer": "Lipsește școala."}),
        "case_objective": (_WORKING, ["objective"], {"progress": "achieved"}),
        "case_step": (_WORKING, ["step"], {}),
        "case_interventions": (_WORKING, [], note),
        "case_intervention": (_MANAGING, ["intervention"], {**note, "seen": "0", "why": "Altă zi"}),
        "case_file_new": (_WORKING, [], {"kind": "other", "dated": _today(), "attached": _Scan()}),
        "case_file_correct": (_MANAGING, ["filed"], {"kind": "other", "dated": _today(), "seen": "0"}),
        "case_file_withdraw": (_MANAGING, ["filed"], reason),
        "case_visit": (_WORKING, [], {"day": _today(), "compartment": "general", **goes}),
        "case_refer": (_WORKING, [], {}),
        "case_referral_withdraw": (_WORKING, ["referral"], reason),
        "case_referral_seen": (_WORKING, ["referral"], {}),
        "case_assign": (_LEADING, [], worker),
        "case_team_add": (_MANAGING, [], colleague),
        "case_team_remove": (_MANAGING, ["member"], {}),
        "case_facet_new": (_MANAGING, [], {"facet": "education", "start": _today()}),
        "case_facet_end": (_MANAGING, ["facet"], {"end": _today()}),
        "case_seal": (_MANAGING, [], reason),
        "case_unseal": (_MANAGING, [], reason),
        "case_in_field": (_WORKING, [], {"act": "allow", "until": _today()}),
    }


@pytest.fixture(autouse=True)
def signed_cookies(settings: Any) -> None:
    settings.SESSION_ENGINE = SIGNED_COOKIES


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "sealed_"])
def test_no_door_of_a_case_moves_for_who_may_not(world: World, prefix: str) -> None:
    case = world.rows["sealed" if prefix else "case"]
    wrong = []
    for name, (may, nested, form) in _doors(world).items():
        keys = [world.rows[prefix + one if f"{prefix}{one}" in world.rows else one].pk for one in nested]
        url = reverse(name, args=[case.pk, *keys])
        for who, person in _those_who_may_not(world, may, sealed=bool(prefix)):
            if not _is_asked(f"{prefix}{name} {who}"):
                continue
            changed = _changed_by(person, url, form)
            wrong += [f"{name}: {who} changed {', '.join(changed)}"] if changed else []
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.django_db
def test_the_same_forms_do_move_it_for_who_may(world: World) -> None:
    """Or the test above would pass with forms that nobody could send."""
    worker, leader = world.people["social_worker@own"], world.people["coordinator@own"]
    doors = _doors(world)
    for name in (
        "case_close",
        "case_approval",
        "case_objective",
        "case_step",
        "case_interventions",
        "case_intervention",
        "case_visit",
        "case_file_new",
        "case_file_correct",
        "case_file_withdraw",
        "case_team_add",
        "case_facet_new",
        "case_facet_end",
        "case_seal",
    ):
        _may, nested, form = doors[name]
        url = reverse(name, args=[world.rows["case"].pk, *(world.rows[one].pk for one in nested)])
        assert _changed_by(leader if name in ("case_seal", "case_approval") else worker, url, form), name
    _may, _nested, form = doors["case_assign"]
    elsewhere = {"responsible": str(world.people["case_manager@team"].pk)}  # type: ignore[union-attr]
    assert _changed_by(leader, reverse("case_assign", args=[world.rows["case"].pk]), {**form, **elsewhere})


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "sealed_"])
def test_no_visit_moves_for_who_may_not(world: World, prefix: str) -> None:
    goes = {"who": str(world.rows["member"].pk)}
    doors = {
        "visit_move": {"day": _today(), "hour": "10:00", **goes},
        "visit_missed": {"reason": "Un motiv spus pe larg."},
        "visit_held": {},
    }
    for name, form in doors.items():
        url = reverse(name, args=[world.rows[f"{prefix}visit"].pk])
        for who, person in _those_who_may_not(world, _WORKING, sealed=bool(prefix)):
            if _is_asked(f"{prefix}{name} {who}"):
                assert _changed_by(person, url, form) == [], f"{name}: {who}"
        assert _changed_by(world.people["case_team"], url, form), name


@pytest.mark.django_db
def test_no_entry_of_a_register_moves_for_who_may_not(world: World) -> None:
    schooling, protocol, institution = (
        world.rows[key].pk for key in ("schooling", "protocol", "institution")
    )
    reason, step = {"why": "Un motiv spus pe larg.", "revision": "1"}, {"on": _today(), "revision": "1"}
    agreed = {"start": _today(), "subject": "Masă caldă", "kind": "protocol", "state": "proposed"}
    school = {"start": _today(), "unit": "Școala nr. 2", "stage": "primary", "state": "attending"}
    doors = [
        (SCHOOL, reverse("entry_move", args=[schooling, "transfer"]), step),
        (SCHOOL, reverse("entry_correct", args=[schooling]), {**school, **reason}),
        (SCHOOL, reverse("entry_withdraw", args=[schooling]), reason),
        (AGREEMENTS, reverse("entry_new", args=["institutii", institution, "agreement"]), agreed),
        (OWN_AGREEMENTS, reverse("entry_move", args=[protocol, "refuse"]), step),
        (OWN_AGREEMENTS, reverse("entry_correct", args=[protocol]), {**agreed, **reason}),
        (OWN_AGREEMENTS, reverse("entry_withdraw", args=[protocol]), reason),
    ]
    wrong = []
    for expected, url, form in doors:
        row, moved = Row("", expected), False
        for who, person in world.people.items():
            may = row.of(who)[1] == 200
            if not may and not _is_asked(f"{url} {who}"):
                continue
            changed = _changed_by(person, url, form) if not (may and moved) else ["already seen to move"]
            moved = moved or (may and bool(changed))
            wrong += [f"{url}: {who} changed {', '.join(changed)}"] if changed and not may else []
        assert moved, url
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.django_db
def test_the_places_of_a_service_are_said_by_its_provider_alone(world: World) -> None:
    url = reverse("service_occupancy", args=[world.rows["service"].pk])
    wrong = [who for who, person in world.people.items() if _changed_by(person, url, {"taken": "3"})]
    assert wrong == []


@pytest.mark.django_db
def test_looking_at_a_page_changes_nothing(world: World) -> None:
    """A GET asks; what it would change, a link in a message could change in somebody's name."""
    draft = world.rows["draft"]
    about = [draft.household_id, "older_person", world.rows["person"].pk]
    for name, args in (
        ("assess", [draft.household_id]),
        ("assess_person", about),
        ("assessment_people", [draft.pk]),
        ("assessment_draft", [draft.pk]),
    ):
        url = reverse(name, args=args)
        assert _changed_by(world.people["social_worker@own"], url, None) == [], name


def _those_who_may_not(
    world: World, may: Iterable[Role], *, sealed: bool
) -> Iterator[tuple[str, User | None]]:
    for who, person in world.people.items():
        role, _at, place = who.partition("@")
        if (who == "case_team" and Role.PSYCHOLOGIST in may) or (
            place in ("team", "elsewhere") and role not in _ABROAD
        ):
            continue
        sees = place == "own" or (place == "team" and role in _LEADING)
        if sealed or role not in may or not sees:
            yield who, person


def _is_asked(knock: str) -> bool:
    """Whether `make test` plays it: one in six, always the same; in `make test-all` all."""
    return is_drawn(knock, one_in=6)


def _changed_by(person: User | None, url: str, form: dict[str, Any] | None) -> list[str]:
    """The tables that one request wrote to; what it did is undone."""
    client = Client(raise_request_exception=False)
    if person is not None:
        sign_in(client, person)
    written: set[str] = set()

    def watch(execute: Any, sql: str, *rest: Any) -> Any:
        found = _WRITES.match(sql)
        if found and found[1] not in _NOT_A_CHANGE:
            written.add(found[1])
        return execute(sql, *rest)

    with transaction.atomic(), connection.execute_wrapper(watch):
        if form is None:
            client.get(url)
        else:
            client.post(url, form)
        transaction.set_rollback(True)
    return sorted(written)
