"""Entries from a table: looked at line by line, each fault at its cell, all of it or nothing; twice makes nothing."""

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import msoffcrypto
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry
from punte.cases.actions import open_case, seal_person
from punte.cases.enums import Regime
from punte.kernel.encryption import blind_index
from punte.kernel.tables import write_csv, write_xlsx
from punte.registers.actions import add_entry, move_entry
from punte.registers.models import Entry
from tests.factories import HouseholdFactory, OrganizationFactory, PersonFactory, family, invented_cnp
from tests.factories import worker as worker_as
from tests.www.frame.test_veiled import signed_in

pytestmark = pytest.mark.django_db
MARCH, MAY = dt.date(2026, 3, 1), dt.date(2026, 5, 1)
SCHOOLS, BEDS = "/registre/school_enrolment/", "/registre/loaned_equipment/"
BORN = dt.date(2015, 4, 3)
CNP = invented_cnp(BORN, sex="f")
TITLES = [
    "Persoana",
    "Data nașterii",
    "CNP",
    "Școala sau grădinița",
    "Treapta",
    "De când",
    "Ultima zi",
    "Starea",
]


@pytest.fixture
def ana(house):
    return PersonFactory(
        keeper=house,
        family_name="Pop",
        given_name="Ana",
        birth_date=BORN,
        cnp=CNP,
        cnp_index=blind_index(CNP),
    )


def line(**said: Any) -> list[Any]:
    values = {
        "Persoana": "Pop Ana",
        "Școala sau grădinița": "Școala nr. 1",
        "Treapta": "primar (pregătitoare–IV)",
    }
    values |= {"De când": "01.03.2026", **said}
    return [values.get(title) for title in TITLES]


def send(
    browser, url: str, rows: list[list[Any]], *, titles: list[str] = TITLES, ending: str = "xlsx"
) -> Any:
    content = write_xlsx({"Tabel": [titles, *rows]}) if ending == "xlsx" else write_csv(titles, rows)
    return browser.post(f"{url}import/", {"table": SimpleUploadedFile(f"tabel.{ending}", content)})


def take_over(browser, url: str, preview: Any) -> Any:
    return browser.post(f"{url}import/", {"lines": preview.context["lines"]})


def faults(answer: Any) -> list[str]:
    assert answer.status_code == 422
    return [str(one) for one in answer.context["damaged"].problems]


def counts(answer: Any) -> dict[str, int]:
    assert answer.status_code == 200, answer.context["damaged"].problems
    found: dict[str, int] = answer.context["counts"]
    return found


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("who", [{}, {"CNP": CNP}, {"Persoana": None, "CNP": CNP}, {"Data nașterii": BORN}])
def test_a_table_is_looked_at_and_taken_over_and_makes_nothing_again(worker, ana, ending, who) -> None:
    browser = signed_in(worker)
    rows = [
        line(**who),
        line(**who, **{"De când": "01.09.2020", "Ultima zi": "15.06.2021", "Starea": "a terminat"}),
    ]
    preview = send(browser, SCHOOLS, rows, ending=ending)
    assert counts(preview) == {"new": 2, "changed": 0, "same": 0}
    assert not Entry.objects.exists()
    assert take_over(browser, SCHOOLS, preview).status_code == 302
    assert list(Entry.objects.values_list("start", "state", "person", "revision")) == [
        (MARCH, "attending", ana.pk, 1),
        (dt.date(2020, 9, 1), "finished", ana.pk, 1),
    ]
    assert TrailEntry.objects.get(verb="import_entries").changes == {
        "register": "school_enrolment",
        "lines": 2,
        "written": 2,
    }
    again = send(browser, SCHOOLS, rows, ending=ending)
    assert counts(again) == {"new": 0, "changed": 0, "same": 2}
    assert take_over(browser, SCHOOLS, again).status_code == 302
    assert Entry.objects.count() == 2


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({"Treapta": "doctorat"}, "Rândul 2, coloana „Treapta”: „doctorat”"),
        ({"Școala sau grădinița": None}, "Rândul 2, coloana „Școala sau grădinița”"),
        ({"De când": "31.02.2026"}, "Rândul 2, coloana „De când”: Nu există această zi"),
        ({"Ultima zi": "01.02.2026"}, "Rândul 2, coloana „Ultima zi”: Se încheie înainte să înceapă"),
        ({"Starea": "pierdut"}, "Rândul 2, coloana „Starea”"),
        ({"Persoana": "Pop Ioana"}, "Rândul 2, coloana „Persoana”: Numele nu este printre"),
        ({"Data nașterii": "04.04.2015"}, "Rândul 2, coloana „Persoana”: Numele nu este printre"),
        ({"CNP": invented_cnp(BORN, sex="m")}, "Rândul 2, coloana „CNP”: Nimeni cu acest CNP"),
        (
            {"CNP": CNP, "Persoana": "Dinu Maria"},
            "Rândul 2, coloana „Persoana”: Cine are acest CNP poartă alt nume",
        ),
        ({"CNP": "1234567890123"}, "Rândul 2, coloana „CNP”"),
        ({"Persoana": None}, "Rândul 2, coloana „Persoana”: Pe acest rând nu este numit nimeni"),
    ],
)
def test_each_fault_is_told_with_its_cell(worker, ana, said, place) -> None:
    [told] = faults(send(signed_in(worker), SCHOOLS, [line(**said)]))
    assert told.startswith(place), told
    assert not Entry.objects.exists()


