"""Opening a case, its pages, its course."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry
from punte.assessments.models import FindingSet
from punte.cases.actions import add_team_member, draft_plan, log_intervention, plan_visit, seal_case
from punte.cases.models import Case
from tests.cases.conftest import Town, again
from tests.factories import worker
from tests.www.office.cases.conftest import SignIn, text_of

PAGES = (
    "case",
    "case_assessments",
    "case_plan",
    "case_interventions",
    "case_referrals",
    "case_refer",
    "case_regime",
    "case_team",
    "case_close",
    "case_reopen",
)


def test_a_case_is_opened_from_an_assessment(town: Town, sign_in: SignIn) -> None:
    older = town.assessed(days_ago=40)
    town.assessed(days_ago=2)
    browser = sign_in(town.worker)
    url = reverse("case_open", args=[town.household.pk])
    page = browser.get(url, {"evaluare": str(older.pk)})
    form = page.context["form"]
    assert form["assessment"].value() == str(older.pk)
    assert form["regime"].value() is None
    assert "responsible" not in form.fields
    sent = {
        "regime": "intensive",
        "reason": "Copilul lipsește de la școală.",
        "assessment": str(older.pk),
        "person": "",
    }
    opened = browser.post(url, sent, follow=True)
    case = Case.objects.get()
    assert opened.redirect_chain[-1][0] == reverse("case", args=[case.pk])
    assert (case.regime, case.responsible) == ("intensive", town.worker)
    assert "Management de caz intensiv" in text_of(opened)


def test_a_case_without_a_regime_comes_back_with_what_was_typed(town: Town, sign_in: SignIn) -> None:
    url = reverse("case_open", args=[town.household.pk])
    page = sign_in(town.worker).post(url, {"reason": "Mama cere ajutor."})
    assert page.status_code == 422
    assert "Mama cere ajutor." in text_of(page)
    assert page.context["form"].errors.keys() == {"regime"}
    assert not Case.objects.exists()


def test_a_second_case_is_refused_beside_the_first(town: Town, sign_in: SignIn) -> None:
    case = town.case()
    url = reverse("case_open", args=[town.household.pk])
    page = sign_in(town.worker).post(url, {"regime": "standard", "reason": "Încă o dată."})
    assert page.status_code == 422
    assert reverse("case", args=[case.pk]) in text_of(page)
    assert Case.objects.count() == 1


def test_who_assigns_chooses_the_responsible_worker(town: Town, sign_in: SignIn) -> None:
    url = reverse("case_open", args=[town.household.pk])
    sent = {"regime": "standard", "reason": "Preluare.", "responsible": str(town.colleague.pk)}
    sign_in(town.coordinator).post(url, sent)
    assert Case.objects.get().responsible == town.colleague


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_a_case_opens_and_is_written_in_the_trail(
    town: Town, sign_in: SignIn, page: str
) -> None:
    town.assessed((town.child, "LEVEL_SEVERE"), (None, "VAI_01"))
    case = town.case(regime="intensive")
    response = sign_in(town.worker).get(reverse(page, args=[case.pk]))
    assert response.status_code == 200
    assert f"{case}" in text_of(response)
    assert TrailEntry.objects.filter(actor=town.worker, reading=True, household=town.household.pk).exists()


def test_the_first_page_says_what_follows_what_was_found_and_whose(town: Town, sign_in: SignIn) -> None:
    town.assessed((town.child, "LEVEL_SEVERE"), (town.mother, "VAI_02"))
    case = town.case(regime="intensive")
    said = text_of(sign_in(town.worker).get(reverse("case", args=[case.pk])))
    assert "Plan agreat cu familia în 30 de zile de la deschiderea cazului" in said
    assert "Copil în risc sever de excluziune socială" in said
    assert "3 membri" in said
    assert "2 copii" in said
    assert f"responsabil {town.worker.name} din" in said


def test_the_first_page_says_of_whom_something_could_not_be_decided(town: Town, sign_in: SignIn) -> None:
    assessment = town.assessed()
    undecided = [{"code": "LEVEL_SEVERE", "person": str(town.child.pk)}, {"code": "VAI_01", "person": None}]
    FindingSet.objects.filter(assessment=assessment).update(not_assessed=undecided)
    said = text_of(sign_in(town.worker).get(reverse("case", args=[town.case().pk])))
    assert f"<li>Copil în risc sever de excluziune socială, {town.child}</li>" in said


def test_the_first_page_asks_the_same_few_questions_however_much_there_is(
    town: Town, sign_in: SignIn, pinned: Any
) -> None:
    town.assessed(*((town.child, code) for code in ("LEVEL_SEVERE", "VAI_01", "VAI_02")))
    case = town.case(regime="intensive")
    plan = draft_plan(by=town.worker, case=case)
    plan.status = "adopted"
    plan.save()
    browser = sign_in(town.worker)
    url = reverse("case", args=[case.pk])
    browser.get(url)
    pinned(browser.get, url)


def test_a_case_shows_no_finding_or_note_that_one_does_not_read(town: Town, sign_in: SignIn) -> None:
    from punte.assessments.packs import current_version, pack_of

    rules = pack_of(current_version("sci")).rules.values()
    violence = next(rule for rule in rules if rule.compartment == "violence" and rule.severity)
    town.assessed((town.mother if violence.level == "member" else None, violence.code))
    case = town.case()
    log_intervention(
        by=town.worker,
        case=case,
        mode="office",
        at=case.created_at,
        compartment="violence",
        note="Se teme de soț.",
    )
    of_worker, of_nurse = sign_in(town.worker), sign_in(town.nurse)
    for url in (reverse("case", args=[case.pk]), reverse("case_interventions", args=[case.pk])):
        assert "data-leave" in text_of(of_worker.get(url))
        assert "data-leave" not in text_of(of_nurse.get(url))
    page = reverse("case", args=[case.pk])
    assert violence.name["ro"] in text_of(of_worker.get(page))
    assert violence.name["ro"] not in text_of(of_nurse.get(page))
    notes = reverse("case_interventions", args=[case.pk])
    assert "Se teme de soț." in text_of(of_worker.get(notes))
    assert "Se teme de soț." not in text_of(of_nurse.get(notes))
    assert "Violență" not in text_of(of_nurse.get(notes, {"parte": "violence"}))


def test_titles_name_nobody(town: Town, sign_in: SignIn) -> None:
    case = town.case()
    seal_case(by=town.worker, case=case, reason="pericol")
    for page in PAGES:
        said = text_of(sign_in(again(town.worker)).get(reverse(page, args=[case.pk])))
        title = said.split("<title>")[1].split("</title>")[0]
        assert "Dinu" not in title
        assert str(case) in title


def test_the_team_reads_since_when_by_whom_and_why(town: Town, sign_in: SignIn) -> None:
    case = town.case()
    seal_case(by=town.coordinator, case=case, reason="soțul o caută")
    page = reverse("case_team", args=[case.pk])
    said = text_of(sign_in(again(town.worker)).get(page))
    assert "soțul o caută" in said and town.coordinator.name in said
    assert f"{timezone.localdate():%d.%m.%Y}" in said
    assert sign_in(again(town.coordinator)).get(page).status_code == 404


def test_a_sealed_case_is_not_there_for_others(town: Town, sign_in: SignIn) -> None:
    case = town.case()
    seal_case(by=town.worker, case=case, reason="pericol")
    for user in (town.colleague, town.coordinator, town.nurse):
        browser = sign_in(again(user))
        assert browser.get(reverse("case", args=[case.pk])).status_code == 404
        assert f"{case}" not in text_of(browser.get(reverse("cases"), {"whose": "all"}))


def test_a_member_from_elsewhere_works_on_the_case(town: Town, sign_in: SignIn) -> None:
    case = town.case()
    outsider = worker(email="consilier@exemplu.ro")
    browser = sign_in(town.worker)
    added = browser.post(
        reverse("case_team_add", args=[case.pk]), {"email": "CONSILIER@exemplu.ro", "part": "școală"}
    )
    assert added.status_code == 302
    theirs = sign_in(again(outsider))
    page = theirs.get(reverse("case", args=[case.pk]))
    assert page.status_code == 200
    assert page.context["may"]["intervene"]
    assert not page.context["may"]["manage_case"]
    browser.post(reverse("case_team_remove", args=[case.pk, outsider.pk]))
    assert sign_in(again(outsider)).get(reverse("case", args=[case.pk])).status_code == 404


def test_a_colleague_is_added_once_and_named_somehow(town: Town, sign_in: SignIn) -> None:
    case = town.case()
    url = reverse("case_team_add", args=[case.pk])
    browser = sign_in(town.worker)
    assert browser.post(url, {"part": "x"}).status_code == 422
    assert browser.post(url, {"email": "nimeni@exemplu.ro"}).status_code == 422
    assert browser.post(url, {"user": str(town.nurse.pk)}).status_code == 302
    assert browser.post(url, {"user": str(town.nurse.pk)}).status_code == 422
    assert case.members.get().user == town.nurse


def test_the_regime_changes_with_an_assessment_and_a_reason(town: Town, sign_in: SignIn) -> None:
    assessment = town.assessed()
    case = town.case(regime="monitoring")
    browser, url = sign_in(town.worker), reverse("case_regime", args=[case.pk])
    refused = browser.post(url, {"regime": "intensive", "assessment": str(assessment.pk), "reason": " "})
    assert refused.status_code == 422
    sent = {"regime": "intensive", "assessment": str(assessment.pk), "reason": "S-a înrăutățit."}
    changed = browser.post(url, sent, follow=True)
    assert "S-a înrăutățit." in text_of(changed)
    case.refresh_from_db()
    assert case.regime == "intensive"
    assert [period.regime for period in case.regimes.order_by("start", "id")] == ["monitoring", "intensive"]


def test_a_case_is_closed_with_its_outcome_and_reopened(town: Town, sign_in: SignIn) -> None:
    case = town.case()
    browser = sign_in(town.worker)
    close = reverse("case_close", args=[case.pk])
    plan_visit(by=town.worker, case=case, day=timezone.localdate(), hour=dt.time(9, 30), purpose="Acte")
    said = text_of(browser.get(close))
    assert "O vizită planificată cade" in said and "9:30" in said and "Acte" not in said
    assert browser.post(close, {"reason": "Gata."}).status_code == 422
    closed = browser.post(close, {"reason": "Au reușit.", "outcome": "objectives_met"}, follow=True)
    assert "Închis" in text_of(closed)
    case.refresh_from_db()
    assert not case.open
    reopened = browser.post(
        reverse("case_reopen", args=[case.pk]), {"regime": "standard", "reason": "S-au întors."}, follow=True
    )
    assert "Cazul este din nou deschis." in text_of(reopened)
    case.refresh_from_db()
    assert case.open


def test_the_coordinator_seals_assigns_and_the_worker_does_not_assign(town: Town, sign_in: SignIn) -> None:
    case = town.case()
    assign = reverse("case_assign", args=[case.pk])
    sent = {"responsible": str(town.colleague.pk)}
    assert sign_in(town.worker).post(assign, sent).status_code == 403
    of_coordinator = sign_in(town.coordinator)
    assert of_coordinator.post(assign, {**sent, "next": "https://rau.example/"}).url == reverse(
        "case_team", args=[case.pk]
    )
    case.refresh_from_db()
    assert case.responsible == town.colleague
    seal = reverse("case_seal", args=[case.pk])
    assert of_coordinator.post(seal, {"reason": ""}).status_code == 422
    add_team_member(by=town.coordinator, case=case, user=town.coordinator)
    sign_in(town.coordinator).post(seal, {"reason": "În pericol."})
    case.refresh_from_db()
    assert case.sealed
    sign_in(again(town.coordinator)).post(reverse("case_unseal", args=[case.pk]), {"reason": "A trecut."})
    case.refresh_from_db()
    assert not case.sealed


def test_what_was_noted_is_corrected_on_its_page_and_the_list_says_so(town: Town, sign_in: SignIn) -> None:
    case = town.case()
    noted = log_intervention(
        by=town.nurse, case=case, mode="home_visit", at=timezone.now(), note="Toți acasă."
    )
    browser = sign_in(town.nurse)
    url = reverse("case_intervention", args=[case.pk, noted.pk])
    assert url in text_of(browser.get(reverse("case_interventions", args=[case.pk])))
    form = browser.get(url).context["form"]
    assert form["note"].value() == "Toți acasă."
    sent = {"mode": "phone", "at": form["at"].value().strftime("%Y-%m-%dT%H:%M"), "note": "Mama la telefon."}
    said = text_of(browser.post(url, {**sent, "seen": "0", "why": "Nu am fost acasă."}, follow=True))
    assert "Mama la telefon." in said
    assert "Nu am fost acasă." in said and "Toți acasă." in said
    assert sign_in(worker(Role.HEALTH_MEDIATOR, team=town.team)).get(url).status_code == 403
    assert browser.post(url, {**sent, "seen": "0", "why": "Încă o dată"}).status_code == 409
