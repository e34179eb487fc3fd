"""The annex's needs, and what answers each."""

from collections import Counter

import pytest

from punte.directory.models import NomenclatureCode
from punte.statistics.actions import load_needs
from punte.statistics.answers import answers
from punte.statistics.models import StatedNeed

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_every_line_of_the_annex_comes_in_once(loaded, settings):
    assert StatedNeed.objects.count() == 199
    assert StatedNeed.objects.filter(uat=None).count() == 12
    assert StatedNeed.objects.exclude(uat=None).values("uat").distinct().count() == 47
    kept = list(StatedNeed.objects.values_list("pk", "need"))
    assert load_needs(settings.CONTENT / "reference") == (199, 0)
    assert list(StatedNeed.objects.values_list("pk", "need")) == kept


def test_a_folder_without_the_file_changes_nothing(loaded, tmp_path):
    assert load_needs(tmp_path) == (199, 0)


def test_a_uat_that_is_not_there_is_refused(loaded, tmp_path, settings):
    text = (settings.CONTENT / "reference/uat_needs_2023_2030.csv").read_text(encoding="utf-8")
    (tmp_path / "uat_needs_2023_2030.csv").write_text(text.replace(",Gherla,", ",Gherlaa,"), encoding="utf-8")
    with pytest.raises(KeyError):
        load_needs(tmp_path)
    assert StatedNeed.objects.filter(uat__name="Gherla").exists()


def test_every_need_is_answered_by_a_decided_kind(loaded):
    table = answers()
    kinds = Counter(kind.key for need in StatedNeed.objects.all() for kind in table.to(need).kinds)
    assert not [need.need for need in StatedNeed.objects.all() if not table.to(need).kinds]
    assert kinds == {
        "home_care": 31, "work": 15, "canteen": 14, "primary": 12, "elderly_day": 12, "health": 10, "community": 11,
        "child_day": 10, "education": 9, "counselling": 9, "disability_day": 9, "elderly_home": 6, "staff": 5,
        "family_counselling": 6, "housing": 6, "violence_counselling": 5, "violence_shelter": 4, "child_recovery": 4,
        "home_care_disability": 3, "homeless_shelter": 3, "emergency": 3, "addictions": 3, "disability_recovery": 3,
        "disability_centre": 2, "disability_support": 2, "respite": 2, "mother_child": 2, "elderly_centre": 2,
        "child_family": 2, "mobile_team": 1, "nursery": 1, "trafficking_shelter": 1, "legal": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "words", "kinds"),
    [
        (3364, "Centru maternal și de zi", {"mother_child", "child_day"}),
        (3558, "Centru de zi", {"disability_day", "child_recovery"}),
        (3830, "Centre rezidențiale/de îngrijire la domiciliu", {"elderly_home", "home_care"}),
        (3905, "cămin pentru bătrâni", {"elderly_home"}),
        (3768, "Centru de zi în colaborare", {"elderly_day"}),
        (4022, "Serviciu social de zi", {"violence_counselling"}),
        (3407, "Serviciu social de zi", {"child_day"}),
        (4140, "Servicii de îngrijire, consiliere", {"homeless_shelter"}),
        (3435, "Grădiniță", {"education"}),
    ],
)
def test_hard_lines(loaded, line, words, kinds):
    need = StatedNeed.objects.get(line=line, need__startswith=words)
    assert {kind.key for kind in answers().to(need).kinds} == kinds


def test_kinds_have_codes_of_the_nomenclature_or_a_reason(loaded):
    known = set(NomenclatureCode.objects.values_list("pk", flat=True))
    for kind in answers().kinds.values():
        assert kind.codes <= known
        assert kind.codes or kind.why
        assert kind.codes or not kind.planned
