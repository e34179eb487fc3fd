"""A version is tried on answers that were given before it is put in force; nothing is kept of it."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from punte.accounts.models import User
from punte.assessments.actions import submit_assessment
from punte.assessments.models import Finding, FindingSet, PackVersion
from punte.assessments.trial import try_version
from punte.cases.actions import open_case, seal_case
from punte.methodology.packs import load_pack
from punte.people.models import Household
from tests.assessments.conftest import Fill, card
from tests.assessments.test_about_a_person import OLDER, about
from tests.assessments.test_versions import _change, _next_version, own_packs
from tests.factories import HouseholdFactory, family, worker

pytestmark = pytest.mark.django_db
__all__ = ["own_packs"]


@pytest.fixture
def by() -> User:
    return worker()


@pytest.fixture
def assess(by: User, fill: Fill) -> Any:
    """A household with one adult, assessed by `sci` with these answers about the adult."""

    def made(**facts: Any) -> Household:
        home = HouseholdFactory(keeper=by.appointments.get().organization)
        (adult,) = family(30, household=home)
        submit_assessment(by=by, household=home, instance=fill(home, [card(adult, **facts)]))
        return home

    return made


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("methodology", "try", *arguments, stdout=out)
    return out.getvalue()


def everything() -> list[Any]:
    return [*FindingSet.objects.order_by("pk").values(), *Finding.objects.order_by("pk").values(),
            *PackVersion.objects.order_by("pk").values()]  # fmt: skip


def test_the_version_that_found_it_changes_nothing(assess: Any) -> None:
    assess(family_doctor=False)
    assess(identity_document=False)
    trial = try_version(load_pack("sci"))
    assert (trial.assessments, trial.codes) == (2, [])
    assert "pe 2 evaluări" in said("sci") and "Nimic nu s-ar schimba" in said("sci")


def test_whose_findings_appear_and_whose_go_is_told_by_case(by: User, assess: Any, own_packs: Path) -> None:
    without, having = assess(family_doctor=False), assess(family_doctor=True)
    case = open_case(by=by, household=having, regime="standard", reason="Cerere")
    before = everything()
    _next_version(own_packs)
    _change(own_packs, "rules.yaml", "when: not family_doctor", "when: family_doctor")
    trial = try_version(load_pack("sci"))
    assert (trial.appear["VSA_02"], trial.go["VSA_02"]) == ([having.pk], [without.pk])
    told = said("sci", "--version", "2026.7")
    assert "VSA_02: apar 1, dispar 1" in told
    assert str(case) in told
    assert "o gospodărie fără caz" in told
    for home in (without, having):
        assert home.name not in told
    assert everything() == before


def test_what_an_answer_is_missing_for_is_told(assess: Any, own_packs: Path) -> None:
    assess(family_doctor=False)
    _change(own_packs, "rules.yaml", "when: not family_doctor", "when: not family_doctor and medical_access")
    trial = try_version(load_pack("sci"))
    assert len(trial.go["VSA_02"]) == 1
    assert trial.unknown["VSA_02"] == 1


def test_what_is_sealed_is_counted_and_not_named(by: User, assess: Any, own_packs: Path, fill: Fill) -> None:
    home = HouseholdFactory(keeper=by.appointments.get().organization)
    (adult,) = family(30, household=home)
    submit_assessment(by=by, household=home, instance=fill(home, [card(adult)], violence_signs="violence"))
    violent = open_case(by=by, household=home, regime="standard", reason="Cerere")
    sealed = open_case(by=by, household=assess(family_doctor=True), regime="intensive", reason="Semnal")
    seal_case(by=by, case=sealed, reason="Semnal grav")
    _change(own_packs, "rules.yaml", "when: not family_doctor", "when: family_doctor")
    _change(own_packs, "rules.yaml", "when: violence_signs = 'violence'", "when: violence_signs = 'abuse'")
    told = said("sci")
    assert "VFV_03: apar 0, dispar 1" in told
    assert str(violent) not in told and str(sealed) not in told


def test_an_answer_that_is_offered_no_more_counts_as_not_given(assess: Any, own_packs: Path) -> None:
    assess(disability="uncertified")
    before = load_pack("sci")
    assert "uncertified" in before.facts["disability"].choices
    _change(own_packs, "choices.csv", "disability,uncertified,", "disability,suspected,")
    for file in ("rules.yaml", "pack.yaml"):
        text = (own_packs / file).read_text("utf-8").replace("'uncertified'", "'suspected'")
        (own_packs / file).write_text(text, "utf-8")
    trial = try_version(load_pack("sci"))
    assert trial.go and not trial.appear


def test_a_folder_is_tried_before_it_is_anywhere_else(assess: Any, tmp_path: Path, own_packs: Path) -> None:
    assess(family_doctor=False)
    own_packs.rename(tmp_path / "draft")
    _change(tmp_path / "draft", "rules.yaml", "when: not family_doctor", "when: family_doctor")
    with pytest.raises(CommandError):
        said("sci")
    assert "VSA_02: apar 0, dispar 1" in said(str(tmp_path / "draft"))


def test_an_unknown_version_is_refused_in_words(assess: Any) -> None:
    with pytest.raises(CommandError, match="1999.1"):
        said("sci", "--version", "1999.1")


def test_a_questionnaire_about_a_person_is_tried_on_the_newest_of_each(by: User, own_packs: Path) -> None:
    home = HouseholdFactory(keeper=by.appointments.get().organization)
    for person in family(78, 75, household=home):
        submit_assessment(by=by, household=home, instance=about(home, person, fell=True))
    _change(own_packs.with_name(OLDER), "rules.yaml", "when: fell", "when: not fell")
    trial = try_version(load_pack(OLDER))
    assert (trial.assessments, trial.go["OP_FALLS"]) == (2, [home.pk, home.pk])
