"""The annual plan on screen: read, written row by row, checked, approved, compared."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.annual_plans.actions import change_row
from punte.annual_plans.enums import PlanStatus, Section
from punte.annual_plans.models import AnnualPlan, Campaign, ExistingService
from punte.organizations.models import Organization
from tests.factories import OrganizationFactory, worker


def browser(user: User) -> Client:
    client = Client(headers={"accept-language": "ro"})
    client.force_login(user)
    client.get("/cont/")
    return client


def services(plan: AnnualPlan, count: int) -> list[ExistingService]:
    return [
        ExistingService.objects.create(
            plan=plan,
            section=Section.EXISTING,
            position=at,
            number=at // 3 + 1,
            provider=f"Asociația {at // 3}",
            name=f"Centrul nr. {at}",
            local=1000 * at,
        )
        for at in range(count)
    ]


@pytest.fixture
def house(db: None) -> Organization:
    return OrganizationFactory()


@pytest.fixture
def plan(house: Organization) -> AnnualPlan:
    return AnnualPlan.objects.create(organization=house, year=2026, title="Plan anual")


@pytest.fixture
def planner(house: Organization) -> User:
    return worker(Role.PLANNER, organization=house)


@pytest.fixture
def coordinator(house: Organization) -> User:
    return worker(Role.COORDINATOR, organization=house)


def form_of(page: Any) -> dict[str, Any]:
    """What a browser would send back of the form of a page."""
    form = page.context["form"]
    sent: dict[str, Any] = {}
    for bound in form:
        value = (
            bound.field.prepare_value(form.get_initial_for_field(bound.field, bound.name))
            if hasattr(bound.field, "prepare_value")
            else bound.value()
        )
        sent[bound.html_name] = "" if value is None else value
        if bound.field.show_hidden_initial:
            sent[bound.html_initial_name] = sent[bound.html_name]
    return sent


def test_a_plan_is_prepared_once(planner: User, house: Organization) -> None:
    client = browser(planner)
    sent = {"organization": house.pk, "year": 2027}
    made = client.post(reverse("plans"), sent)
    assert made.status_code == 302
    again = client.post(reverse("plans"), sent)
    assert again.status_code == 422 and "2027" in again.content.decode()
    assert AnnualPlan.objects.filter(year=2027).count() == 1


def test_every_chapter_opens_and_no_other(planner: User, plan: AnnualPlan) -> None:
    services(plan, 3)
    client = browser(planner)
    for slug in (
        "existente",
        "de-infiintat",
        "contractare",
        "subventii",
        "informare",
        "formare",
        "temei",
        "semnaturi",
    ):
        assert client.get(reverse("plan_chapter", args=[plan.pk, slug])).status_code == 200
    assert client.get(reverse("plan_chapter", args=[plan.pk, "altul"])).status_code == 404


def test_totals_are_in_lei_and_in_thousand_lei(planner: User, plan: AnnualPlan) -> None:
    services(plan, 4)
    page = browser(planner).get(reverse("plan_chapter", args=[plan.pk, "existente"])).content.decode()
    assert "<b>6</b>" in page and "<b>6.000</b>" in page


def test_queries_do_not_grow_with_the_rows(planner: User, plan: AnnualPlan, pinned: Any) -> None:
    services(plan, 120)
    client = browser(planner)
    for url in (
        reverse("plans"),
        reverse("plan", args=[plan.pk]),
        reverse("plan_chapter", args=[plan.pk, "existente"]),
        reverse("plan_remarks", args=[plan.pk]),
    ):
        assert pinned(client.get, url).status_code == 200


def test_a_row_is_changed_and_only_what_was_changed_is_sent(planner: User, plan: AnnualPlan) -> None:
    row = services(plan, 1)[0]
    ExistingService.objects.filter(pk=row.pk).update(code_printed="8891 CZC-II")
    client = browser(planner)
    url = reverse("plan_row", args=[plan.pk, "existing", row.pk])
    sent = form_of(client.get(url)) | {"local": "374.400,50", "capacity": "25", "capacity_unit": "per_month"}
    assert client.post(url, sent).status_code == 302
    row.refresh_from_db()
    assert str(row.local) == "374400.50" and row.capacity_printed == "25/lună"
    assert row.code_printed == "8891 CZC-II" and row.revision == 2


def test_a_wrong_amount_gives_everything_back(planner: User, plan: AnnualPlan) -> None:
    row = services(plan, 1)[0]
    client = browser(planner)
    url = reverse("plan_row", args=[plan.pk, "existing", row.pk])
    answer = client.post(url, form_of(client.get(url)) | {"local": "-5", "name": "Alt nume"})
    assert answer.status_code == 422 and "Alt nume" in answer.content.decode()
    row.refresh_from_db()
    assert row.revision == 1


def test_a_stale_row_shows_both_and_saves_only_what_one_changed(
    planner: User, coordinator: User, plan: AnnualPlan
) -> None:
    row = services(plan, 1)[0]
    client = browser(planner)
    url = reverse("plan_row", args=[plan.pk, "existing", row.pk])
    sent = form_of(client.get(url)) | {"name": "Numele meu"}
    change_row(by=coordinator, row=row, revision=1, values={"name": "Numele ei", "local": 7})
    answer = client.post(url, sent)
    page = answer.content.decode()
    assert answer.status_code == 409 and "Numele ei" in page and "Numele meu" in page
    assert 'name="revision" value="2"' in page
    assert client.post(url, sent | {"revision": 2}).status_code == 302
    row.refresh_from_db()
    assert row.name == "Numele meu" and row.local == 7


def test_rows_are_added_after_another_and_taken_out(planner: User, plan: AnnualPlan) -> None:
    first, second = services(plan, 2)
    client = browser(planner)
    url = reverse("plan_row_new", args=[plan.pk, "existing"])
    sent = form_of(client.get(url)) | {"provider": "Asociația 0", "name": "Între"}
    assert client.post(f"{url}?dupa={first.pk}", sent).status_code == 302
    names = list(ExistingService.objects.filter(plan=plan).values_list("name", flat=True))
    assert names == [first.name, "Între", second.name]
    remove = reverse("plan_row_remove", args=[plan.pk, "existing", second.pk])
    assert client.post(remove, {"revision": "7"}).status_code == 409
    assert client.post(remove, {"revision": "1"}).status_code == 302
    assert not ExistingService.objects.filter(pk=second.pk).exists()
    assert client.get(reverse("plan_row", args=[plan.pk, "existing", second.pk])).status_code == 404


def test_titles_and_budgets_are_changed(planner: User, plan: AnnualPlan) -> None:
    client = browser(planner)
    url = reverse("plan_fields", args=[plan.pk])
    assert client.post(url, form_of(client.get(url)) | {"grants_budget": "500.000"}).status_code == 302
    plan.refresh_from_db()
    assert plan.grants_budget == 500_000


def test_from_draft_to_approved_and_back_with_what_changed(
    planner: User, coordinator: User, plan: AnnualPlan
) -> None:
    row = services(plan, 1)[0]
    writes, leads = browser(planner), browser(coordinator)
    approve = reverse("plan_approve", args=[plan.pk])
    assert writes.post(reverse("plan_submit", args=[plan.pk]), {"note": "Gata"}).status_code == 302
    assert "Gata" in leads.get(reverse("plan", args=[plan.pk])).content.decode()
    assert writes.post(approve, {"decision": "1/2026"}).status_code == 403
    assert leads.post(approve, {"decision": ""}).status_code == 422
    assert leads.post(approve, {"decision": "HCL 1/2026"}).status_code == 302
    assert writes.get(reverse("plan_version", args=[plan.pk, 1])).status_code == 200
    assert writes.get(reverse("plan_version", args=[plan.pk, 9])).status_code == 404
    assert writes.post(reverse("plan_reopen", args=[plan.pk]), {"reason": ""}).status_code == 422
    assert writes.post(reverse("plan_reopen", args=[plan.pk]), {"reason": "Rectificare"}).status_code == 302
    plan.refresh_from_db()
    assert plan.status == PlanStatus.DRAFT
    change_row(by=planner, row=row, revision=1, values={"local": 99})
    Campaign.objects.create(plan=plan, section=Section.CAMPAIGNS, position=1, name="Campania nouă")
    compared = writes.get(reverse("plan_compare", args=[plan.pk]))
    assert [one.kind for one in compared.context["differences"]] == ["changed", "added"]
    assert "99" in compared.content.decode() and "Campania nouă" in compared.content.decode()


def test_an_approved_plan_is_not_changed_from_an_open_form(planner: User, plan: AnnualPlan) -> None:
    row = services(plan, 1)[0]
    client = browser(planner)
    url = reverse("plan_row", args=[plan.pk, "existing", row.pk])
    sent = form_of(client.get(url)) | {"name": "Altul"}
    AnnualPlan.objects.filter(pk=plan.pk).update(status=PlanStatus.APPROVED)
    assert client.post(url, sent).status_code == 422
    row.refresh_from_db()
    assert row.name != "Altul"


def test_what_the_check_finds_stands_beside_the_row_and_leads_to_it(planner: User, plan: AnnualPlan) -> None:
    row = services(plan, 1)[0]
    ExistingService.objects.filter(pk=row.pk).update(code_printed="1234 XX", occupancy=90)
    client = browser(planner)
    listed = client.get(reverse("plan_remarks", args=[plan.pk])).content.decode()
    assert f"existente/#r{row.pk}" in listed
    assert (
        f'id="r{row.pk}"' in client.get(reverse("plan_chapter", args=[plan.pk, "existente"])).content.decode()
    )


def test_remarks_are_shown_by_cause_filtered_and_with_what_is_settled(
    planner: User, plan: AnnualPlan
) -> None:
    first, second = services(plan, 2)
    ExistingService.objects.filter(pk=first.pk).update(capacity=0)
    ExistingService.objects.filter(pk=second.pk).update(capacity=5, name="Centrul social- comunitar")
    client, url = browser(planner), reverse("plan_remarks", args=[plan.pk])
    page = client.get(url).context
    causes = [(cause.weight, cause.title) for cause in page["causes"]]
    assert [weight for weight, _title in causes] == sorted(weight for weight, _title in causes)
    assert len(set(causes)) == len(causes)
    assert page["settled"] == 0 and page["every"] == sum(len(cause.told) for cause in page["causes"])
    errors = client.get(url, {"ce": "greseli"}).context["causes"]
    assert errors and {cause.weight for cause in errors} == {"error"}
    assert client.get(url, {"ce": "greseli", "capitol": "informare"}).context["causes"] == []
    assert client.get(url, {"ce": "altceva", "capitol": "altul"}).context["every"] == page["every"]


def test_remarks_of_one_cause_are_shown_alone_and_stay_chosen_after_an_answer(
    planner: User, plan: AnnualPlan
) -> None:
    for row in services(plan, 4):
        ExistingService.objects.filter(pk=row.pk).update(capacity=5, occupancy=None)
    client, url = browser(planner), reverse("plan_remarks", args=[plan.pk])
    chosen = {"ce": "intrebari", "cauza": "occupancy_missing"}
    [cause] = client.get(url, chosen).context["causes"]
    assert (cause.kind, cause.settled, cause.every, len(cause.told)) == ("occupancy_missing", 0, 3, 3)
    key = cause.told[0].remark.key
    answered = client.post(
        f"{url}?{urlencode({**chosen, 'raspuns': key})}", {"key": key, "answer": "Serviciu nou"}
    )
    assert answered["Location"] == f"{url}?{urlencode(chosen)}"
    page = client.get(answered["Location"])
    [cause] = page.context["causes"]
    assert (cause.settled, cause.every, len(cause.told)) == (1, 3, 2)
    assert "Lămurite: 1 din 3" in page.content.decode()
    both = client.get(url, {**chosen, "capitol": "informare"})
    assert both.context["causes"] == []


def test_a_question_is_settled_with_an_answer_and_opened_again_without_one(
    planner: User, coordinator: User, plan: AnnualPlan
) -> None:
    row = services(plan, 2)[1]
    ExistingService.objects.filter(pk=row.pk).update(capacity=5, occupancy=None)
    client, url = browser(planner), reverse("plan_remarks", args=[plan.pk])
    key = f"occupancy_missing/existing/{row.pk}/"
    assert 'id="raspuns"' in client.get(url, {"raspuns": key}).content.decode()
    assert client.post(url, {"key": key, "answer": "Serviciu nou, fără an de raportat"}).status_code == 302
    settled = client.get(url, {"ce": "lamurite"})
    assert settled.context["settled"] == 1 and "fără an de raportat" in settled.content.decode()
    assert key not in [told.remark.key for cause in client.get(url).context["causes"] for told in cause.told]
    client.post(reverse("plan_submit", args=[plan.pk]), {"note": ""})
    refused = client.post(url, {"key": key, "answer": ""})
    assert refused.status_code == 422
    browser(coordinator).post(reverse("plan_approve", args=[plan.pk]), {"decision": "HCL 1/2026"})
    kept = {
        one["row"]: one["answer"] for one in plan.versions.get().remarks if one["kind"] == "occupancy_missing"
    }
    assert kept[str(row.pk)] == "Serviciu nou, fără an de raportat"
    client.post(reverse("plan_reopen", args=[plan.pk]), {"reason": "Rectificare"})
    assert client.post(url, {"key": key, "answer": " "}).status_code == 302
    assert client.get(url).context["settled"] == 0


def test_an_error_is_mended_and_not_answered(planner: User, coordinator: User, plan: AnnualPlan) -> None:
    row = services(plan, 1)[0]
    ExistingService.objects.filter(pk=row.pk).update(capacity=0)
    url = reverse("plan_remarks", args=[plan.pk])
    sent = {"key": f"capacity_zero/existing/{row.pk}/", "answer": "Așa este"}
    assert browser(planner).post(url, sent).status_code == 422
    assert browser(coordinator).post(url, sent).status_code in (403, 422)
    plan.refresh_from_db()
    assert plan.answers == {}


@pytest.mark.parametrize("file_format", ["xlsx", "docx", "pdf"])
def test_the_plan_is_downloaded(planner: User, coordinator: User, plan: AnnualPlan, file_format: str) -> None:
    services(plan, 2)
    client = browser(planner)
    draft = client.get(reverse("plan_file", args=[plan.pk, file_format]))
    assert draft.status_code == 200 and len(draft.content) > 1000
    client.post(reverse("plan_submit", args=[plan.pk]), {"note": ""})
    browser(coordinator).post(reverse("plan_approve", args=[plan.pk]), {"decision": "HCL 1/2026"})
    version = plan.versions.get()
    published = Client().get(reverse("plan_public_file", args=[version.pk, file_format]))
    kept = client.get(reverse("plan_version_file", args=[plan.pk, 1, file_format]))
    assert published.status_code == 200 and published.content == kept.content


def test_strangers_do_not_learn_of_a_plan(plan: AnnualPlan) -> None:
    client = browser(worker(Role.PLANNER))
    assert client.get(reverse("plan", args=[plan.pk])).status_code == 404
    assert reverse("plan", args=[plan.pk]) not in client.get(reverse("plans")).content.decode()


def test_each_tab_says_the_subject_of_its_chapter(plan: AnnualPlan, planner: User) -> None:
    page = browser(planner).get(reverse("plan_chapter", args=[plan.pk, "contractare"])).text
    tabs = page.split('<nav class="tabs"')[1].split("</nav>")[0]
    for said in (
        "I.A Servicii existente",
        "I.B De înființat",
        "I.C Contractare",
        "I.D Subvenții",
        "II Informare",
    ):
        assert said in tabs
    for said in ("III Formare", "Temei legal", "Semnături"):
        assert said in tabs
