"""Documents put in the file of a case: what is kept, who reads it, how it is put right."""

import datetime as dt
import json
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry, User
from punte.cases.actions import add_team_member, seal_case, seal_person
from punte.documents.actions import correct_filed_document, file_documents, withdraw_filed_document
from punte.documents.filing import MOST_FILES, Upload, content_of
from punte.documents.kinds import kind_in_words, kinds
from punte.documents.models import FiledDocument, FiledPage
from punte.kernel.encryption import newest_key
from punte.kernel.errors import DomainError, EditedMeanwhile, NotAllowed
from punte.kernel.rotation import rotating
from tests.documents.households import Setting, setting
from tests.factories import worker
from tests.people.sealed_place import make_place
from tests.samples import photograph, written_pdf

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
PAGE = Upload("act.jpg", photograph())


def put(place: Setting, *uploads: Upload, **said: Any) -> list[FiledDocument]:
    asked = {"by": place.worker, "kind": "medical", "dated": TODAY, **said}
    return file_documents(case=place.case, uploads=uploads or [PAGE], **asked)


def again(user: User) -> User:
    return User.objects.get(pk=user.pk)


def read_by(user: User) -> set[Any]:
    return set(FiledDocument.objects.visible_to(again(user)).values_list("pk", flat=True))


def test_pages_of_one_document_are_kept_in_order_and_encrypted() -> None:
    place = setting()
    [made] = put(place, PAGE, Upload("scrisoare.pdf", written_pdf()), title=" Scrisoare medicală ")
    first, second = made.pages.all()
    assert (made.title, made.compartment, made.by) == ("Scrisoare medicală", "health", place.worker)
    assert [one.content_type for one in (first, second)] == ["image/jpeg", "application/pdf"]
    assert content_of(second) == written_pdf()
    with default_storage.open(second.path) as kept:
        sealed = kept.read()
    assert sealed.startswith(newest_key().encode() + b":") and b"%PDF" not in sealed
    assert "scrisoare" not in second.path
    line = TrailEntry.objects.get(verb="file_document")
    assert (line.subject, line.changes["pages"]) == (made.pk, 2)


def test_several_files_may_be_documents_each_by_itself() -> None:
    place = setting()
    named = put(place, Upload("buletin.jpg", photograph()), PAGE, each_by_itself=True)
    assert [one.title for one in named] == ["buletin", "act"]
    titled = put(place, PAGE, PAGE, each_by_itself=True, title="Rețetă")
    assert [one.title for one in titled] == ["Rețetă (1)", "Rețetă (2)"]


def test_nothing_is_kept_of_a_sending_with_one_bad_file() -> None:
    place = setting()
    for wrong in ([PAGE, Upload("gol.pdf", b"")], [], [PAGE] * (MOST_FILES + 1)):
        with pytest.raises(DomainError) as why:
            file_documents(by=place.worker, case=place.case, uploads=wrong, kind="other", dated=TODAY)
        assert why.value.field == "attached"
    assert not FiledDocument.objects.exists() and not FiledPage.objects.exists()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": "nothing"}, "kind"),
        ({"dated": TODAY + dt.timedelta(days=1)}, "dated"),
        ({"title": "x" * 201}, "title"),
    ],
)
def test_what_cannot_be_said_of_a_document_is_refused(said: dict[str, Any], field: str) -> None:
    with pytest.raises(DomainError) as why:
        put(setting(), **said)
    assert why.value.field == field


def test_it_is_about_somebody_of_the_household() -> None:
    place, other = setting(), setting()
    with pytest.raises(DomainError):
        put(place, person=other.people[0])
    assert put(place, person=place.people[1])[0].person == place.people[1]


def test_who_sees_the_case_finds_it_and_a_stranger_does_not() -> None:
    place = setting()
    [made] = put(place)
    assert made.pk in read_by(place.colleague())
    assert made.pk not in read_by(worker(organization=place.case.keeper))
    assert made.pk not in read_by(worker())


def test_nobody_puts_in_what_they_would_not_read() -> None:
    place = setting()
    nurse = place.colleague(Role.COMMUNITY_NURSE)
    assert put(place, by=nurse)
    with pytest.raises(DomainError) as why:
        put(place, by=nurse, kind="court")
    assert why.value.field == "compartment"
    with pytest.raises(NotAllowed):
        put(place, by=place.colleague(Role.TRAINEE), kind="other")


def test_a_restricted_one_is_for_who_works_on_the_case() -> None:
    place = setting()
    colleague, coordinator, nurse = (
        place.colleague(),
        place.colleague(Role.COORDINATOR),
        place.colleague(Role.COMMUNITY_NURSE),
    )
    [made] = put(place, restricted=True)
    assert made.pk in read_by(place.worker)
    assert not any(made.pk in read_by(one) for one in (colleague, coordinator, nurse))
    add_team_member(by=place.worker, case=place.case, user=nurse)
    assert made.pk in read_by(nurse)
    [own] = put(place, by=again(colleague), restricted=True)
    assert own.pk in read_by(colleague)


