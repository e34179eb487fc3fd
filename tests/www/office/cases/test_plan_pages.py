"""The plan through the browser: drafted, written in rows, agreed, followed; two hands on one plan."""

import json
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import FormDraft
from punte.cases.actions import add_team_member, adopt_plan, draft_plan
from punte.cases.models import Case, Objective, Plan, PlannedService
from tests.cases.conftest import Town
from tests.factories import PersonFactory, worker
from tests.www.office.cases.conftest import SignIn, text_of


@pytest.fixture
def case(town: Town) -> Case:
    town.assessed((town.child, "VAI_01"), (town.mother, "VAI_02"))
    return town.case()


def typed(*objectives: tuple[str, list[str]], revision: int = 1, **more: str) -> dict[str, Any]:
    """A form with new objectives of these texts and steps."""
    sent: dict[str, Any] = {"revision": str(revision), "objectives": str(len(objectives))}
    for number, (text, steps) in enumerate(objectives):
        prefix = f"o{number}"
        sent |= {
            f"{prefix}-text": text,
            f"{prefix}-compartment": "general",
            f"{prefix}-progress": "not_started",
            f"{prefix}-steps": str(len(steps)),
        }
        sent |= {f"{prefix}-s{place}-text": step for place, step in enumerate(steps)}
    return sent | more


def url(case: Case, page: str = "case_plan_edit") -> str:
    return reverse(page, args=[case.pk])


def test_a_plan_is_drafted_from_what_was_found_and_opens_for_writing(
    town: Town, case: Case, sign_in: SignIn
) -> None:
    page = sign_in(town.worker).post(url(case, "case_plan_draft"), follow=True)
    assert page.redirect_chain[-1][0] == url(case)
    objectives = list(Objective.objects.filter(plan__case=case))
    assert objectives
    assert all(objective.text in text_of(page) for objective in objectives)
    assert "situațional" in text_of(sign_in(town.worker).get(url(case, "case_plan")))


def test_the_rows_sent_back_unchanged_keep_the_plan(town: Town, case: Case, sign_in: SignIn) -> None:
    draft_plan(by=town.worker, case=case)
    before = list(
        PlannedService.objects.order_by("id").values("id", "text", "service", "interventions", "refer_to")
    )
    browser = sign_in(town.worker)
    sent = {"save": ""}
    page = browser.get(url(case))
    for form in page.context["editor"].forms:
        sent |= {field.html_name: field.value() or "" for field in form}
    rows = page.context["editor"].rows
    sent |= {"revision": "1", "objectives": len(rows)}
    sent |= {f"o{number}-steps": len(row.steps) for number, row in enumerate(rows)}
    assert browser.post(url(case), sent).status_code == 302
    assert before == list(
        PlannedService.objects.order_by("id").values("id", "text", "service", "interventions", "refer_to")
    )


def test_rows_come_and_go_without_javascript_and_nothing_is_saved(
    town: Town, case: Case, sign_in: SignIn
) -> None:
    draft_plan(by=town.worker, case=case)
    browser = sign_in(town.worker)
    rows = (("Merge la școală", ["Vizită", "Dosar"]), ("Are acte", ["Programare"]))

    def after(press: str) -> list[tuple[str, list[str]]]:
        page = browser.post(url(case), typed(*rows, rows=press))
        assert page.status_code == 200
        return [
            (row.values.get("text", ""), [step.values.get("text", "") for step in row.steps])
            for row in page.context["editor"].rows
        ]

    assert after("add") == [*rows, ("", [""])]
    assert after("add:0") == [("Merge la școală", ["Vizită", "Dosar", ""]), rows[1]]
    assert after("drop:0:0") == [("Merge la școală", ["Dosar"]), rows[1]]
    assert after("drop:0") == [rows[1]]
    assert after("drop:9") == after("drop:0:9") == after("<script>") == list(rows)
    assert "Are acte" not in {objective.text for objective in Objective.objects.all()}
    assert "autofocus" in text_of(browser.post(url(case), typed(*rows, rows="add:1")))