def test_who_is_dead_unseen_or_of_a_name_that_several_have_is_refused(house, worker, ana) -> None:
    PersonFactory(keeper=house, family_name="Rus", given_name="Ion", died_on=dt.date(2026, 2, 1))
    PersonFactory(family_name="Străin", given_name="Dan")
    for _twice in range(2):
        PersonFactory(keeper=house, family_name="Moldovan", given_name="Ion")
    rows = [line(Persoana=name) for name in ("Pop Ana", "Rus Ion", "Străin Dan", "Moldovan Ion")]
    told = faults(send(signed_in(worker), SCHOOLS, rows[:1] + rows[2:]))
    assert [one.split(":")[0] for one in told] == [
        "Rândul 3, coloana „Persoana”",
        "Rândul 4, coloana „Persoana”",
    ]
    [dead] = faults(send(signed_in(worker), SCHOOLS, rows[:2]))
    assert dead.startswith("Rândul 3, coloana „De când”: Persoana a murit la 01.02.2026")
    assert not Entry.objects.exists()


def test_lines_that_overlap_each_other_or_what_is_on_record_are_refused(worker, ana) -> None:
    browser = signed_in(worker)
    later = {"De când": "01.05.2026"}
    [told] = faults(send(browser, SCHOOLS, [line(), line(**later)]))
    assert told == "Rândul 3, coloana „De când”: Este în vigoare în același timp cu rândul 2."
    given = {"unit": "Școala nr. 1", "stage": "primary"}
    add_entry(by=worker, register="school_enrolment", subject=ana, start=MARCH, given=given)
    [told] = faults(send(browser, SCHOOLS, [line(**later)]))
    assert told.startswith("Rândul 2, coloana „De când”: O înscriere existentă")
    assert "01.03.2026 – …" in told


def test_who_was_quicker_is_looked_at_again_and_nothing_is_half_done(worker, ana, house) -> None:
    PersonFactory(keeper=house, family_name="Dinu", given_name="Radu")
    browser = signed_in(worker)
    preview = send(browser, SCHOOLS, [line(Persoana="Dinu Radu"), line()])
    given = {"unit": "Altă școală", "stage": "primary"}
    add_entry(by=worker, register="school_enrolment", subject=ana, start=MARCH, given=given)
    assert take_over(browser, SCHOOLS, preview).status_code == 422
    assert Entry.objects.count() == 1


def test_what_looks_wrong_is_told_and_taken_over_once_it_was_looked_at(worker, house) -> None:
    HouseholdFactory(keeper=house, name="Albu", address="Str. Fântânii 3")
    titles = ["Gospodăria", "Ce", "Valoare", "De când"]
    preview = send(signed_in(worker), BEDS, [["Albu", "pat medical", 20000, MARCH]], titles=titles)
    assert "E scump" in preview.content.decode()
    take_over(signed_in(worker), BEDS, preview)
    assert Entry.objects.get().values == {"kind": "bed", "value": 2000000}
    [told] = faults(send(signed_in(worker), BEDS, [["Albu", "cârje", None, MARCH]], titles=titles))
    assert told == "Rândul 2, coloana „Ce”: Această valoare nu se mai alege."


def test_behind_a_seal_a_table_is_told_what_the_page_tells(house, worker) -> None:
    home = HouseholdFactory(keeper=house)
    _mother, child = family(34, 8, household=home)
    inside = worker_as(Role.CASE_MANAGER, organization=house)
    open_case(by=inside, household=home, regime=Regime.STANDARD, reason="Vizită")
    seal_person(by=inside, person=child, reason="Este căutat")
    given = {"unit": "Școala din alt oraș", "stage": "primary"}
    add_entry(by=inside, register="school_enrolment", subject=child, start=MARCH, given=given)
    row = line(**{"Persoana": str(child), "Data nașterii": child.birth_date, "De când": MAY})
    browser = signed_in(worker)
    preview = send(browser, SCHOOLS, [row])
    assert counts(preview)["new"] == 1
    assert take_over(browser, SCHOOLS, preview).status_code == 302
    assert len(faults(send(signed_in(inside), SCHOOLS, [row[:3] + ["Alta", *row[4:]]]))) == 1
    assert [one.start for one in browser.get(SCHOOLS).context["rows"]] == [MAY]


