"""The pages of a case's papers: who may open them, what they answer, what they leave in the trail."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from punte.accounts.actions import save_form_draft
from punte.accounts.enums import Role
from punte.accounts.models import FormDraft, TrailEntry, User
from punte.cases.actions import add_team_member, seal_case
from punte.documents.actions import issue_document
from punte.documents.models import IssuedDocument
from punte.people.models import Household
from tests.documents.households import SAID, Setting, adopted_plan, setting
from tests.factories import worker

pytestmark = pytest.mark.django_db


FORM = {**SAID, "sections": ["home", "health"]}


def purpose_of(place: Setting, key: str) -> str:
    return reverse("issue_document", args=[place.case.pk, "ancheta-sociala"]) + f"?scop={key}"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def issued(place: Setting, **more: Any) -> IssuedDocument:
    return issue_document(by=place.worker, case=place.case, kind="social_inquiry", **{**SAID, **more})


def pages(place: Setting, document: IssuedDocument) -> list[str]:
    case = place.case.pk
    return [
        reverse("case_documents", args=[case]),
        reverse("document", args=[document.pk]),
        reverse("document_file", args=[document.pk, "pdf"]),
        reverse("document_file", args=[document.pk, "docx"]),
        reverse("issue_document", args=[case, "ancheta-sociala"]),
        reverse("issue_document", args=[case, "plan-de-servicii"]),
    ]


def answers(user: User, addresses: list[str]) -> list[int]:
    client = signed_in(user)
    return [client.get(address).status_code for address in addresses]


def test_worker_writes_looks_issues_and_downloads() -> None:
    place = setting()
    client = signed_in(place.worker)
    address = purpose_of(place, "alt_scop")
    assert "data-draft=" in client.get(address).content.decode()

    draft = client.post(address, {**FORM, "preview": "1"})
    assert draft["Content-Type"] == "application/pdf"
    assert draft["Content-Disposition"].startswith("inline")
    assert not IssuedDocument.objects.exists()

    save_form_draft(
        by=place.worker, key=f"document-ancheta-sociala-{place.case.pk}-alt_scop", fields={"conclusions": "x"}
    )
    done = client.post(address, FORM)
    document = IssuedDocument.objects.get()
    assert done.status_code == 302
    assert done["Location"] == reverse("document", args=[document.pk])
    assert not FormDraft.objects.exists()

    assert document.get_kind_display() in client.get(done["Location"]).content.decode()
    for file_format, kind in (("pdf", b"%PDF"), ("docx", b"PK")):
        file = client.get(reverse("document_file", args=[document.pk, file_format]))
        assert file.content.startswith(kind)
        name = f"ancheta-sociala-{document.year}-0001.{file_format}"
        assert file["Content-Disposition"] == f'attachment; filename="{name}"'
        assert "no-store" in file["Cache-Control"]
    read = set(TrailEntry.objects.filter(reading=True, subject=document.pk).values_list("verb", flat=True))
    assert read == {"document", "document_pdf", "document_docx"}


def test_bad_input_comes_back_with_what_was_typed() -> None:
    place = setting()
    address = purpose_of(place, "vmi")
    answer = signed_in(place.worker).post(address, {"conclusions": "Ce am văzut la vizită", "proposals": " "})
    assert answer.status_code == 422
    assert "Ce am văzut la vizită" in answer.content.decode()
    assert not IssuedDocument.objects.exists()


def test_plan_that_is_not_in_force_is_said_on_the_form() -> None:
    place = setting()
    address = reverse("issue_document", args=[place.case.pk, "plan-de-servicii"])
    answer = signed_in(place.worker).post(address, {})
    assert answer.status_code == 422
    adopted_plan(place)
    assert signed_in(place.worker).post(address, {"review_on": "2020-01-01"}).status_code == 422
    assert signed_in(place.worker).post(address, {}).status_code == 302


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.SOCIAL_WORKER, [200, 200, 200, 200, 200, 200]),
        (Role.SUPERVISOR, [200, 200, 200, 200, 200, 200]),
        (Role.COMMUNITY_NURSE, [200, 403, 403, 403, 403, 403]),
        (Role.SCHOOL_MEDIATOR, [200, 403, 403, 403, 403, 403]),
        (Role.PSYCHOLOGIST, [200, 200, 200, 200, 403, 403]),
        (Role.TRAINEE, [200, 403, 403, 403, 403, 403]),
        (Role.PARTNER, [404, 404, 404, 404, 403, 403]),
        (Role.PLANNER, [404, 404, 404, 404, 403, 403]),
        (Role.DATA_PROTECTION_OFFICER, [404, 404, 404, 404, 403, 403]),
        (Role.ADMINISTRATOR, [404, 404, 404, 404, 403, 403]),
    ],
)
def test_each_role_of_the_team_gets_what_it_may(role: Role, expected: list[int]) -> None:
    place = setting()
    assert answers(place.colleague(role), pages(place, issued(place))) == expected


def test_other_team_is_refused_and_other_organisation_finds_nothing() -> None:
    place = setting()
    addresses = pages(place, issued(place))
    assert answers(worker(organization=place.case.keeper), addresses) == [403] * 6
    assert answers(worker(), addresses) == [404] * 6


def test_sealed_case_hides_its_papers_from_all_but_the_team() -> None:
    place = setting(violence="violence")
    document = issued(place, include_violence=True)
    colleague, member = place.colleague(), place.colleague()
    add_team_member(by=place.worker, case=place.case, user=member)
    seal_case(by=place.worker, case=place.case, reason="Siguranța victimei")
    addresses = pages(place, document)
    for outsider in (colleague, place.colleague(Role.COORDINATOR), place.colleague(Role.ADMINISTRATOR)):
        assert set(answers(outsider, addresses)) <= {404, 403}
        assert answers(outsider, addresses)[:4] == [404] * 4
    for insider in (place.worker, member):
        assert answers(insider, addresses) == [200] * 6
    assert not TrailEntry.objects.filter(reading=True, subject=document.pk, sealed=False).exists()


def test_violence_is_offered_only_to_who_reads_about_it() -> None:
    place = setting()
    address = purpose_of(place, "alt_scop")
    coordinator = place.colleague(Role.COORDINATOR)
    assert "include_violence" in signed_in(coordinator).get(address).content.decode()
    # Another case of the household is sealed: what is known about violence is for that team alone.
    Household.objects.filter(pk=place.household.pk).update(sealed=True)
    assert "include_violence" not in signed_in(coordinator).get(address).content.decode()
    assert signed_in(coordinator).post(address, {**FORM, "include_violence": "on"}).status_code == 302
    assert "violence" not in IssuedDocument.objects.get().compartments


def test_unknown_formats_and_kinds_are_not_found() -> None:
    place = setting()
    client = signed_in(place.worker)
    document = issued(place)
    assert client.get(reverse("document_file", args=[document.pk, "exe"])).status_code == 404
    assert client.get(reverse("issue_document", args=[place.case.pk, "altceva"])).status_code == 404


def test_unread_paper_is_listed_without_a_link() -> None:
    place = setting()
    document = issued(place)
    nurse = place.colleague(Role.COMMUNITY_NURSE)
    listed = signed_in(nurse).get(reverse("case_documents", args=[place.case.pk])).content.decode()
    assert reverse("document", args=[document.pk]) not in listed
    assert "Anchetă socială" in listed


def test_list_does_not_ask_more_as_papers_grow(pinned: Any) -> None:
    place = setting()
    for _ in range(5):
        issued(place)
    client = signed_in(place.worker)
    pinned(client.get, reverse("case_documents", args=[place.case.pk]))


def test_file_tells_the_moment_it_was_issued_whatever_changed_since() -> None:
    place = setting()
    document = issued(place)
    client = signed_in(place.worker)
    address = reverse("document_file", args=[document.pk, "docx"])
    before = client.get(address).content
    mother = place.people[0]
    mother.family_name = "Altcineva"
    mother.save()
    assert client.get(address).content == before
    assert "Altcineva" not in json.loads(document.content)["members"][0]["name"]


def test_inquiry_asks_what_it_is_for_and_prints_that_alone() -> None:
    place = setting(violence="violence")
    asks = signed_in(place.worker).get(reverse("issue_document", args=[place.case.pk, "ancheta-sociala"]))
    offered = asks.content.decode()
    assert "?scop=vmi" in offered and "?scop=siguranta" in offered
    said = {**SAID, "said_property_1": "O căruță.", "said_autonomy_0": "Se spală singur."}
    assert signed_in(place.worker).post(purpose_of(place, "vmi"), said).status_code == 302
    told = json.loads(IssuedDocument.objects.get().content)
    titles = [one["title"] for one in told["chapters"]]
    assert "Bunuri și venituri agricole" in titles and "Starea de sănătate" not in titles
    assert {"label": "Scopul", "value": "Venitul minim de incluziune"} in told["subject"]
    assert "O căruță." in str(told["chapters"]) and "Se spală singur." not in str(told["chapters"])
    assert told["findings"] == [] and not told["tells_findings"]


def test_who_does_not_read_of_violence_writes_no_inquiry_about_it() -> None:
    place = setting(violence="violence")
    Household.objects.filter(pk=place.household.pk).update(sealed=True)
    coordinator = signed_in(place.colleague(Role.COORDINATOR))
    address = reverse("issue_document", args=[place.case.pk, "ancheta-sociala"])
    assert "scop=siguranta" not in coordinator.get(address).content.decode()
    about = {**SAID, "whom": str(place.people[0].pk)}
    assert coordinator.post(purpose_of(place, "siguranta"), about).status_code == 200
    assert not IssuedDocument.objects.exists()