def test_a_plan_is_saved_whole_and_what_was_typed_is_forgotten(
    town: Town, case: Case, sign_in: SignIn
) -> None:
    plan = draft_plan(by=town.worker, case=case)
    FormDraft.objects.create(user=town.worker, key=f"plan-{plan.pk}", fields="{}")
    sent = typed(
        ("Are acte", ["Programare"]), **{"o0-s0-worker": str(town.nurse.pk), "o0-due_on": "2027-03-01"}
    )
    assert sign_in(town.worker).post(url(case), sent).url == url(case, "case_plan")
    objective = plan.objectives.get()
    assert (objective.text, str(objective.due_on), objective.steps.get().worker) == (
        "Are acte",
        "2027-03-01",
        town.nurse,
    )
    assert not FormDraft.objects.exists()


def test_a_row_without_a_text_comes_back_with_the_rest(town: Town, case: Case, sign_in: SignIn) -> None:
    draft_plan(by=town.worker, case=case)
    page = sign_in(town.worker).post(url(case), typed(("", ["Un pas scris"]), ("Alt obiectiv", [])))
    assert page.status_code == 422
    assert "Un pas scris" in text_of(page)
    assert "#id_o0-text" in text_of(page)
    assert "Alt obiectiv" not in {objective.text for objective in Objective.objects.all()}


def test_two_hands_on_one_plan_lose_nothing(town: Town, case: Case, sign_in: SignIn) -> None:
    draft_plan(by=town.worker, case=case)
    sign_in(town.worker).post(url(case), typed(("Obiectivul Anei", ["Pasul Anei"])))
    browser = sign_in(town.colleague)
    page = browser.post(url(case), typed(("Obiectivul colegului", ["Pasul colegului"])))
    assert page.status_code == 409
    said = text_of(page)
    for text in ("Obiectivul Anei", "Pasul Anei", "Obiectivul colegului", "Pasul colegului"):
        assert text in said
    assert Objective.objects.get().text == "Obiectivul Anei"
    assert page.context["plan"].revision == 2
    assert browser.post(url(case), typed(("Obiectivul colegului", []), revision=2)).status_code == 302
    assert Objective.objects.get().text == "Obiectivul colegului"


def test_what_was_typed_and_not_saved_is_put_back(town: Town, case: Case, sign_in: SignIn) -> None:
    plan = draft_plan(by=town.worker, case=case)
    fields = {name: [value] for name, value in typed(("Scris pe jumătate", ["Pas nou"])).items()}
    key = f"plan-{plan.pk}"
    browser = sign_in(town.worker)
    kept = browser.put(
        reverse("form_draft", args=[key]), json.dumps({"fields": fields}), content_type="application/json"
    )
    assert kept.status_code < 300
    said = text_of(browser.get(url(case)))
    assert "Scris pe jumătate" in said
    assert "Pas nou" in said
    browser.post(url(case), {"fresh": ""})
    assert "Scris pe jumătate" not in text_of(browser.get(url(case)))


def test_what_was_typed_before_somebody_else_saved_is_not_put_over_it(
    town: Town, case: Case, sign_in: SignIn
) -> None:
    plan = draft_plan(by=town.worker, case=case)
    fields = {name: [value] for name, value in typed(("Mai vechi", [])).items()}
    FormDraft.objects.create(user=town.worker, key=f"plan-{plan.pk}", fields=json.dumps(fields))
    sign_in(town.colleague).post(url(case), typed(("Mai nou", [])))
    said = text_of(sign_in(town.worker).get(url(case)))
    assert "Mai nou" in said
    assert "Mai vechi" not in said


def test_the_family_agrees_and_the_plan_is_followed(town: Town, case: Case, sign_in: SignIn) -> None:
    draft_plan(by=town.worker, case=case)
    browser = sign_in(town.worker)
    adopt = url(case, "case_plan_adopt")
    assert str(town.child.pk) not in dict(browser.get(adopt).context["form"].fields["agreed_with"].choices)
    sent = {"agreed_with": str(town.mother.pk), "agreed_on": "2999-01-01", "agreed_how": "signed"}
    assert browser.post(adopt, sent).status_code == 422
    sent["agreed_on"] = timezone.localdate().isoformat()
    assert browser.post(adopt, sent).url == url(case, "case_plan")
    plan = Plan.objects.get()
    assert (plan.status, plan.agreed_with) == ("adopted", town.mother)
    step = PlannedService.objects.filter(objective__plan=plan).first()
    done = reverse("case_step", args=[case.pk, step.pk])
    browser.post(done)
    step.refresh_from_db()
    assert step.done_on == timezone.localdate()
    browser.post(done, {"act": "reopen"})
    step.refresh_from_db()
    assert step.done_on is None
    objective = step.objective
    progress = reverse("case_objective", args=[case.pk, objective.pk])
    assert browser.post(progress, {"progress": "wonderful"}).status_code == 422
    browser.post(progress, {"progress": "achieved"})
    objective.refresh_from_db()
    assert objective.progress == "achieved"