def test_what_was_taken_along_changes_nothing_when_it_comes_back(worker, house, ana) -> None:
    home = HouseholdFactory(keeper=house, name="Albu", address="Str. Fântânii 3")
    said = {
        "kind": "bed",
        "value": Decimal("1500.50"),
        "number": "=7\n„Inv.”",
        "cared_for": "bunica; și  bunicul",
    }
    entry = add_entry(by=worker, register="loaned_equipment", subject=home, start=MARCH, given=said)
    move_entry(by=worker, entry=entry, move="return", on=MAY, given={}, revision=1)
    add_entry(by=worker, register="loaned_equipment", subject=home, start=MAY, given={"kind": "crutch"})
    enrolled = {"unit": "Școala nr. 1", "stage": "primary", "note": "-"}
    add_entry(by=worker, register="school_enrolment", subject=ana, start=MARCH, given=enrolled)
    browser = signed_in(worker)
    for url, many in ((BEDS, 2), (SCHOOLS, 1)):
        file = SimpleUploadedFile("tabel.xlsx", unlocked(browser, url))
        preview = browser.post(f"{url}import/", {"table": file})
        assert counts(preview) == {"new": 0, "changed": 0, "same": many}
        take_over(browser, url, preview)
    assert Entry.objects.count() == 3


def unlocked(browser, url: str) -> bytes:
    """The file of a list with names, opened with its password and saved without."""
    sent = {"do": "file", "file-names": "on", "file-why": "De completat", "file-kind": "xlsx"}
    made = browser.post(url, sent)
    where = reverse("list_file", args=[made.context["token"]])
    locked: Any = msoffcrypto.OfficeFile(io.BytesIO(browser.get(where).content))
    locked.load_key(password=made.context["password"])
    book = io.BytesIO()
    locked.decrypt(book)
    return book.getvalue()


def test_the_model_has_the_columns(worker) -> None:
    book = openpyxl.load_workbook(io.BytesIO(signed_in(worker).get(f"{SCHOOLS}import/model/").content))
    titles = [cell.value for cell in book.worksheets[0][1]]
    assert set(TITLES) <= set(titles)


def test_an_agreement_is_known_by_the_name_of_the_institution(house) -> None:
    planner = worker_as(Role.PLANNER, organization=house)
    OrganizationFactory(name="Asociația Exemplu")
    browser = signed_in(planner)
    titles = ["Instituția", "Obiectul acordului", "Felul", "De când", "Starea"]
    row = ["asociatia exemplu", "Masă caldă", "protocol de colaborare", MARCH, "semnat"]
    preview = send(browser, "/registre/agreement/", [row], titles=titles)
    take_over(browser, "/registre/agreement/", preview)
    assert Entry.objects.get().keeper == house
    assert counts(send(browser, "/registre/agreement/", [row], titles=titles))["same"] == 1


WITH_ENTRY = [*TITLES, "Înscrierea (nu o schimbați)"]
SCHOOL = {"unit": "Școala nr. 1", "stage": "primary"}


def enrol(by: Any, child: Any, **said: Any) -> Entry:
    return add_entry(
        by=by, register="school_enrolment", subject=child, **{"start": MARCH, "given": SCHOOL, **said}
    )


def line_of(entry: Entry, **said: Any) -> list[Any]:
    return [*line(**said), f"{entry.pk}/{entry.revision}"]


def test_a_line_that_names_an_entry_corrects_it(worker, ana) -> None:
    entry = enrol(worker, ana, given={**SCHOOL, "form": "mainstream"})
    browser = signed_in(worker)
    row = line_of(entry, **{"Școala sau grădinița": "Școala nr. 2", "Starea": "înscris, dar nu frecventează"})
    preview = send(browser, SCHOOLS, [row], titles=WITH_ENTRY)
    assert counts(preview) == {"new": 0, "changed": 1, "same": 0}
    page = preview.content.decode()
    assert "Școala nr. 1" in page and "Școala nr. 2" in page
    assert take_over(browser, SCHOOLS, preview).status_code == 302
    entry.refresh_from_db()
    assert (entry.state, entry.revision, entry.start) == ("not_attending", 2, MARCH)
    assert entry.values == {"stage": "primary", "form": "mainstream"}
    assert '"Școala nr. 2"' in entry.texts
    last = entry.revisions.get(number=2)
    assert (last.move, last.by) == ("correct", worker) and last.why
    assert TrailEntry.objects.filter(verb="correct_entry", subject=entry.pk).count() == 1
    assert TrailEntry.objects.get(verb="import_entries").changes["corrected"] == 1
    again = line_of(entry, **{"Școala sau grădinița": "Școala nr. 2"})
    assert counts(send(browser, SCHOOLS, [again], titles=WITH_ENTRY))["same"] == 1


