"""What nobody has read in the law is off until an institution switches it on; what the calendar asks of it."""

import datetime as dt
import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from punte.accounts import guests
from punte.accounts.enums import Role
from punte.accounts.guests import Guest, Happenings, hand_over
from punte.accounts.models import TrailEntry, User
from punte.cases.actions import close_case, log_intervention, refresh_deadlines
from punte.cases.actions.note_duty_done import note_duty_done
from punte.cases.actions.switch_rule import switch_rule
from punte.cases.content import checked_rulebook, rulebooks
from punte.cases.enums import PlanStatus, Regime
from punte.cases.guest_terms import terms_in_case
from punte.cases.models import Case, CaseDeadline, Plan, RuleSwitch
from punte.cases.own_duties import duties_of
from punte.cases.refresh_all import refresh_terms
from punte.deadlines.calendar import plus_months
from punte.deadlines.model import Event, Rule
from punte.kernel.errors import DomainError, NotAllowed
from punte.people.models import Membership
from tests.cases.conftest import Town, make_town
from tests.factories import worker

FOLLOW_UP = "follow_up_monthly"


def standing(case: Case) -> set[str]:
    return set(case.deadlines.not_met().values_list("rule", flat=True))


def switched(town: Town, *, on: bool, by: Any = None) -> RuleSwitch:
    return switch_rule(
        by=by or town.coordinator,
        organization=town.organization,
        rule=FOLLOW_UP,
        on=on,
        reason="Actul a fost citit",
    )


def test_a_rule_of_memory_runs_where_it_was_switched_on(town: Town) -> None:
    case = town.case()
    close_case(by=town.worker, case=case, outcome="objectives_met", reason="Gata")
    assert standing(case) == {"after_closing"}
    switched(town, on=True)
    assert refresh_terms() == 1
    assert standing(case) == {"after_closing", FOLLOW_UP}
    term = case.deadlines.get(rule=FOLLOW_UP)
    assert term.due_on == plus_months(timezone.localdate(), 1)
    switched(town, on=False)
    refresh_terms()
    assert standing(case) == {"after_closing"}
    assert TrailEntry.objects.filter(verb="switch_rule", keeper=town.organization.pk).count() == 2


@pytest.mark.both
def test_terms_of_several_institutions_made_from_nothing_are_those_that_each_case_had(town: Town) -> None:
    cases = [where.case() for where in (town, make_town())]
    for case in cases:
        assert case.responsible
        for hours in range(3):
            at = timezone.now() - dt.timedelta(hours=hours)
            log_intervention(by=case.responsible, case=case, mode="phone", at=at)
        close_case(by=case.responsible, case=case, outcome="objectives_met", reason="Gata")
    switched(town, on=True)
    for case in cases:
        refresh_deadlines(case)
    assert [FOLLOW_UP in standing(case) for case in cases] == [True, False]
    said = ("case", "rule", "since", "subject", "due_on", "due_at", "met_on", "worker", "keeper")
    before = list(CaseDeadline.objects.order_by(*said).values_list(*said))
    CaseDeadline.objects.all().delete()
    assert refresh_terms() == 2
    assert list(CaseDeadline.objects.order_by(*said).values_list(*said)) == before


def test_it_is_switched_by_who_coordinates_or_administers_with_a_reason(town: Town) -> None:
    with pytest.raises(NotAllowed):
        switched(town, on=True, by=town.worker)
    with pytest.raises(DomainError, match="deja"):
        switched(town, on=False)
    with pytest.raises(DomainError):
        switch_rule(by=town.coordinator, organization=town.organization, rule=FOLLOW_UP, on=True, reason=" ")
    for rule in ("contact_standard", "initial_assessment", "no_such_rule"):
        with pytest.raises(DomainError, match="nu se pornește"):
            switch_rule(by=town.coordinator, organization=town.organization, rule=rule, on=True, reason="Da")
    switched(town, on=True, by=worker(Role.ADMINISTRATOR, organization=town.organization))
    with pytest.raises(DomainError, match="deja"):
        switched(town, on=True)
    with pytest.raises(NotAllowed):
        switched(town, on=False, by=worker(Role.COORDINATOR))


def test_every_rule_says_where_it_is_from_and_no_proposal_runs_by_itself() -> None:
    every = [rule for book in rulebooks() for rule in book.rules]
    assert all(rule.source and rule.evidence for rule in every)
    on_unread = {rule.key for rule in every if rule.evidence in ("memory", "draft") and rule.is_on}
    assert {FOLLOW_UP, "attestation_expiry"} <= {rule.key for rule in every if not rule.is_on}
    assert (
        on_unread
        == {rule.key for rule in every if rule.in_use}
        == {
            *(
                "initial_assessment",
                "plan_adopted",
                "reassessment_intensive",
                "plan_review_standard",
                "after_closing",
            ),
        }
    )


def test_where_a_child_is_concerned_reviews_are_never_more_than_three_months_apart() -> None:
    start = dt.date(2026, 1, 31)

    def holds(rule: Rule, regime: str) -> bool:
        review = rule.since == rule.met_by == {"plan_adopted"} and rule.is_on and not rule.comes_again
        applies = not rule.regimes or regime in rule.regimes
        return bool(
            review and applies and rule.offset and rule.offset.unit == "months" and rule.offset.amount <= 3
        )

    for regime in Regime.values:
        assert any(holds(rule, regime) for rule in checked_rulebook().rules), regime
    assert plus_months(start, 3) == dt.date(2026, 4, 30)


