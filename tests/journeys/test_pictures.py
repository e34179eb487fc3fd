"""The pictures of the README and of the manual, taken of the demonstration; only where PUNTE_PICTURES asks for them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import Count, Q
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page

from punte.accounts.enums import Role
from punte.accounts.models import Appointment, User
from punte.assessments.models import AssessmentDraft
from punte.cases.actions import draft_plan
from punte.cases.enums import PlanStatus
from punte.cases.models import Case, FamilyCode, PlannedService, Referral
from punte.gatherings.models import Body, Meeting, Opened
from punte.protection.enums import SearchState
from punte.protection.models import FamilySearch
from punte.registers.models import Entry
from tests.journeys.browser import ROOT, picture, sign_in_as
from tests.journeys.questionnaire import Questionnaire

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

Visit = Callable[..., Page]


@pytest.fixture
def demonstration(transactional_db: None) -> None:
    with override_settings(DEMONSTRATION=True):
        call_command("demo", households=400, verbosity=0)
    # The pictures are of a real installation, in which its accounts would not sign in.
    User.objects.update(demonstration=False)


def test_pictures(demonstration: None, new_context: Any, live_server: object) -> None:
    case = telling_case()
    worker = case.responsible
    assert worker is not None
    visit = visitor(new_context(), live_server, worker)
    my_day = visitor(new_context(), live_server, worker_with_a_usual_day())("my_day")
    picture(my_day, "my-day", folder=ROOT / "docs" / "pictures")
    picture(my_day, "ziua-mea")
    picture(visit("search", query=f"?q={case.household.name}"), "cautare")
    picture(visit("household", case.household_id), "gospodarie")
    picture(visit("person", case.household.memberships.first().person_id), "persoana")
    picture(visit("assessment", case.household.assessments.first().pk), "constatari")
    picture(visit("cases"), "cazuri")
    picture(visit("notifications"), "sesizari")
    picture(visit("case", case.pk), "caz")
    page = visit("case", case.pk)
    page.locator("details.quick > summary").click()
    picture(page, "interventie")
    picture(visit("case_plan", case.pk), "plan")
    picture(visit("case_referrals", case.pk), "referiri")
    meeting = Meeting.objects.filter(case__isnull=False, state="held").select_related("called_by").first()
    assert meeting is not None
    picture(visitor(new_context(), live_server, meeting.called_by)("meeting", meeting.pk), "conferinta")
    body = Body.objects.get(kind="cluster")
    picture(
        visitor(new_context(), live_server, meeting.called_by)("body_report", body.pk), "raport-structura"
    )
    talk = Entry.objects.filter(register="institution_contact").select_related("case__responsible").first()
    assert talk is not None and talk.case is not None and talk.case.responsible is not None
    talks = visitor(new_context(), live_server, talk.case.responsible)
    picture(talks("case_institutions", talk.case_id), "institutii")
    opened = Opened.objects.select_related("placement__user").get()
    assert opened.placement.user is not None
    student = visitor(new_context(), live_server, opened.placement.user)
    picture(student("opened_record", opened.pk), "deschis-studentului")
    step = PlannedService.objects.filter(
        objective__plan__case=case, objective__plan__status=PlanStatus.ADOPTED, done_on=None
    ).exclude(refer_to=[])
    if found := step.first():
        picture(visit("case_refer", case.pk, query=f"?step={found.pk}"), "referire")
    picture(visit("issue_document", case.pk, "ancheta-sociala", query="?scop=vmi"), "ancheta")
    draft_plan(by=User.objects.get(pk=worker.pk), case=case, reason="Revizuire la termen")
    picture(visit("case_plan_edit", case.pk), "plan-schimbat")
    search = FamilySearch.objects.filter(state=SearchState.OPEN).select_related("by").first()
    assert search is not None
    protects = visitor(new_context(), live_server, search.by)
    picture(protects("protection"), "protectia")
    picture(protects("family_search", search.pk), "familie-cautata")
    picture(visit("services"), "servicii")
    held = Meeting.objects.filter(kind="parents_school", state="held").select_related("called_by").last()
    assert held is not None
    picture(visitor(new_context(), live_server, held.called_by)("attendance", held.pk), "grupuri")
    picture(visit("methodology"), "metodologie")
    begun = AssessmentDraft.objects.select_related("by").first()
    assert begun is not None
    asked = Questionnaire(visitor(new_context(), live_server, begun.by)("assess", begun.household_id))
    asked.ready()
    asked.on("Locuința")
    picture(asked.page, "chestionar")
    leaders(new_context, live_server, worker)


def leaders(new_context: Any, live_server: object, worker: User) -> None:
    """The pages of those who coordinate, receive referrals, look after the accounts and read the trail."""
    keeper = worker.appointments.first().organization
    visit = visitor(new_context(), live_server, with_role(Role.COORDINATOR, keeper))
    picture(visit("team_day"), "echipa")
    with_account = Appointment.objects.filter(role=Role.PARTNER).values("organization")
    partner = Referral.objects.filter(status="sent", organization__in=with_account).first()
    assert partner is not None
    visit = visitor(new_context(), live_server, with_role(Role.PARTNER, partner.organization))
    picture(visit("partner_home"), "parteneri")
    picture(visit("referrals_received"), "referiri-primite")
    picture(visit("referral_received", partner.pk), "referire-primita")
    without = Referral.objects.filter(status="sent").exclude(organization__in=with_account).first()
    assert without is not None
    visit = visitor(new_context(), live_server, without.by)
    picture(visit("case_referral_sent", without.case_id, without.pk), "scrisoare")
    code = FamilyCode.objects.select_related("by").first()
    assert code is not None
    picture(visitor(new_context(), live_server, code.by)("case_family", code.case_id), "pagina-familiei")
    picture(visitor(new_context(), live_server, with_role(Role.ADMINISTRATOR, keeper))("users"), "conturi")
    visit = visitor(new_context(), live_server, with_role(Role.DATA_PROTECTION_OFFICER, keeper))
    picture(visit("trail"), "jurnal")
    picture(visit("privacy"), "datele-oamenilor")


def visitor(context: BrowserContext, live_server: object, user: User) -> Visit:
    """Open pages in the name of somebody."""
    sign_in_as(context, str(live_server), user)
    page = context.new_page()

    def visit(name: str, *args: Any, query: str = "") -> Page:
        page.goto(str(live_server) + reverse(name, args=args) + query)
        return page

    return visit


def with_role(role: Role, organization: Any) -> User:
    return User.objects.filter(appointments__role=role, appointments__organization=organization).first()


def telling_case() -> Case:
    """An open case with a plan, referrals and interventions, of a worker who has several."""
    open_cases = Case.objects.filter(
        open=True, sealed=False, person=None, responsible__isnull=False, plans__status=PlanStatus.ADOPTED
    ).annotate(
        referred=Count("referrals", distinct=True),
        seen=Count("interventions", distinct=True),
        load=Count("responsible__cases_answered_for", distinct=True),
    )
    unread = Referral.objects.filter(answered_at__isnull=False, seen_by_sender_at=None, status="accepted")
    return open_cases.filter(referred__gt=0, load__gt=4, responsible__in=unread.values("by")).order_by(
        "-seen"
    )[0]


def worker_with_a_usual_day() -> User:
    """Somebody with answers to read and few things overdue."""
    today = timezone.localdate()
    unread = Referral.objects.filter(answered_at__isnull=False, seen_by_sender_at=None)
    late = Count("deadlines", filter=Q(deadlines__met_on=None, deadlines__due_on__lt=today))
    workers = User.objects.filter(pk__in=unread.values("by")).annotate(late=late)
    return workers.filter(late__gte=1, cases_answered_for__open=True).order_by("late")[0]