def test_a_new_version_says_why_and_the_old_one_stays_readable(
    town: Town, case: Case, sign_in: SignIn
) -> None:
    plan = draft_plan(by=town.worker, case=case)
    adopt_plan(
        by=town.worker,
        plan=plan,
        agreed_with=town.mother,
        agreed_on=timezone.localdate(),
        agreed_how="spoken",
    )
    browser = sign_in(town.worker)
    assert browser.post(url(case, "case_plan_draft"), {"reason": ""}).status_code == 422
    browser.post(url(case, "case_plan_draft"), {"reason": "S-au mutat."})
    said = text_of(browser.get(url(case, "case_plan")))
    assert "S-au mutat." in said
    assert browser.get(reverse("case_plan_version", args=[case.pk, 1])).status_code == 200
    assert browser.get(reverse("case_plan_version", args=[case.pk, 3])).status_code == 404
    browser.post(url(case, "case_plan_discard"))
    assert [plan.version for plan in Plan.objects.all()] == [1]


def test_objectives_that_one_does_not_read_are_absent_and_stay(
    town: Town, case: Case, sign_in: SignIn
) -> None:
    plan = draft_plan(by=town.worker, case=case)
    plan.objectives.all().delete()
    hidden = Objective.objects.create(plan=plan, text="Plan de siguranță", compartment="violence")
    step = PlannedService.objects.create(objective=hidden, text="Adăpost")
    add_team_member(by=town.worker, case=case, user=town.nurse)
    browser = sign_in(town.nurse)
    for page in ("case_plan", "case_plan_edit", "case_plan_adopt", "case"):
        said = text_of(browser.get(url(case, page)))
        assert "Plan de siguranță" not in said
        assert "Adăpost" not in said
    assert browser.post(reverse("case_step", args=[case.pk, step.pk])).status_code == 404
    assert browser.post(reverse("case_objective", args=[case.pk, hidden.pk])).status_code == 404


def test_a_step_of_another_case_is_not_found_here(town: Town, case: Case, sign_in: SignIn) -> None:
    from tests.factories import family

    other = town.case(household=family(50, keeper=town.organization)[0].memberships.get().household)
    plan = draft_plan(by=town.worker, case=other)
    objective = Objective.objects.create(plan=plan, text="Altul")
    step = PlannedService.objects.create(objective=objective, text="Alt pas")
    assert sign_in(town.worker).post(reverse("case_step", args=[case.pk, step.pk])).status_code == 404


def test_the_plan_page_asks_the_same_few_questions_however_long_the_plan(
    town: Town, case: Case, sign_in: SignIn, pinned: Any
) -> None:
    plan = draft_plan(by=town.worker, case=case)
    for number in range(30):
        objective = Objective.objects.create(plan=plan, text=f"Obiectiv {number}", position=number)
        PlannedService.objects.bulk_create(
            PlannedService(objective=objective, text="Pas", position=place) for place in range(4)
        )
    browser = sign_in(town.worker)
    for page in ("case_plan", "case_plan_edit"):
        pinned(browser.get, url(case, page))


def rows_of(page: Any) -> list[Any]:
    return page.context["editor"].rows


def sent_back(page: Any, **more: Any) -> dict[str, Any]:
    """The form of the page, as a browser sends it unchanged."""
    rows = rows_of(page)
    sent: dict[str, Any] = {"revision": str(page.context["plan"].revision), "objectives": len(rows)}
    for form in page.context["editor"].forms:
        sent |= {field.html_name: field.value() or "" for field in form}
    return sent | {f"o{number}-steps": len(row.steps) for number, row in enumerate(rows)} | more


def test_who_and_by_when_are_set_for_the_ticked_steps_at_once(
    town: Town, case: Case, sign_in: SignIn
) -> None:
    draft_plan(by=town.worker, case=case)
    browser = sign_in(town.worker)
    page = browser.get(url(case))
    sent = sent_back(
        page, **{"bulk-worker": str(town.nurse.pk), "bulk-due_on": "2031-03-14", "rows": "assign"}
    )
    given = browser.post(url(case), {**sent, "o0-s1-tick": "on"})
    values = [(step.values["worker"], step.values["due_on"]) for step in rows_of(given)[0].steps]
    assert values[1] == (str(town.nurse.pk), "2031-03-14")
    assert "2031-03-14" not in {due for place, (_who, due) in enumerate(values) if place != 1}
    given = browser.post(url(case), {**sent, "all-tick": "on"})
    assert {step.values["due_on"] for row in rows_of(given) for step in row.steps} == {"2031-03-14"}
    assert browser.post(url(case), sent_back(given)).status_code == 302
    assert set(PlannedService.objects.values_list("worker", flat=True)) == {town.nurse.pk}


