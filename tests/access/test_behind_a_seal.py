"""To who is not in its team, what a sealed case stands behind looks as if there were none: words, status, queries."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.cases.actions import accept_referral, open_case, refer, seal_case
from punte.cases.enums import Regime
from punte.cases.models import Case
from punte.people.models import Household
from tests.factories import HouseholdFactory, ServiceFactory, family, worker
from tests.guards.queries import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.both]
_KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


@pytest.fixture
def sealed() -> Case:
    household = HouseholdFactory()
    family(34, 6, household=household)
    responsible = worker(Role.CASE_MANAGER, organization=household.keeper)
    case = open_case(by=responsible, household=household, regime=Regime.INTENSIVE, reason="Soțul lovește.")
    return seal_case(by=responsible, case=case, reason="Pericol")


@pytest.fixture
def plain(sealed: Case) -> Household:
    """Another household of the same keeper, with the same people and no case."""
    household = HouseholdFactory(keeper=sealed.keeper)
    for person in family(34, 6, household=household):
        like = sealed.household.memberships.get(person__birth_date=person.birth_date).person
        person.given_name = like.given_name
        person.save()
    return household


def by(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="punte.accounts.backend.OpenAccounts")
    client.get("/")
    return client


def answered(client: Client, url: str, method: str = "get", **sent: Any) -> tuple[int, str, list[str]]:
    """Status, words without what differs between any two requests, and the shape of what the database was asked."""
    shapes, page = queries_of(getattr(client, method), url, sent)
    said = _KEY.sub("key", page.content.decode())
    said = re.sub(r'name="once"[^>]*', "", said)
    said = re.sub(r'(csrfmiddlewaretoken" value=")[^"]*', r"\1", said)
    said = re.sub(r'(name="seen" value=")[^"]*', r"\1", said)
    # A question that is veiled is another text each time.
    said = re.sub(r'(\?c=|name="c" value=")[\w-]+', r"\1", said)
    return page.status_code, said, shapes


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.COORDINATOR])
@pytest.mark.parametrize("page", ["household", "case_open", "household_change", "member_new", "assess"])
def test_the_household_looks_as_one_without_a_case(
    sealed: Case, plain: Household, role: Role, page: str
) -> None:
    client = by(worker(role, organization=sealed.keeper))
    behind, other = (reverse(page, args=[home.pk]) for home in (sealed.household, plain))
    assert answered(client, behind) == answered(client, other)


def test_by_its_address_it_is_like_none(sealed: Case, plain: Household) -> None:
    client = by(worker(Role.COORDINATOR, organization=sealed.keeper))
    doors = [(reverse("case", args=[key]), reverse("case_team", args=[key])) for key in (sealed.pk, plain.pk)]
    for behind, nothing in zip(*doors, strict=True):
        assert answered(client, behind) == answered(client, nothing)
    stranger = by(worker())
    for page in ("household", "case_open", "emergency"):
        behind, nothing = (reverse(page, args=[key]) for key in (sealed.household_id, sealed.pk))
        assert answered(stranger, behind) == answered(stranger, nothing)
        assert answered(stranger, behind, "post", reason="Copil singur acasă") == answered(
            stranger, nothing, "post", reason="Copil singur acasă"
        )


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.COORDINATOR])
def test_the_lists_do_not_count_it(sealed: Case, role: Role) -> None:
    client = by(worker(role, organization=sealed.keeper))
    for page, sent in (
        ("cases", {"whose": "all"}),
        ("cases", {"whose": "all", "text": str(sealed)}),
        ("cases", {"whose": "all", "state": "overdue"}),
        ("my_day", {}),
    ):
        with_it = answered(client, reverse(page), **sent)
        Case.objects.filter(pk=sealed.pk).update(open=False, year=1999)
        without = answered(client, reverse(page), **sent)
        Case.objects.filter(pk=sealed.pk).update(open=True, year=sealed.year)
        assert with_it == without, page


def test_the_coordinator_sees_the_load_of_a_worker_and_never_which(sealed: Case) -> None:
    client = by(worker(Role.COORDINATOR, organization=sealed.keeper))
    page = client.get(reverse("team_day"))
    assert [load.caseload.total for team in page.context["day"].teams for load in team.workers] == [1]
    said = page.content.decode()
    assert str(sealed) not in said and str(sealed.pk) not in said and sealed.household.name not in said


def test_an_answer_on_the_day_names_the_case_and_never_the_service(sealed: Case) -> None:
    service = ServiceFactory(name="Adăpostul Speranța")
    partner = worker(Role.PARTNER, organization=service.provider)
    person = sealed.household.memberships.first().person
    sent = refer(
        by=User.objects.get(pk=sealed.responsible_id),
        case=sealed,
        person=person,
        need="Un loc sigur",
        consent_on=timezone.localdate(),
        service=service,
        organization=service.provider,
    )
    accept_referral(by=partner, referral=sent, answer="Vă așteptăm la adăpost")
    day = by(User.objects.get(pk=sealed.responsible_id)).get(reverse("my_day")).content.decode()
    line = day.split('aria-labelledby="answers"')[1].split("</section>")[0]
    assert str(sealed) in line
    for secret in (service.name, service.provider.name, str(person), "adăpost"):
        assert secret not in line