def test_of_a_sealed_case_its_team_alone() -> None:
    place = setting()
    coordinator = place.colleague(Role.COORDINATOR)
    [made] = put(place)
    seal_case(by=place.worker, case=place.case, reason="Pericol")
    assert made.pk in read_by(place.worker) and made.pk not in read_by(coordinator)


def test_since_the_seal_of_a_person_what_is_about_them_is_for_their_circle() -> None:
    place = make_place()
    said = {"uploads": [PAGE], "kind": "school", "dated": TODAY}
    case = type(place.case).objects.get(household=place.like)
    seal_person(by=again(place.worker), person=place.like_mother, reason="o caută")
    type(case).objects.filter(pk=case.pk).update(sealed=False)
    [inside] = file_documents(by=again(place.worker), case=case, person=place.like_mother, **said)
    [child] = file_documents(by=again(place.worker), case=case, **said)
    seen = read_by(place.coordinator)
    assert child.pk in seen and inside.pk not in seen
    [outside] = file_documents(by=again(place.coordinator), case=case, person=place.like_mother, **said)
    assert outside.pk in read_by(place.coordinator) and outside.pk in read_by(place.worker)


def correct(place: Setting, made: FiledDocument, **said: Any) -> FiledDocument:
    asked = {"by": place.worker, "seen": 0, "kind": "medical", "dated": TODAY, **said}
    return correct_filed_document(document=made, **asked)


def test_what_was_written_before_a_correction_stays_beside_it() -> None:
    place = setting()
    [made] = put(place, title="Bilet")
    correct(place, made, title="Bilet de externare", person=place.people[1], restricted=True)
    made.refresh_from_db()
    assert (made.title, made.person, made.restricted) == ("Bilet de externare", place.people[1], True)
    [before] = made.before.all()
    assert json.loads(before.said)["title"] == "Bilet"
    changed = TrailEntry.objects.get(verb="correct_filed_document").changes
    assert changed == {"fields": ["title", "person_id", "restricted"]}
    with pytest.raises(EditedMeanwhile):
        correct(place, made, title="Altceva")
    with pytest.raises(DomainError):
        correct(place, made, seen=1, title=made.title, person=made.person, restricted=True)


def test_a_kind_that_is_offered_no_more_is_kept_where_it_stands() -> None:
    place = setting()
    [made] = put(place)
    FiledDocument.objects.filter(pk=made.pk).update(kind="former")
    assert correct(place, made, kind="former", compartment="health", title="Veche").kind == "former"
    assert kind_in_words("former") == "former"


def test_only_who_put_it_there_or_manages_the_case_changes_it() -> None:
    place = setting()
    nurse, other = place.colleague(Role.COMMUNITY_NURSE), place.colleague(Role.COMMUNITY_NURSE)
    [made] = put(place, by=nurse)
    with pytest.raises(NotAllowed):
        correct(place, made, by=other, title="A")
    assert correct(place, made, by=nurse, title="A").title == "A"
    with pytest.raises(NotAllowed):
        withdraw_filed_document(by=again(other), document=made, reason="a altcuiva")


def test_a_withdrawn_one_is_kept_with_its_reason_and_changed_no_more() -> None:
    place = setting()
    [made] = put(place)
    with pytest.raises(DomainError):
        withdraw_filed_document(by=place.worker, document=made, reason=" ")
    withdraw_filed_document(by=place.worker, document=made, reason="Este al altei familii.")
    made.refresh_from_db()
    assert (made.withdrawn_by, made.withdrawn_why) == (place.worker, "Este al altei familii.")
    assert content_of(made.pages.get())
    for deed in (
        lambda: correct(place, made, title="B"),
        lambda: withdraw_filed_document(by=place.worker, document=made, reason="iar"),
    ):
        with pytest.raises(DomainError):
            deed()


def test_files_go_over_to_a_new_key(settings: Any) -> None:
    [made] = put(setting())
    before = content_of(made.pages.get())
    settings.DATA_KEYS = {**settings.DATA_KEYS, str(int(newest_key()) + 1): b"k" * 32}
    rotating.send(sender=None)
    page = made.pages.get()
    with default_storage.open(page.path) as kept:
        assert kept.read().startswith(newest_key().encode() + b":")
    assert content_of(page) == before


def test_the_kinds_are_content(tmp_path: Any, settings: Any) -> None:
    assert kinds()["court"].compartment == "legal"
    settings.CONTENT = tmp_path
    for wrong in ("kinds: {}", "kinds: {a: {ro: A, en: A, compartment: none}}", "nothing", "kinds: [a]"):
        (tmp_path / "document_kinds.yaml").write_text(wrong)
        with pytest.raises(Exception, match=r"kinds\.yaml"):
            kinds()
