"""Which families fit a child: strict first, then wider with what is missed said; pure, and without names."""

import os
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from punte.methodology.errors import PackError
from punte.protection.criteria import criteria
from punte.protection.matching import Family, Wanted, fit, ranked
from tests import some_of

GIRL = Wanted(ages=[6], sexes=frozenset("f"), needs=frozenset(), together=1, place="1", point=(46.0, 23.0))


def family(key: int, **said: object) -> Family:
    usual = {"free": 1, "age_from": 3, "age_to": 10, "sex": "any", "place": "1", "point": (46.0, 23.0)}
    return Family(key=UUID(int=key), **{**usual, **said})  # type: ignore[arg-type]


def keys(wanted: Wanted, *families: Family, wider: bool = False) -> list[int]:
    return [one.family.key.int for one in ranked(wanted, families, criteria(), wider=wider)]


@pytest.mark.parametrize(
    "said", [{"free": 0}, {"age_from": 7}, {"age_to": 5}, {"sex": "boys"}], ids=lambda said: next(iter(said))
)
def test_whoever_misses_what_is_strict_is_no_candidate(said: dict[str, object]) -> None:
    assert keys(GIRL, family(1), family(2, **said)) == [1]


def test_a_wider_search_passes_over_what_may_be_and_says_so_but_never_over_a_place() -> None:
    young, full, far_off = family(1, age_from=8), family(2, free=0), family(3, age_from=9)
    assert keys(GIRL, young, full, far_off, wider=True) == [1]
    assert [one.criterion.key for one in fit(GIRL, young, criteria()).widened] == ["age"]


def test_the_same_school_and_near_the_family_come_first() -> None:
    near = family(1, place="2", point=(46.1, 23.0))
    far = family(2, place="3", point=(47.5, 26.0))
    assert keys(GIRL, far, near, family(3)) == [3, 1, 2]


def test_siblings_stay_together_where_somebody_takes_them() -> None:
    three = Wanted(ages=[3, 6, 9], sexes=frozenset("fm"), needs=frozenset(), together=3)
    assert keys(three, family(1, free=3, siblings=False), family(2, free=3, siblings=True), family(3)) == [2]
    assert keys(three, family(1, free=3, siblings=False), family(3), wider=True) == [1]


def test_what_is_not_known_of_a_family_is_said_and_held_against_nobody() -> None:
    silent = Family(key=UUID(int=1), free=1)
    unknown = [one.criterion.key for one in fit(GIRL, silent, criteria()).reasons if one.met is None]
    assert keys(GIRL, silent) == [1] and unknown == ["age", "sex", "school", "distance"]


_NEEDS = st.frozensets(st.sampled_from(["disability", "trauma", "infant"]))
_FAMILIES = st.lists(
    st.builds(
        Family,
        key=st.uuids(),
        free=st.integers(0, 3),
        age_from=st.none() | st.integers(0, 10),
        age_to=st.none() | st.integers(5, 18),
        sex=st.sampled_from(["", "any", "girls", "boys"]),
        needs=_NEEDS,
        siblings=st.none() | st.booleans(),
        place=st.sampled_from(["", "1", "2"]),
    ),
    max_size=8,
    unique_by=lambda one: one.key,
)
_WANTED = st.builds(
    Wanted,
    ages=st.lists(st.integers(0, 17), max_size=3),
    sexes=st.frozensets(st.sampled_from("fm")),
    needs=_NEEDS,
    together=st.integers(1, 3),
    place=st.sampled_from(["", "1"]),
)


@settings(max_examples=some_of(90), deadline=None)
@given(wanted=_WANTED, families=_FAMILIES)
def test_of_any_families_the_strict_stand_first_and_nobody_without_room_ever(
    wanted: Wanted, families: list[Family]
) -> None:
    strict = ranked(wanted, families, criteria(), wider=False)
    wider = ranked(wanted, families, criteria(), wider=True)
    assert [one.family.key for one in wider[: len(strict)]] == [one.family.key for one in strict]
    assert all(one.family.free >= wanted.together for one in wider)
    assert all(one.fits and wanted.needs <= one.family.needs for one in strict)
    assert all(one.widened for one in wider[len(strict) :])
    assert ranked(wanted, families[::-1], criteria(), wider=True) == wider


def test_a_county_names_its_own_registers_and_a_wrong_name_is_told_with_its_line(
    tmp_path: Path, settings: Any
) -> None:
    usual = (settings.CONTENT / "matching.yaml").read_text(encoding="utf-8")
    own = tmp_path / "matching.yaml"
    settings.OWN_CONTENT = tmp_path
    own.write_text(usual.replace("states: [valid, renewing]", "states: [valid]"), encoding="utf-8")
    assert criteria().registers.taking == ("valid",)
    wrong = (
        ("register: leaving_centre", "register: elsewhere"),
        ("in_force: in_force", "in_force: running"),
        ("values: {kind: placement_amp}", "values: {kind: hotel}"),
        ("register: foster_attestation", "register: adoption"),
    )
    for at, (was, other) in enumerate(wrong):
        own.write_text(usual.replace(was, other), encoding="utf-8")
        os.utime(own, ns=(0, at))
        with pytest.raises(PackError) as told:
            criteria()
        assert other in own.read_text(encoding="utf-8").splitlines()[told.value.line - 1]
