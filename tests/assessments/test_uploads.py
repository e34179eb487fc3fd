"""A methodologist's own version: checked with file and line, tried, put in force by two from a day, or withdrawn."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry, User
from punte.assessments import in_force
from punte.assessments.actions import (
    agree_in_force,
    ask_in_force,
    refuse_in_force,
    submit_assessment,
    upload_pack,
    withdraw_pack,
)
from punte.assessments.enums import UploadState
from punte.assessments.models import PackUpload, PackVersion
from punte.assessments.packs import current_version
from punte.assessments.unpacking import files_of
from punte.kernel.errors import DomainError, NotAllowed
from punte.methodology import packs
from punte.methodology.errors import PackError
from punte.methodology.packs import load_pack
from punte.organizations.models import Organization
from tests.assessments.test_about_a_person import about
from tests.assessments.uploads import NAME, VERSION, archive, files, uploaded
from tests.factories import HouseholdFactory, OrganizationFactory, family, worker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> Iterator[None]:
    """What is put in force is laid down where no other test looks."""
    settings.VAR = tmp_path
    in_force.look_there()
    yield
    packs.IN_FORCE.clear()


@pytest.fixture
def house() -> Organization:
    return OrganizationFactory()


@pytest.fixture
def by(house: Organization) -> User:
    return worker(Role.COUNTY_METHODOLOGIST, organization=house)


@pytest.fixture
def second(house: Organization) -> User:
    return worker(Role.COORDINATOR, organization=house)


def today() -> dt.date:
    return timezone.localdate()


def refused(by: User, keeper: Organization, made: dict[str, str]) -> PackError:
    with pytest.raises(PackError) as error:
        upload_pack(by=by, keeper=keeper, files=made)
    assert not PackUpload.objects.exists() and not PackVersion.objects.exists()
    return error.value


SECOND = "begin_group,safety,Între patru ochi,In private,,,,,,,,,,,,"
REPEAT = "begin_repeat,again,Iar,Again,,,,,,,,,,,,\nend_repeat,,,,,,,,,,,,,,,\n"
BILLIONS = "x: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n" + "".join(
    f"x{n}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 10)}]\n" for n in range(8)
)
# What is wrong with a version: what stands instead of what in which files, and what is said.
BAD: dict[str, tuple[dict[str, tuple[str, str]], str]] = {
    "a repeat": ({"survey": (SECOND, REPEAT + SECOND)}, "no begin_repeat"),
    "an end without its beginning": (
        {"survey": (SECOND, "end_group,,,,,,,,,,,,,,,\n" + SECOND)},
        "end_group without",
    ),
    "pulldata": ({"survey": ("${helper} != 'nobody' and", "pulldata('x') and")}, "needs a file"),
    "a first value that is worked out": (
        {"survey": ("today(),\n", "today(),\ntext,late,Când,When,,,,,,,,,,,now(),\n")},
        "worked out in ODK Collect alone",
    ),
    "the same answer twice": ({"choices": ("mind,lost,", "mind,clear,")}, "given twice"),
    "a compartment nobody knows": (
        {"pack": ("  health: {ro", "  secret: {ro: S, en: S}\n  health: {ro")},
        "unknown compartment: secret",
    ),
    "abuse left open": ({"pack": ("sealed: [abuse]", "sealed: []")}, "must stand in sealed"),
    "a code of another questionnaire": (
        {"rules": ("OP_TASKS:", "VSA_01:"), "package": ("[OP_TASKS]", "[VSA_01]")},
        "belongs to the questionnaire sci",
    ),
    "a name that leads elsewhere": ({"pack": ("name: older_person", "name: ../older")}, "can be used"),
    "a file that repeats itself": (
        {"pack": ("compartments:\n", BILLIONS + "compartments:\n")},
        "repeats itself",
    ),
    "a file that holds itself": (
        {"pack": ("compartments:\n", "x: &a [*a]\ncompartments:\n")},
        "repeats itself",
    ),
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_wrong_is_told_with_its_place_and_nothing_is_kept(
    by: User, house: Organization, what: str
) -> None:
    changes, said = BAD[what]
    error = refused(by, house, files(**changes))
    assert re.search(said, str(error)), str(error)
    assert error.line >= 1 and Path(error.file).name in packs.PACK_FILES


def test_a_closed_answer_cannot_be_opened(by: User, house: Organization) -> None:
    made = files()
    made["pack.yaml"] = made["pack.yaml"].replace("{compartment: abuse", "{compartment: health")
    made["rules.yaml"] = made["rules.yaml"].replace("compartment: abuse", "compartment: health")
    assert "was closed before and cannot be opened" in str(refused(by, house, made))


def test_begin_group_may_be_spelt_with_a_space(by: User, house: Organization) -> None:
    assert (
        uploaded(house, by, survey=(SECOND, SECOND.replace("begin_group", "begin group"))).version == VERSION
    )


SENT: dict[str, tuple[dict[str, Any], str]] = {
    "outside": ({"../pack.yaml": "x"}, "leads outside"),
    "absolute": ({"/etc/pack.yaml": "x"}, "leads outside"),
    "a bomb": ({"older_person/survey.csv": b"0" * 40_000_000}, "larger than 2 MB"),
    "a stranger": ({"readme.md": "x"}, "none of a pack"),
    "two packs": ({"a/pack.yaml": "x", "b/pack.yaml": "x"}, "several folders"),
    "too many": ({f"{n}.csv": "" for n in range(60)}, "too many files"),
    "one missing": ({"pack.yaml": "x"}, "missing"),
    "not UTF-8": ({"pack.yaml": b"a\n\xff"}, "not UTF-8"),
}


@pytest.mark.parametrize("what", SENT)
def test_an_archive_is_opened_with_care(what: str) -> None:
    entries, said = SENT[what]
    with pytest.raises(PackError, match=said):
        files_of([("pack.zip", archive(entries))])


def test_what_is_no_archive_or_locked_is_said() -> None:
    whole = archive({"pack.yaml": "x"})
    with pytest.raises(PackError, match="damaged"):
        files_of([("pack.zip", whole[:20])])
    with pytest.raises(PackError, match="missing"):
        files_of([("survey.csv", b"type,name")])


def test_an_archive_and_single_files_say_the_same() -> None:
    made = files()
    zipped = archive({f"{NAME}/{name}": text for name, text in made.items()} | {"__MACOSX/._pack.yaml": "x"})
    assert files_of([("p.zip", zipped)]) == made
    assert files_of([(name, text.encode()) for name, text in made.items()]) == made


def test_a_version_is_in_force_from_its_day_once_two_agree(
    by: User, second: User, house: Organization, django_capture_on_commit_callbacks: Any
) -> None:
    home = HouseholdFactory(keeper=house)
    (person,) = family(78, household=home)
    assessor = worker(Role.SOCIAL_WORKER, organization=house)
    old = submit_assessment(by=assessor, household=home, instance=about(home, person, fell=True))
    before = [(one.code, one.explanation) for one in old.finding_sets.get().findings.all()]
    begun = about(home, person, fell=True)
    made = uploaded(house, by, rules=("when: fell\n", "when: not fell\n"))
    ask_in_force(by=by, upload=made, starts_on=today(), reason="Propunerea județului")
    with pytest.raises(NotAllowed):
        agree_in_force(by=by, upload=made)
    assert load_pack(NAME).version == "2026.1"
    with django_capture_on_commit_callbacks(execute=True):
        agree_in_force(by=second, upload=made)
    assert load_pack(NAME).version == VERSION == current_version(NAME).version
    assert [(one.code, one.explanation) for one in old.finding_sets.get().findings.all()] == before
    # A form begun before is still read by its own version.
    late = submit_assessment(by=assessor, household=home, instance=begun)
    assert late.pack.version == "2026.1"
    with pytest.raises(DomainError):
        withdraw_pack(by=by, upload=made, reason="Prea târziu")
    verbs = list(TrailEntry.objects.filter(subject=made.pk).order_by("pk").values_list("verb", flat=True))
    assert verbs == ["upload_pack", "ask_in_force", "agree_in_force"]


def test_before_its_day_the_old_one_is_asked_and_the_new_one_may_be_withdrawn(
    by: User, second: User, house: Organization, django_capture_on_commit_callbacks: Any
) -> None:
    made = uploaded(house, by)
    ask_in_force(by=by, upload=made, starts_on=today() + dt.timedelta(days=3), reason="De luni")
    with django_capture_on_commit_callbacks(execute=True):
        agree_in_force(by=second, upload=made)
    assert load_pack(NAME).version == "2026.1"
    assert [day.name for day in (in_force.folder() / NAME).iterdir()] == [str(today() + dt.timedelta(days=3))]
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_pack(by=by, upload=made, reason="Mai așteptăm")
    assert list((in_force.folder() / NAME).iterdir()) == []
    again = uploaded(house, by)
    assert again.state == UploadState.CHECKED


def test_what_is_refused_may_be_asked_again_and_one_version_begins_a_day(
    by: User, second: User, house: Organization
) -> None:
    made = uploaded(house, by)
    with pytest.raises(DomainError):
        ask_in_force(by=by, upload=made, starts_on=today() - dt.timedelta(days=1), reason="Ieri")
    ask_in_force(by=by, upload=made, starts_on=today(), reason="Azi")
    refuse_in_force(by=second, upload=made, reason="Lipsește sursa")
    with pytest.raises(DomainError):
        agree_in_force(by=second, upload=made)
    ask_in_force(by=by, upload=made, starts_on=today(), reason="Azi, cu sursa")
    agree_in_force(by=second, upload=made)
    other = uploaded(house, by, version="2027.2")
    with pytest.raises(DomainError):
        ask_in_force(by=by, upload=other, starts_on=today(), reason="Și asta")
    with pytest.raises(PackError, match="known here already"):
        uploaded(house, by)


def test_the_folder_is_made_again_from_the_database(by: User, second: User, house: Organization) -> None:
    made = uploaded(house, by)
    ask_in_force(by=by, upload=made, starts_on=today(), reason="Azi")
    agree_in_force(by=second, upload=made)
    assert load_pack(NAME).version == "2026.1"
    in_force._lay_down()
    assert load_pack(NAME).version == VERSION


class TestPages:
    @pytest.fixture
    def page(self, by: User) -> Client:
        client = Client()
        client.force_login(by)
        return client

    def test_a_version_goes_its_way_through_the_browser(
        self, page: Client, second: User, house: Organization, django_capture_on_commit_callbacks: Any
    ) -> None:
        home = HouseholdFactory(keeper=house)
        assessor = worker(Role.SOCIAL_WORKER, organization=house)
        for person in family(78, 81, household=home):
            submit_assessment(by=assessor, household=home, instance=about(home, person, fell=True))

        def send(made: dict[str, str]) -> Any:
            sent = SimpleUploadedFile("v.zip", archive(made), "application/zip")
            return page.post("/metodologie/incarca/", {"sent": sent, "keeper": str(house.pk)}, follow=True)

        bad = send(files(choices=("mind,lost,", "mind,clear,")))
        assert bad.status_code == 422
        told = bad.content.decode()
        line = 1 + files()["choices.csv"].splitlines().index(next(
            row for row in files()["choices.csv"].splitlines() if row.startswith("mind,lost")
        ))  # fmt: skip
        assert f"choices.csv, rândul {line}" in " ".join(told.split())
        assert "clear este dat de două ori" in told
        assert not PackUpload.objects.exists()

        good = send(files(rules=("when: fell\n", "when: not fell\n")))
        made = PackUpload.objects.get()
        assert good.redirect_chain[-1][0] == f"/metodologie/incarcate/{made.pk}/"
        tried = page.get(f"/metodologie/incarcate/{made.pk}/incearca/").content.decode()
        assert "OP_FALLS" in tried and "sub 5" in tried and home.name not in tried
        assert VERSION in page.get("/metodologie/versiuni/").content.decode()
        assert "OP_FALLS" in page.get(f"/metodologie/versiuni/{NAME}/{VERSION}/").content.decode()
        page.post(
            f"/metodologie/incarcate/{made.pk}/cere/", {"starts_on": today().isoformat(), "reason": "Nouă"}
        )
        assert "Aprob" not in page.get(f"/metodologie/incarcate/{made.pk}/").content.decode()
        other = Client()
        other.force_login(second)
        assert "Aprob" in other.get(f"/metodologie/incarcate/{made.pk}/").content.decode()
        with django_capture_on_commit_callbacks(execute=True):
            other.post(f"/metodologie/incarcate/{made.pk}/aproba/")
        assert load_pack(NAME).version == VERSION
        assert "folosită azi" in page.get("/metodologie/versiuni/").content.decode()

    def test_an_empty_form_and_a_stranger_s_version(self, page: Client) -> None:
        assert page.post("/metodologie/incarca/", {}).status_code == 422
        elsewhere = OrganizationFactory()
        made = uploaded(elsewhere, worker(Role.COUNTY_METHODOLOGIST, organization=elsewhere))
        assert page.get(f"/metodologie/incarcate/{made.pk}/").status_code == 200
        assert page.get(f"/metodologie/incarcate/{made.pk}/cere/").status_code == 404
        assert page.get("/metodologie/versiuni/sci/1999/").status_code == 404
