"""A new version of a methodology never changes what an older one found."""

import shutil
from pathlib import Path

import pytest
from django.core.management import call_command

from punte.assessments.actions import reassess, submit_assessment
from punte.assessments.packs import current_version, pack_of
from punte.kernel.errors import DomainError
from punte.methodology import packs
from tests.assessments.conftest import Fill, card
from tests.factories import HouseholdFactory, family, worker

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def own_packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the packs that a test may change."""
    folder = tmp_path / "packs"
    shutil.copytree(packs.PACKS_DIR, folder)
    monkeypatch.setattr(packs, "PACKS_DIR", folder)
    return folder / "sci"


def _change(pack: Path, file: str, old: str, new: str) -> None:
    text = (pack / file).read_text(encoding="utf-8")
    assert old in text
    (pack / file).write_text(text.replace(old, new), encoding="utf-8")


def _next_version(pack: Path) -> None:
    _change(pack, "pack.yaml", 'version: "2026.6"', 'version: "2026.7"')
    _change(pack, "settings.csv", "2026.6", "2026.7")


def test_findings_of_a_new_version_stand_beside_the_old(own_packs: Path, fill: Fill) -> None:
    by = worker()
    home = HouseholdFactory(keeper=by.appointments.get().organization)
    (adult,) = family(30, household=home)
    made = submit_assessment(by=by, household=home, instance=fill(home, [card(adult, family_doctor=False)]))
    _next_version(own_packs)
    _change(own_packs, "rules.yaml", "when: not family_doctor", "when: family_doctor")
    reassess(by=by, assessment=made)
    newer, older = made.finding_sets.order_by("-pack__version")
    assert "VSA_02" in {one.code for one in older.findings.all()}
    assert "VSA_02" not in {one.code for one in newer.findings.all()}
    with pytest.raises(DomainError):
        reassess(by=by, assessment=made)


def test_an_old_version_is_still_read_by_its_own_files(own_packs: Path) -> None:
    old = current_version("sci")
    _next_version(own_packs)
    current_version("sci")
    assert pack_of(old).version == "2026.6"


def test_a_pack_changed_without_a_new_version_is_refused(own_packs: Path) -> None:
    current_version("sci")
    _change(own_packs, "pack.yaml", "valid_from: 2024-01-01", "valid_from: 2024-02-01")
    with pytest.raises(DomainError):
        current_version("sci")


def test_the_command_reassesses_what_has_no_findings_of_the_current_version(
    own_packs: Path, fill: Fill
) -> None:
    by = worker()
    home = HouseholdFactory(keeper=by.appointments.get().organization)
    made = submit_assessment(by=by, household=home, instance=fill(home, []))
    _next_version(own_packs)
    call_command("methodology", "reassess", "sci", by=by.email)
    call_command("methodology", "reassess", "sci", by=by.email)
    assert made.finding_sets.count() == 2