def test_a_step_may_be_the_family_s_or_a_profession_s_without_a_name(
    town: Town, case: Case, sign_in: SignIn
) -> None:
    draft_plan(by=town.worker, case=case)
    browser = sign_in(town.worker)
    sent = typed(("Are acte", ["Caută actele", "Merge la medic", "Sună"]))
    sent |= {"o0-s0-worker": "role:family", "o0-s1-worker": "role:community_nurse", "o0-s2-worker": ""}
    assert browser.post(url(case), sent).status_code == 302
    assert list(PlannedService.objects.order_by("position").values_list("role", "worker")) == [
        ("family", None), ("community_nurse", None), ("", None),
    ]  # fmt: skip
    said = text_of(browser.get(url(case, "case_plan")))
    assert "Familia" in said
    assert "Asistent medical comunitar" in said


def test_an_objective_is_put_off_and_brought_up_by_one_press(town: Town, case: Case, sign_in: SignIn) -> None:
    plan = draft_plan(by=town.worker, case=case)
    browser = sign_in(town.worker)
    off = browser.post(url(case), typed(("Întâi", []), ("Apoi", []), rows="later:0"))
    assert [(row.text, row.later) for row in rows_of(off)] == [("Apoi", False), ("Întâi", True)]
    assert browser.post(url(case), sent_back(off)).status_code == 302
    waits = plan.objectives.get(later=True)
    assert waits.text == "Întâi"
    assert "Mai târziu: 1" in text_of(browser.get(url(case, "case_plan")))
    up = reverse("case_plan_bring_up", args=[case.pk, waits.pk])
    assert browser.post(up).url == url(case, "case_plan")
    waits.refresh_from_db()
    assert not waits.later
    assert browser.post(up).status_code == 422


def test_the_plan_says_for_whom_why_and_what_opens_the_way(town: Town, sign_in: SignIn) -> None:
    town.assessed((town.mother, "VAI_02"), (None, "VSV_01"))
    case = town.case()
    draft_plan(by=town.worker, case=case)
    browser = sign_in(town.worker)
    for page in ("case_plan", "case_plan_edit"):
        said = text_of(browser.get(url(case, page)))
        assert town.mother.given_name in said
        assert "Persoană de 14 ani sau mai mult fără act de identitate" in said
        assert "Deschide drumul la: Bani." in said


def test_steps_of_another_profession_are_offered_to_who_has_it(town: Town, sign_in: SignIn) -> None:
    mediator = worker(Role.SCHOOL_MEDIATOR, organization=town.organization, name="Dan Sălăjan")
    town.assessed((town.child, "VEC_03"))
    case = town.case()
    plan = draft_plan(by=town.worker, case=case)
    browser = sign_in(town.worker)
    assert "Propune: Dan Sălăjan" in text_of(browser.get(url(case, "case_plan")))
    offer = {"plan": str(plan.pk), "role": "school_mediator", "to": str(mediator.pk)}
    assert browser.post(url(case, "case_plan_offer"), {**offer, "to": str(town.nurse.pk)}).status_code == 422
    assert browser.post(url(case, "case_plan_offer"), {**offer, "plan": "x"}).status_code == 404
    assert browser.post(url(case, "case_plan_offer"), offer).url == url(case, "case_plan")
    assert PlannedService.objects.get(role="school_mediator").worker == mediator


def test_who_is_not_seen_is_not_named_by_a_step(town: Town, case: Case, sign_in: SignIn) -> None:
    plan = draft_plan(by=town.worker, case=case)
    step = PlannedService.objects.filter(objective__plan=plan).first()
    stranger = PersonFactory(given_name="Nevăzuta")
    step.findings = [[str(stranger.pk), "VAI_02"]]
    step.save()
    for page in ("case_plan", "case_plan_edit"):
        assert "Nevăzuta" not in text_of(sign_in(town.worker).get(url(case, page)))
