"""Bodies: their members in time, cases without names, and which towns have none."""

import datetime as dt
from pathlib import Path

import pytest
from django.utils import timezone

from punte.accounts.enums import Role
from punte.cases.actions import seal_case
from punte.gatherings.actions import bring_case, call_session, end_body, leave_seat, make_body, take_seat
from punte.gatherings.content import bodies, faults
from punte.gatherings.models import Body
from punte.gatherings.naming import named_in
from punte.gatherings.queries import shown_agenda, uats_and_bodies
from punte.kernel.errors import DomainError, NotAllowed
from tests.factories import UatFactory, worker
from tests.gatherings.scene import Town, again

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
def council(town: Town) -> Body:
    return make_body(
        by=town.manager,
        keeper=town.house,
        kind="council",
        title="Consiliul consultativ",
        start=TODAY() - dt.timedelta(days=100),
        uat=town.house.uat,
        act="HCL 12",
    )


def test_the_content_says_its_faults_by_file_and_line(tmp_path: Path) -> None:
    assert faults() == []
    assert len(bodies().kinds) == 8 and bodies().child_from == 10
    text = Path("content/gatherings/bodies.yaml").read_text(encoding="utf-8")
    broken = tmp_path / "bodies.yaml"
    broken.write_text(
        text.replace("reports: half_yearly", "reports: daily").replace("chair, sec", "boss, sec")
    )
    line = text.splitlines().index("    reports: half_yearly") + 1
    assert f"bodies.yaml:{line}: council: reports is one of half_yearly, quarterly" in faults(broken)
    assert any("there is no role boss" in said for said in faults(broken))
    broken.write_text("bodies: [")
    assert faults(broken)[0].startswith("bodies.yaml:")


def test_members_sit_for_a_while_and_all_are_asked(town: Town, council: Body) -> None:
    seat = take_seat(by=town.manager, body=council, role="doctor", start=TODAY(), user=town.nurse)
    take_seat(
        by=town.manager, body=council, role="police", start=TODAY(), organization=town.police, name="Agent"
    )
    with pytest.raises(DomainError):
        take_seat(by=town.manager, body=council, role="child", start=TODAY(), name="Cineva")
    with pytest.raises(DomainError):
        take_seat(by=town.manager, body=council, role="doctor", start=TODAY())
    session = call_session(by=town.manager, body=council, day=TODAY())
    assert session.invitations.count() == 2
    leave_seat(by=town.manager, seat=seat)
    later = call_session(by=town.manager, body=council, day=TODAY() + dt.timedelta(days=1))
    assert later.invitations.count() == 1
    end_body(by=town.manager, body=council, on=TODAY())
    with pytest.raises(DomainError):
        call_session(by=town.manager, body=council, day=TODAY() + dt.timedelta(days=9))
    with pytest.raises(NotAllowed):
        make_body(by=town.teacher, keeper=town.house, kind="council", title="Alt", start=TODAY())


def test_a_case_is_brought_without_a_name(town: Town, council: Body) -> None:
    session = call_session(by=town.manager, body=council, day=TODAY())
    for words in (
        f"Copilul {town.child.given_name} lipsește",
        f"Familia {town.mother.family_name}",
        "Sunați la 0744 123 456",
        "CNP 1960101123457",
    ):
        with pytest.raises(DomainError) as refused:
            bring_case(by=town.manager, meeting=session, case=town.case, words=words)
        assert refused.value.field == "words"
    bring_case(by=town.manager, meeting=session, case=town.case, words="Un copil lipsește des de la școală")
    [seen] = shown_agenda(again(town.manager), session)
    assert (seen.number, seen.case) == (1, town.case)
    [hidden] = shown_agenda(again(town.stranger), session)
    assert (hidden.number, hidden.case) == (1, None)
    seal_case(by=town.manager, case=town.case, reason="Pericol")
    assert shown_agenda(again(town.stranger), session) == []


def test_no_sealed_case_is_brought(town: Town, council: Body) -> None:
    session = call_session(by=town.manager, body=council, day=TODAY())
    sealed = seal_case(by=town.manager, case=town.case, reason="Pericol")
    with pytest.raises(DomainError):
        bring_case(by=town.manager, meeting=session, case=sealed, words="O situație")


def test_names_are_found_as_romanian_declines_them(town: Town) -> None:
    town.child.given_name, town.child.family_name = "Maria", "Dinu"
    found = named_in({"minutes": "Nimic aici.\nMama Mariei a spus că Dinu pleacă."}, [town.child])
    assert [(one.part, one.line, one.word) for one in found] == [
        ("minutes", 2, "Mariei"),
        ("minutes", 2, "Dinu"),
    ]
    assert named_in({"minutes": "Vorbim despre o mamă."}, [town.child]) == []


def test_which_towns_have_none_and_whose_mandate_ends(town: Town, council: Body) -> None:
    without = UatFactory(name="Fără Consiliu")
    county = worker(Role.COUNTY_METHODOLOGIST, organization=town.house)
    total, missing = uats_and_bodies(county, "council", within=dt.timedelta(days=60))
    assert without in [one.uat for one in missing] and town.house.uat not in [one.uat for one in missing]
    Body.objects.filter(pk=council.pk).update(end=TODAY() + dt.timedelta(days=30))
    _total, missing = uats_and_bodies(county, "council", within=dt.timedelta(days=60))
    assert {one.uat: one.until for one in missing}[town.house.uat] == TODAY() + dt.timedelta(days=29)
    assert total >= 2
