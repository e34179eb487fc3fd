"""People say what they think of a service: without a name, by month alone; small numbers are hidden."""

import pytest

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry
from punte.kernel.errors import DomainError, NotAllowed
from punte.satisfaction.actions import give_opinion, open_sheet, start_asking, stop_asking
from punte.satisfaction.forms_of_services import SCALE, form_of, opinion_forms
from punte.satisfaction.models import Opinion
from punte.satisfaction.results import results_of, told
from tests.factories import OrganizationFactory, ServiceFactory, worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper():
    return worker(Role.PARTNER, organization=OrganizationFactory())


@pytest.fixture
def sheet(keeper):
    organization = keeper.appointments.get().organization
    return start_asking(by=keeper, service=ServiceFactory(provider=organization, at=organization.uat))


def test_a_code_opens_the_form_until_it_is_taken_back(sheet, keeper):
    assert open_sheet(sheet.code.lower().replace("-", " ")) == sheet
    again = start_asking(by=keeper, service=sheet.service)
    assert open_sheet(sheet.code) is None
    stop_asking(by=keeper, service=sheet.service)
    assert open_sheet(again.code) is None
    with pytest.raises(DomainError):
        stop_asking(by=keeper, service=sheet.service)


def test_only_who_keeps_a_service_asks_about_it(sheet):
    with pytest.raises(NotAllowed):
        start_asking(by=worker(Role.PARTNER, organization=OrganizationFactory()), service=sheet.service)


def test_nothing_ties_an_opinion_to_anybody_or_to_an_hour(sheet, client):
    """Its columns are the service, the month and what was said; its key tells no time; the trail has no line."""
    page = f"/ajutor/parere/{sheet.code}/"
    assert client.get(page).status_code == 200
    lines = TrailEntry.objects.count()
    sent = client.post(page, {"respect": "good", "helped": "bad", "words": "E frig"})
    assert (sent.status_code, sent["Location"]) == (302, "/ajutor/parere/multumim/")
    one = Opinion.objects.get()
    assert one.answers == {"respect": "good", "helped": "bad"}
    assert {field.name for field in Opinion._meta.get_fields()} == {
        *("id", "service", "month", "form", "answers", "words")
    }
    assert one.pk.version == 4
    assert TrailEntry.objects.count() == lines


def test_what_cannot_be_is_refused(sheet, client):
    assert client.post(f"/ajutor/parere/{sheet.code}/", {}).status_code == 422
    with pytest.raises(DomainError):
        give_opinion(sheet=sheet, answers={"respect": "superb"})
    assert client.get("/ajutor/parere/AAAA-AAAA/").status_code == 404
    assert client.post("/ajutor/parere/", {"code": "AAAA-AAAA"}).status_code == 422
    assert client.post("/ajutor/parere/", {"code": sheet.code}).status_code == 302
    assert not Opinion.objects.exists()


def test_below_five_nothing_is_told(sheet):
    for number in range(5):
        [period] = results_of([sheet.service.pk]).get(sheet.service.pk, [None]) if number else [None]
        assert period is None or (period.many, period.words, period.questions) == (None, (), ())
        give_opinion(sheet=sheet, answers={"respect": "good"}, words=f"Bine {number}")
    [period] = results_of([sheet.service.pk])[sheet.service.pk]
    assert (period.many, len(period.words), period.questions[0].numbers) == (5, 5, [5, 0, 0])


@pytest.mark.parametrize("good", range(0, 12))
@pytest.mark.parametrize("middling", range(0, 7))
@pytest.mark.parametrize("bad", (0, 1, 5))
def test_no_small_number_follows_from_the_others(good, middling, bad):
    """Who knows how many answered, and what is told, knows of no small number what it is."""
    counts = dict(zip(SCALE, (good, middling, bad), strict=True))
    many, shown = sum(counts.values()), told(counts)
    hidden = [counts[answer] for answer, number in zip(SCALE, shown, strict=True) if number is None]
    assert not any(0 < number < 5 for number in shown if number is not None)
    assert len(hidden) != 1
    if many >= 5 and hidden:
        assert many - sum(number for number in shown if number is not None) >= 5


def test_each_service_asks_by_its_code():
    assert form_of(ServiceFactory(at=OrganizationFactory().uat)).key == "general"
    assert all(3 <= len(one.questions) <= 5 for one in opinion_forms().values())
