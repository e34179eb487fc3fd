"""Violence by content: three ways to a high level, what lowers it, what a door keeps from paper, what seals."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Role
from punte.assessments.actions import submit_assessment
from punte.assessments.models import Assessment
from punte.assessments.packs import current_version
from punte.assessments.prefill import known_facts
from punte.cases.actions import add_facet, add_team_member, follow_assessment, give_approval, open_case
from punte.cases.approvals import to_be_answered_by
from punte.cases.content import rulebook
from punte.cases.enums import Regime
from punte.cases.facets import facets
from punte.cases.families import is_kept_away
from punte.cases.models import Approval
from punte.kernel.errors import DomainError, NotAllowed
from punte.methodology.assess import assess
from punte.methodology.forms import instance_for
from punte.methodology.packs import load_pack
from punte.registers.actions import add_entry, move_entry
from punte.registers.catalogue import definitions
from punte.registers.levels import course_of
from punte.registers.models import Entry
from tests.factories import HouseholdFactory, family
from tests.factories import worker as worker_as

pytestmark = pytest.mark.django_db
PACK = load_pack("violence_risk")
ASKED = [
    name
    for name, fact in PACK.facts.items()
    if fact.table == "member" and {"yes", "unknown"} <= set(fact.choices) and name != "worse_lately"
]
TODAY = timezone.localdate


def answers(yes: int = 0, **said: Any) -> dict[str, Any]:
    """So many answers “yes”; what was not asked is not known."""
    known = {name: "yes" if n < yes else "unknown" for n, name in enumerate(reversed(ASKED))}
    none = {"frequency": "unknown", "worse_lately": "unknown", "judgement": "as_answers", "yes_before": -1}
    return {**known, **none, **said}


def level(**said: Any) -> int:
    member = {"member_id": "m", "household_id": "h", **said}
    scores = {one.name: one.value for one in assess(PACK, [{"household_id": "h"}], [member]).scores}
    assert scores["risk"] is not None
    return int(scores["risk"])


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (answers(0), 0),
        (answers(1), 1),
        (answers(4), 2),
        (answers(13), 2),
        (answers(14), 3),
        (answers(13, frequency="daily"), 3),
        (answers(0, judgement="high"), 3),
        (answers(1, judgement="medium"), 2),
        (answers(14, judgement="lower"), 3),
        (answers(1, worse_lately="yes"), 3),
        (answers(5, yes_before=2), 3),
        (answers(4, yes_before=2), 2),
    ],
)
def test_a_level_is_high_in_three_ways_and_judgement_only_raises_it(said: dict[str, Any], expected: int):
    assert level(**said) == expected


def test_nothing_of_an_aggressors_file_can_name_anybody():
    """Neither its registers nor what seals have a field by which one person's entry leads to another's."""
    keys = {key for name in ("aggressor", "violence", "trafficking") for key in facets()[name].registers}
    types = {one.type for key in keys for one in definitions()[key].fields.values()}
    assert not types & {"person", "member", "entry", "household"}
    assert not {key for key in facets()["aggressor"].registers if definitions()[key].seals}
    assert set(facets()["aggressor"].registers) & set(facets()["violence"].registers) == {"legal_event"}


@pytest.fixture
def home(house):
    made = HouseholdFactory(keeper=house)
    made.people = family(34, 8, household=made)
    made.memberships.update(start=dt.date(2025, 1, 1))
    return made


@pytest.fixture
def manager(house, home):
    user = worker_as(Role.CASE_MANAGER, organization=house)
    home.case = open_case(by=user, household=home, regime=Regime.INTENSIVE, reason="Apel")
    return user


def assessed(by: Any, home: Any, ago: int, **said: Any) -> Assessment:
    """A filled questionnaire of so many days ago, and what it knew from the one before."""
    woman = home.people[0]
    pack = current_version("violence_risk")
    facts = answers(**said) | {"member_id": str(woman.pk), "alone_now": True}
    facts["yes_before"] = known_facts(home, pack=PACK, by=by, person=woman)[1][0]["yes_before"]
    day = TODAY() - dt.timedelta(days=ago)
    filled = instance_for(
        PACK, {"household_id": str(home.pk)}, [facts], f"uuid:{pack.pk}-{ago}", visit_date=day
    )
    made = submit_assessment(by=by, household=home, instance=filled.encode())
    follow_assessment(by=by, assessment=made)
    return made


def levels(by: Any, home: Any) -> list[tuple[str, bool]]:
    made = Assessment.objects.filter(person=home.people[0]).prefetch_related("finding_sets")
    steps = course_of(by, PACK, PACK.scores["risk"], home.people[0], made)
    return [(step.stands.name["en"], step.held) for step in steps]


def test_risk_is_asked_in_a_sealed_case_and_a_level_goes_down_only_with_a_reason_and_a_second_person(
    house, home, manager
):
    second = worker_as(Role.PSYCHOLOGIST, organization=house)
    add_team_member(by=manager, case=home.case, user=second)
    with pytest.raises(NotAllowed):
        assessed(manager, home, 40, yes=2)
    add_facet(by=manager, case=home.case, facet="violence")
    home.refresh_from_db()
    assessed(second, home, 40, yes=2)
    assessed(manager, home, 20, yes=5)
    assessed(manager, home, 5, yes=1)
    assert levels(manager, home) == [("Low risk", False), ("High risk", False), ("High risk", True)]
    asked = add_entry(
        by=manager,
        register="risk_lowering",
        subject=home.people[0],
        start=TODAY(),
        given={"level": "band_1", "reason": "El a plecat din țară, confirmat de poliție"},
    )
    assert levels(manager, home)[-1] == ("High risk", True)
    waits = Approval.objects.asked().get(row=asked.pk)
    everybody = (manager, second, worker_as(Role.SUPERVISOR, organization=house))
    assert [to_be_answered_by(user) for user in everybody] == [[], [waits], []]
    with pytest.raises(DomainError, match="waits for an answer|așteaptă deja"):
        step = {"move": "agree", "on": TODAY(), "given": {}, "revision": asked.revision}
        move_entry(by=manager, entry=asked, **step)
    with pytest.raises(NotAllowed):
        give_approval(by=manager, asked=waits)
    give_approval(by=second, asked=waits)
    assert levels(manager, home)[-1] == ("Low risk", False)
    page = reverse("assessment_course", args=[home.pk, "violence_risk", home.people[0].pk])
    inside, outside = Client(), Client()
    inside.force_login(manager)
    outside.force_login(worker_as(Role.SOCIAL_WORKER, organization=house))
    assert inside.get(page).status_code == 200
    assert outside.get(page).status_code == 404


def test_a_questionnaire_that_seals_is_for_the_team_of_a_case(house, home):
    with pytest.raises(NotAllowed):
        assessed(worker_as(Role.SOCIAL_WORKER, organization=house), home, 1, yes=1)


@pytest.mark.parametrize("facet", ["violence", "trafficking"])
def test_a_facet_that_seals_seals_the_case_and_nothing_is_sent_home(home, manager, facet):
    assert not is_kept_away(home, home.case)
    add_facet(by=manager, case=home.case, facet=facet)
    home.case.refresh_from_db()
    home.refresh_from_db()
    assert home.case.sealed
    assert is_kept_away(home, home.case)


def test_a_safety_plan_leaves_on_paper_only_where_it_is_safe_to_hold(home, manager):
    client = Client()
    client.force_login(manager)
    plan: Entry = add_entry(
        by=manager,
        register="safety_plan",
        subject=home.people[0],
        start=TODAY(),
        given={"written_with": "with_person", "code_word": "mere verzi", "safe_to_hold": "unknown"},
    )
    paper = reverse("entry_paper", args=[plan.pk, "safety_plan", "pdf"])
    refused = client.get(paper)
    assert refused.status_code == 409
    assert "nu se tipărește" in refused.content.decode()
    given = {"read_again_on": TODAY(), "safe_to_hold": "yes"}
    move_entry(by=manager, entry=plan, move="read_again", on=TODAY(), given=given, revision=plan.revision)
    printed = client.get(paper)
    assert printed["Content-Type"] == "application/pdf"
    assert printed.content.startswith(b"%PDF")
    assert "safety" not in printed["Content-Disposition"]
    other = reverse("entry_paper", args=[incident(manager, home).pk, "safety_plan", "pdf"])
    assert client.get(other).status_code == 404


def test_its_terms_are_read_on_the_page_of_the_case_by_its_team(home, manager):
    """Every rule of violence names what it is about: who may read of it is asked of that."""
    of_violence = {key for name in ("violence", "trafficking") for key in facets()[name].registers}
    for rule in rulebook().rules:
        if {one.partition(".")[0] for one in rule.awaited} & (of_violence | {"violence_risk"}):
            assert rule.per_subject, rule.key
    add_facet(by=manager, case=home.case, facet="violence")
    home.refresh_from_db()
    assessed(manager, home, 0, yes=2)
    add_entry(by=manager, register="safety_watch", subject=home.people[0], start=TODAY(), given={})
    client = Client()
    client.force_login(manager)
    page = client.get(reverse("case", args=[home.case.pk])).content.decode()
    assert "Riscul, din nou" in page and "Legătură, cum s-a convenit" in page


def incident(by: Any, home: Any) -> Entry:
    return add_entry(
        by=by,
        register="violence_incident",
        subject=home.people[0],
        start=TODAY(),
        given={"main_form": "digital", "digital_means": ["messages", "location"]},
    )
