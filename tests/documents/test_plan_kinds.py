"""The kind of a plan: its sections, its title on paper, and the decision that approves it."""

import datetime as dt
import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from punte.cases.actions import adopt_plan, describe_plan, draft_plan, note_plan_decision
from punte.cases.plan_kinds import plan_kinds
from punte.documents.actions import issue_document
from punte.documents.rendering import render
from punte.kernel.errors import DomainError
from tests.documents.households import setting

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_every_kind_has_a_title_and_says_where_it_comes_from() -> None:
    known = plan_kinds()
    assert {"ps", "pip", "pis", "prr", "pr", "piai"} <= known.keys()
    assert all(one.title["ro"] and one.title["en"] and one.source for one in known.values())


def test_a_plan_of_services_is_printed_with_its_benefits_and_the_mayors_decision(client: Client) -> None:
    place = setting()
    plan = draft_plan(by=place.worker, case=place.case)
    said = {"benefits": "Alocația de stat; venitul minim de incluziune.", "duration": " "}
    describe_plan(by=place.worker, plan=plan, kind="ps", said=said)
    with pytest.raises(DomainError) as refused:
        describe_plan(by=place.worker, plan=plan, kind="ps", said={"finality": "Adopție"})
    assert refused.value.field == "kind"
    today = timezone.localdate()
    with pytest.raises(DomainError):
        note_plan_decision(by=place.worker, plan=plan, number="12", decided_on=today)
    agreed = {"agreed_with": place.people[0], "agreed_on": today, "agreed_how": "signed"}
    adopt_plan(by=place.worker, plan=plan, **agreed)
    with pytest.raises(DomainError) as early:
        note_plan_decision(by=place.worker, plan=plan, number="12", decided_on=today - DAY)
    assert early.value.field == "decided_on"
    client.force_login(place.worker)
    address = reverse("case_plan_decision", args=[place.case.pk])
    client.post(address, {"number": "412/2026", "decided_on": today.isoformat()})
    paper = issue_document(by=place.worker, case=place.case, kind="service_plan")
    content = json.loads(paper.content)
    assert content["title"] == "Plan de servicii"
    assert [one["title"] for one in content["parts"]] == ["Prestații"]
    assert any("412/2026" in line["value"] for line in content["subject"])
    assert all(render(paper, file_format) for file_format in ("pdf", "docx"))
    assert "venitul minim" in client.get(reverse("case_plan", args=[place.case.pk])).content.decode()


def test_the_next_version_goes_on_with_the_kind_and_a_protection_plan_has_its_own_title(
    client: Client,
) -> None:
    place = setting()
    plan = draft_plan(by=place.worker, case=place.case)
    client.force_login(place.worker)
    address = reverse("case_plan_kind", args=[place.case.pk])
    first = client.post(address, {"kind": "pip"})
    assert first["Location"] == address
    client.post(address, {"kind": "pip", "said_finality": "Reintegrare în familie."})
    agreed = {"agreed_on": timezone.localdate(), "agreed_how": "signed"}
    plan.refresh_from_db()
    adopt_plan(by=place.worker, plan=plan, agreed_with=place.people[0], **agreed)
    content = json.loads(issue_document(by=place.worker, case=place.case, kind="service_plan").content)
    assert content["title"] == "Plan individualizat de protecție"
    later = draft_plan(by=place.worker, case=place.case, reason="S-a schimbat măsura")
    assert (later.kind, later.sections) == ("pip", {"finality": "Reintegrare în familie."})