def test_two_entries_change_places_in_one_table(worker, ana) -> None:
    first = enrol(worker, ana, last=dt.date(2026, 4, 30))
    second = enrol(worker, ana, start=MAY)
    browser = signed_in(worker)
    rows = [
        line_of(first, **{"De când": "01.05.2026", "Ultima zi": "30.06.2026"}),
        line_of(second, **{"De când": "01.03.2026", "Ultima zi": "30.04.2026"}),
    ]
    preview = send(browser, SCHOOLS, rows, titles=WITH_ENTRY)
    assert counts(preview)["changed"] == 2
    assert take_over(browser, SCHOOLS, preview).status_code == 302
    assert set(Entry.objects.values_list("pk", "start")) == {(first.pk, MAY), (second.pk, MARCH)}
    assert None not in Entry.objects.values_list("overlap_key", flat=True)


def test_an_entry_that_is_unknown_changed_taken_twice_or_overlaps_is_told_with_its_cell(
    worker, ana, house
) -> None:
    other = PersonFactory(keeper=house, family_name="Dinu", given_name="Radu")
    entry, second = enrol(worker, ana, last=dt.date(2026, 4, 30)), enrol(worker, ana, start=MAY)
    theirs = enrol(worker, other)
    browser = signed_in(worker)
    place = "Rândul 2, coloana „Înscrierea (nu o schimbați)”"
    last = {"Ultima zi": "30.04.2026"}
    for reference in (f"{theirs.pk}/1", "abc", "00000000-0000-0000-0000-000000000000/1"):
        [told] = faults(send(browser, SCHOOLS, [[*line(**last), reference]], titles=WITH_ENTRY))
        assert told.startswith(place), told
    [told] = faults(send(browser, SCHOOLS, [line_of(entry), line_of(entry)], titles=WITH_ENTRY))
    assert told.startswith("Rândul 3, coloana „Înscrierea")
    [told] = faults(
        send(browser, SCHOOLS, [line_of(entry, **{"Ultima zi": "01.06.2026"})], titles=WITH_ENTRY)
    )
    assert told.startswith("Rândul 2, coloana „De când”: O înscriere existentă")
    both = [
        line_of(entry, **{"Ultima zi": "01.06.2026"}),
        line_of(second, Treapta="liceu sau profesional (IX–XII)"),
    ]
    [told] = faults(send(browser, SCHOOLS, both, titles=WITH_ENTRY))
    assert "același timp" in told
    preview = send(browser, SCHOOLS, [line_of(entry, **{"Ultima zi": "15.04.2026"})], titles=WITH_ENTRY)
    move_entry(by=worker, entry=entry, move="absent", on=MARCH, given={}, revision=1)
    changed = take_over(browser, SCHOOLS, preview)
    assert changed.status_code == 422
    [told] = faults(send(browser, SCHOOLS, [line_of(entry)], titles=WITH_ENTRY)) or [""]
    assert told.startswith(place)


def test_a_schools_sheet_of_attendance_comes_in_as_a_table(worker, ana) -> None:
    titles = [
        "Persoana",
        "CNP",
        "De când",
        "Până la",
        "Cine a spus",
        "Ore lipsă nemotivate",
        "Ore lipsă motivate",
    ]
    sheets = [
        [None, CNP, "01.10.2025", "31.10.2025", "școala", 12, 3],
        [None, CNP, "01.11.2025", "30.11.2025", "școala", 4, 0],
    ]
    browser, url = signed_in(worker), "/registre/school_attendance/"
    preview = send(browser, url, sheets, titles=titles)
    assert counts(preview) == {"new": 2, "changed": 0, "same": 0}
    assert take_over(browser, url, preview).status_code == 302
    kept = Entry.objects.filter(person=ana).order_by("start").values_list("values", flat=True)
    assert [one["unexcused"] for one in kept] == [12, 4]
    twice = [[None, CNP, "01.10.2025", "20.10.2025", "școala", 9, 0]]
    [told] = faults(send(browser, url, twice, titles=titles))
    assert "în același timp" in told or "în vigoare" in told
