"""A new version of a register is put in force for all its entries at once, or for none."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from punte.accounts.enums import Role
from punte.operations.doctor import State, examine
from punte.registers.actions import add_entry, withdraw_entry
from punte.registers.models import Entry, EntryMark, EntryValue, RegisterVersion
from tests.factories import HouseholdFactory, family
from tests.factories import worker as worker_as
from tests.registers.test_definitions import SOUND

pytestmark = pytest.mark.django_db
MARCH, MAY = dt.date(2026, 3, 1), dt.date(2026, 5, 1)


@pytest.fixture
def file(tmp_path, settings):
    (tmp_path / "registers").mkdir()
    settings.OWN_CONTENT = tmp_path
    path = tmp_path / "registers" / "loaned_equipment.yaml"
    path.write_text(SOUND, encoding="utf-8")
    return path


@pytest.fixture
def lend(house):
    home = HouseholdFactory(keeper=house)
    family(34, household=home)
    worker = worker_as(Role.SOCIAL_WORKER, organization=house)

    def lent(kind: str, start: dt.date = MARCH, **said) -> Entry:
        given = {"kind": kind, "number": "Inv. 7"}
        made = add_entry(
            by=worker, register="loaned_equipment", subject=home, start=start, given=given, **said
        )
        made.by = worker
        return made

    return lent


def apply() -> str:
    out = StringIO()
    call_command("register", "apply", stdout=out)
    return out.getvalue()


def attention() -> bool:
    [found] = [one for one in examine() if one.what == "registers"]
    return found.state == State.ATTENTION


def second(text: str = SOUND) -> str:
    return text.replace('version: "1"', 'version: "2"')


@pytest.mark.both
def test_what_is_listed_found_and_told_apart_follows_the_new_version(file, lend) -> None:
    bed, chair = lend("bed"), lend("chair")
    gone = lend("crutch")
    withdraw_entry(by=gone.by, entry=gone, why="Alta", revision=1)
    assert not attention()
    now = second().replace(
        "  number: {type: text, find: exact,", "  serial: {type: text, was: number, find: exact,"
    )
    now = now.replace("  kind:\n", "  thing:\n    was: kind\n").replace(
        "alone_by: [kind]", "alone_by: [thing]"
    )
    now = now.replace(
        'line: {ro: "{kind} ({state})", en: "{kind} ({state})"}', 'line: {ro: "{thing}", en: "{thing}"}'
    )
    file.write_text(now, encoding="utf-8")
    assert attention()
    assert "loaned_equipment 2 este în vigoare" in apply()
    assert not attention()
    assert set(EntryValue.objects.values_list("entry", "field", "word")) == {
        (bed.pk, "thing", "bed"),
        (chair.pk, "thing", "chair"),
    }
    assert set(EntryMark.objects.values_list("field", flat=True)) == {"serial"}
    keys = dict(Entry.objects.values_list("pk", "overlap_key"))
    assert keys[bed.pk] == "loaned_equipment|thing=bed"
    assert keys[gone.pk] is None
    assert "loaned_equipment 2 este în vigoare" not in apply()
    assert {one.version.version for one in Entry.objects.all()} == {"1"}


@pytest.mark.both
def test_what_it_breaks_is_named_row_by_row_and_nothing_is_half_done(file, lend) -> None:
    bed, chair = lend("bed"), lend("chair", MAY)
    before = sorted(EntryValue.objects.values_list("field", "word"))
    keys = sorted(Entry.objects.values_list("pk", "overlap_key"))
    file.write_text(second(SOUND.replace("alone_by: [kind]\n", "")), encoding="utf-8")
    with pytest.raises(CommandError) as refused:
        apply()
    said = str(refused.value)
    assert str(bed.pk) in said and str(chair.pk) in said and "01.05.2026" in said
    assert said.count("\n") == 0
    assert sorted(EntryValue.objects.values_list("field", "word")) == before
    assert sorted(Entry.objects.values_list("pk", "overlap_key")) == keys
    assert RegisterVersion.objects.count() == 1
    assert attention()


def test_a_file_that_does_not_hold_together_is_not_put_in_force(file, lend) -> None:
    lend("bed")
    file.write_text(second(SOUND.replace("about: household", "about: person")), encoding="utf-8")
    with pytest.raises(CommandError):
        apply()
    assert RegisterVersion.objects.count() == 1


def test_overlaps_that_were_allowed_meanwhile_are_named_when_they_are_refused_again(file, lend) -> None:
    lend("bed")
    file.write_text(
        second(SOUND.replace("overlap: refused\nalone_by: [kind]", "overlap: allowed")), encoding="utf-8"
    )
    apply()
    assert set(Entry.objects.values_list("overlap_key", flat=True)) == {None}
    lend("bed", MAY)
    file.write_text(SOUND.replace('version: "1"', 'version: "3"'), encoding="utf-8")
    with pytest.raises(CommandError, match="01.05.2026"):
        apply()