def test_in_monitoring_the_plan_of_a_child_is_reviewed_after_three_months(town: Town) -> None:
    case = town.case(regime="monitoring")
    today = timezone.localdate()
    Plan.objects.create(case=case, version=1, status=PlanStatus.ADOPTED, adopted_on=today, by=town.worker)
    refresh_deadlines(case)
    assert {"plan_review_child", "plan_review_monitoring"} <= standing(case)
    assert case.deadlines.get(rule="plan_review_child").due_on == plus_months(today, 3)
    Membership.objects.filter(household=case.household).exclude(person=town.mother).update(end=today)
    refresh_terms()
    assert "plan_review_child" not in standing(case)


def test_the_calendar_asks_an_institution_until_it_is_noted_as_done(town: Town, client: Any) -> None:
    town.organization.created_at = timezone.now() - dt.timedelta(days=200)
    day = dt.date(timezone.localdate().year, 11, 2)
    asked = {one.rule.key: one.due.due_on for one in duties_of([town.organization], day)}
    assert asked == {
        "school_list": dt.date(day.year, 12, 31),
        "heating_applications": dt.date(day.year, 11, 20),
        "prevention_plan": dt.date(day.year, 12, 31),
        **{key: asked[key] for key in ("quarterly_sheet", "record_update") if key in asked},
    }


def test_what_is_noted_as_done_is_not_asked_again(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    today = dt.date(2026, 11, 2)
    monkeypatch.setattr(timezone, "localdate", lambda value=None, *_: value.date() if value else today)
    town.organization.created_at = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
    town.organization.save()
    planner = worker(Role.PLANNER, organization=town.organization)
    done = note_duty_done(by=planner, organization=town.organization, rule="school_list")
    assert (done.due_on, done.on) == (dt.date(2026, 12, 31), today)
    assert "school_list" not in {one.rule.key for one in duties_of([town.organization], today)}
    with pytest.raises(DomainError, match="făcut deja"):
        note_duty_done(by=planner, organization=town.organization, rule="school_list")
    with pytest.raises(NotAllowed):
        note_duty_done(by=town.worker, organization=town.organization, rule="prevention_plan")


def test_the_page_says_of_every_rule_where_it_is_from_and_switches(town: Town, client: Any) -> None:
    client.force_login(town.coordinator)
    page = client.get(reverse("term_rules")).content.decode()
    for book in rulebooks():
        for rule in book.rules:
            assert rule.text["ro"] in page.replace("&quot;", '"').replace("&#x27;", "'"), rule.key
    url = reverse("term_rule", args=[town.organization.pk, FOLLOW_UP])
    assert client.post(url, {"on": "yes", "reason": ""}).status_code == 422
    assert client.post(url, {"on": "yes", "reason": "Ordinul a fost citit"}, follow=True).status_code == 200
    assert RuleSwitch.objects.get().reason == "Ordinul a fost citit"
    assert "Ordinul a fost citit" in client.get(reverse("term_rules")).content.decode()


@pytest.fixture
def toy(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A room that lives here alone: it tells that a bell rang, and a rule of terms waits for it."""
    text = (settings.CONTENT / "deadlines.yaml").read_text(encoding="utf-8")
    rule = (
        '  - key: answer_the_bell\n    text: {ro: "Răspundeți", en: "Answer"}\n    since: [bell_rang]\n'
        "    offset: {hours: 5}\n    met_by: [bell_answered]\n    per_subject: true\n    who: social_worker\n"
        "    source: un exemplu\n    evidence: seed\n\n"
    )
    (tmp_path / "deadlines.yaml").write_text(text.replace("rules:\n", "rules:\n" + rule, 1), encoding="utf-8")
    for other in settings.CONTENT.iterdir():
        if other.name != "deadlines.yaml":
            (tmp_path / other.name).symlink_to(other)
    settings.CONTENT = tmp_path
    monkeypatch.setattr(guests, "_GUESTS", dict(guests._GUESTS))


def tell_of_bells(rang: dt.datetime, reader: User) -> None:
    hand_over(
        Guest(
            "bells",
            events=Happenings(
                kinds=lambda: frozenset({"bell_rang", "bell_answered"}),
                dates=frozenset,
                of=lambda cases, _people, _awaited: {
                    case.pk: [Event("bell_rang", rang, subject="front door")] for case in cases
                },
                readable=lambda user, subjects: {one: False for one in subjects if user == reader},
            ),
        )
    )


def test_a_new_room_tells_of_cases_without_an_edit_below_it(toy: None, town: Town) -> None:
    rang = timezone.localtime() - dt.timedelta(hours=2)
    tell_of_bells(rang, town.worker)
    case = town.case(opened_on=timezone.localdate() - dt.timedelta(days=5))
    (term,) = terms_in_case(town.worker, case)
    assert (term.rule, term.guest, term.subject) == ("answer_the_bell", "bells", "front door")
    assert term.due_at == rang + dt.timedelta(hours=5)
    assert terms_in_case(town.coordinator, case) == []


def test_a_rule_that_waits_for_what_nobody_tells_is_refused(toy: None) -> None:
    from punte.deadlines.reading import RulesError

    with pytest.raises(RulesError, match="unknown event bell_rang"):
        checked_rulebook()
    assert settings.CONTENT


def test_a_rule_about_rows_that_runs_for_none_of_them_is_refused(toy: None, town: Town) -> None:
    from punte.deadlines.reading import RulesError

    tell_of_bells(timezone.localtime(), town.worker)
    checked_rulebook()
    path = settings.CONTENT / "deadlines.yaml"
    path.write_text(
        path.read_text().replace(
            "    per_subject: true\n    who: social_worker\n    source: un exemplu",
            "    who: social_worker\n    source: un exemplu",
        )
    )
    os.utime(path, ns=(0, 0))
    with pytest.raises(RulesError, match="answer_the_bell waits for what is told of an entry"):
        checked_rulebook()
