"""What needs a second person becomes an asking when it comes from a tablet: nothing is refused, nothing is lost."""

import pytest
from django.utils import timezone

from punte.accounts.enums import Role
from punte.assessments.models import Assessment
from punte.cases.actions import add_team_member, adopt_plan, draft_plan, edit_plan
from punte.cases.enums import ApprovalState, CaseDeed
from punte.cases.models import Approval, Plan
from punte.cases.plan_input import ObjectiveInput
from tests.cases.conftest import Town, make_town
from tests.factories import worker
from tests.fieldwork.tablet import entry, filled, tablet_of
from tests.fieldwork.test_push import objective, planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return make_town()


def test_a_severity_lowered_in_the_field_waits_and_the_visit_is_kept(town: Town) -> None:
    case = town.case(assessment=town.assessed((town.child, "LEVEL_SEVERE"), days_ago=30))
    add_team_member(by=town.worker, case=case, user=town.nurse)
    tablet = tablet_of(town.nurse)
    [bundle] = tablet.down()["households"]
    visit = filled(bundle["prefilled"]["sci"], base=bundle["last"]["id"], dwelling="house")
    sent = entry("assessment", bundle["id"], visit)
    for _again in range(2):
        [answer] = tablet.up(sent)
        assert answer["status"] == "applied" and "a doua persoan" in answer["message"]
    asked = Approval.objects.get()
    assert (asked.deed, asked.state, asked.asked_by) == (
        CaseDeed.LOWER_SEVERITY,
        ApprovalState.ASKED,
        town.nurse,
    )
    case.refresh_from_db()
    assert case.severity == 3 and Assessment.objects.filter(household=town.household).count() == 2


def test_a_plan_changed_in_the_field_is_taken_in_and_asked_about_anew(town: Town) -> None:
    case, trainee = town.case(), worker(Role.TRAINEE, team=town.team)
    plan = draft_plan(by=trainee, case=case)
    plan = edit_plan(by=trainee, plan=plan, revision=1, objectives=[ObjectiveInput(text="Are acte.")])
    adopt_plan(
        by=trainee, plan=plan, agreed_with=town.mother, agreed_on=timezone.localdate(), agreed_how="signed"
    )
    plan.refresh_from_db()
    [answer] = tablet_of(town.worker).up(planned(case, objective("Are medic."), base=plan))
    assert answer["status"] == "applied" and "aștepta aprobarea" in answer["message"]
    assert [one.text for one in Plan.objects.get().objectives.all()] == ["Are medic."]
    assert Approval.objects.get().state == ApprovalState.WITHDRAWN
