"""A sealed person: whoever is outside the circle sees them as on the day of the seal, wherever they look."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry
from punte.assessments.actions import start_assessment, submit_assessment
from punte.assessments.packs import current_version, pack_of
from punte.assessments.prefill import known_facts
from punte.cases.actions import (
    add_team_member,
    assign_case,
    open_case,
    refer,
    seal_person,
    unseal_person,
)
from punte.cases.models import Case
from punte.documents.content import members_of
from punte.fieldwork.caseload import entity_lists
from punte.kernel.errors import DomainError, NotAllowed
from punte.people.actions import (
    answer_emergency,
    change_household,
    join_household,
    open_by_cnp,
)
from punte.people.models import EmergencyRequest, Household, HouseholdSight, Membership, Person, PersonSeal
from punte.people.registers.known import sealed_from
from punte.people.search import find_people, institutions_with, likely_same
from punte.people.sight import hidden_from
from tests.factories import (
    HouseholdFactory,
    PersonFactory,
    family,
    invented_cnp,
    worker,
)
from tests.guards.queries import queries_of
from tests.people.sealed_place import (
    BORN,
    CNP,
    NEW_PHONE,
    NEW_STREET,
    OLD_PHONE,
    OTHER_CNP,
    Place,
    again,
    by,
)

pytestmark = pytest.mark.django_db
REASON = "Copil găsit singur pe stradă"


def shape(page: HttpResponse) -> str:
    said = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "key", page.content.decode())
    said = re.sub(r'name="once"[^>]*', "", said)
    said = said.replace(CNP, "number").replace(OTHER_CNP, "number")
    said = re.sub(r'(csrfmiddlewaretoken" value="|name="seen" value=")[^"]*', r"\1", said)
    return re.sub(r'\d{4}/\d{4}|value="[\w:-]{60,}"', "number", said)


def answered(client: Client, url: str, method: str = "get", **sent: Any) -> tuple[int, str, list[str]]:
    shapes, page = queries_of(getattr(client, method), url, sent)
    return page.status_code, shape(page), shapes


OUTSIDERS = ["colleague", "coordinator"]


@pytest.mark.both
def test_a_seal_says_who_since_when_and_why(place: Place) -> None:
    seal = PersonSeal.objects.get()
    assert (seal.person, seal.by, seal.start, seal.end) == (
        place.mother,
        place.worker,
        timezone.localdate(),
        None,
    )
    assert (seal.reason, seal.phone) == ("soțul o caută", OLD_PHONE)
    assert seal.stood == place.old.memberships.get(person=place.mother)
    page = by(place.worker).get(reverse("person", args=[place.mother.pk])).content.decode()
    assert "soțul o caută" in page and place.worker.name in page
    twice = PersonSeal(person=place.mother, by=place.worker, start=timezone.localdate())
    with pytest.raises(IntegrityError, match="one_seal_of_a_person"), transaction.atomic():
        twice.save()


@pytest.mark.parametrize("who", OUTSIDERS)
def test_outside_the_circle_all_is_as_on_the_day_of_the_seal(place: Place, who: str) -> None:
    client = by(again(getattr(place, who)))
    for page, args in (
        ("person", [place.mother.pk]),
        ("person_change", [place.mother.pk]),
        ("household", [place.old.pk]),
        ("case", [place.case.pk]),
        ("member_new", [place.old.pk]),
    ):
        said = client.get(reverse(page, args=args)).content.decode()
        assert NEW_STREET not in said and NEW_PHONE not in said and str(place.new.pk) not in said, page
        assert "Elena" in said, page
    person = client.get(reverse("person", args=[place.mother.pk]))
    assert OLD_PHONE in person.content.decode() and "soțul o caută" not in person.content.decode()
    assert [lived.end for lived in person.context["households"]] == [None]
    assert [
        lived.person for lived in client.get(reverse("household", args=[place.old.pk])).context["past"]
    ] == []


@pytest.mark.parametrize("who", OUTSIDERS)
def test_her_record_looks_as_one_without_a_seal(place: Place, who: str) -> None:
    client = by(again(getattr(place, who)))
    for page, sealed, plain in (
        ("person", place.mother, place.like_mother),
        ("person_change", place.mother, place.like_mother),
        ("household", place.old, place.like),
        ("member_new", place.old, place.like),
        ("assess", place.old, place.like),
    ):
        behind, other = (answered(client, reverse(page, args=[one.pk])) for one in (sealed, plain))
        assert behind[2] == other[2], page
        assert behind[1] == other[1], page
        assert behind[0] == other[0] == 200


@pytest.mark.parametrize("who", OUTSIDERS)
def test_the_new_household_is_not_there(place: Place, who: str) -> None:
    user = again(getattr(place, who))
    client = by(user)
    for page in ("household", "case_open", "emergency", "household_trail"):
        url, nothing = (reverse(page, args=[key]) for key in (place.new.pk, place.mother.pk))
        assert answered(client, url) == answered(client, nothing), page
    assert NEW_STREET not in client.get(reverse("households")).content.decode()
    for text in ("Nou", "Dinu Elena", CNP):
        found, in_circle = (
            one.get(reverse("search"), {"q": text}, follow=True).content.decode()
            for one in (client, by(place.worker))
        )
        assert str(place.new.pk) not in found and NEW_STREET not in found, text
        assert str(place.new.pk) in in_circle, text
    open_case(by=place.worker, household=place.new, regime="standard", reason="s-a mutat")
    assert not Case.objects.visible_to(again(user)).filter(household=place.new).exists()
    assert not Case.objects.known_to(again(user)).filter(household=place.new).exists()


@pytest.mark.parametrize("text", ["Dinu Elena", CNP])
def test_the_search_finds_her_where_she_lived(place: Place, text: str) -> None:
    for user, home in (
        (place.colleague, place.old),
        (place.coordinator, place.old),
        (place.worker, place.new),
    ):
        found = {one.person.pk: one for one in find_people(again(user), text)}
        assert found[place.mother.pk].household == home
    (likely,) = likely_same(again(place.colleague), "Dinu", "Elena", None, CNP)[:1]
    assert likely.person.phone != NEW_PHONE
    assert institutions_with(worker(), CNP) == []


def test_who_shares_a_household_that_others_see_is_not_shown_there(place: Place) -> None:
    grandmother = family(70, household=place.new)[0]
    said = by(place.colleague).get(reverse("household", args=[place.new.pk])).content.decode()
    assert str(grandmother.pk) in said and str(place.mother.pk) not in said
    listed = by(place.colleague).get(reverse("households")).context["rows"]
    assert [[one.named for one in home.members] for home in listed if home == place.new] == [
        [str(grandmother)]
    ]


def test_an_assessment_that_names_her_elsewhere_is_the_circles(place: Place) -> None:
    family(70, household=place.new)
    draft = start_assessment(by=place.worker, household=place.new)
    made = submit_assessment(
        by=place.worker, household=place.new, instance=draft.instance.encode(), draft=draft
    )
    page = reverse("assessment", args=[made.pk])
    assert by(place.worker).get(page).status_code == 200
    assert by(place.colleague).get(page).status_code == 404
    person_case = open_case(
        by=place.worker, household=place.new, person=place.mother, regime="standard", reason="s-a mutat"
    )
    assert person_case.sealed


def test_her_file_is_joined_by_the_circle_alone(place: Place) -> None:
    other = PersonFactory(keeper=place.old.keeper, family_name="Dinu", given_name="Elena", birth_date=BORN)
    pair = reverse("likely_pair", args=[place.mother.pk, other.pk])
    assert by(place.worker).get(pair).status_code == 200
    colleague = by(place.colleague)
    assert colleague.get(pair).status_code == 404
    assert pair not in colleague.get(reverse("person", args=[place.mother.pk])).content.decode()


def test_a_register_that_comes_in_is_not_compared_with_her(place: Place) -> None:
    keeper = place.old.keeper
    assert str(place.mother.pk) in sealed_from(again(place.colleague), keeper)
    assert str(place.mother.pk) not in sealed_from(again(place.worker), keeper)


def test_the_circle_sees_where_she_lives(place: Place) -> None:
    client = by(place.worker)
    said = client.get(reverse("person", args=[place.mother.pk])).content.decode()
    assert NEW_PHONE in said and str(place.new.pk) in said
    assert "Elena" in client.get(reverse("household", args=[place.new.pk])).content.decode()
    past = client.get(reverse("household", args=[place.old.pk])).context["past"]
    assert [lived.person for lived in past] == [place.mother]
    assert HouseholdSight.objects.filter(household=place.new, user=place.worker, why="case_team").exists()
    psychologist = worker(Role.PSYCHOLOGIST)
    add_team_member(by=place.worker, case=place.case, user=psychologist)
    assert Household.objects.visible_to(again(psychologist)).filter(pk=place.new.pk).exists()


def test_questionnaires_papers_and_lists_say_what_others_see(place: Place) -> None:
    pack = pack_of(current_version("sci"))
    for user, names in ((place.colleague, ["Elena", "Ana"]), (place.worker, ["Ana"])):
        _home, members = known_facts(place.old, pack=pack, by=again(user))
        assert sorted(one["given_name"] for one in members) == sorted(names)
    case = Case.objects.get(pk=place.case.pk)
    (on_paper,) = (one.person for one in members_of(case) if one.person_id == place.mother.pk)
    assert on_paper.phone == OLD_PHONE
    Case.objects.filter(pk=case.pk).update(responsible=place.colleague)
    people = next(one for one in entity_lists(again(place.colleague)) if one.name == "people")
    assert place.mother.pk in people.keys


def test_lines_of_her_move_are_the_circles(place: Place) -> None:
    trail = reverse("person_trail", args=[place.mother.pk])
    verbs = {line.verb for line in TrailEntry.objects.filter(person=place.mother.pk, sealed=True)}
    assert {"seal_person", "leave_household", "join_household", "change_person"} <= verbs
    read = {
        who: {line["entry"].verb for line in by(again(getattr(place, who))).get(trail).context["lines"]}
        for who in ("worker", *OUTSIDERS)
    }
    assert {"seal_person", "join_household"} <= read["worker"]
    assert not {"seal_person", "join_household", "leave_household"} & (
        read["colleague"] | read["coordinator"]
    )


def test_deeds_of_others_are_answered_as_without_a_seal(place: Place) -> None:
    today = timezone.localdate().isoformat()
    client = by(again(place.colleague))

    def both(page: str, **sent: str) -> None:
        homes = ((place.old, place.mother), (place.like, place.like_mother))
        answers = []
        for home, person in homes:
            args = [person.pk]
            cnp = CNP if person == place.mother else OTHER_CNP
            if page == "member_leave":
                args = [home.pk, home.memberships.get(person=person).pk]
            shapes, answer = _once(client.post, reverse(page, args=args), {"cnp": cnp, **sent})
            answers.append((answer.status_code, len(shapes), shape(answer)))
        assert answers[0] == answers[1], page

    PersonFactory(given_name="Ileana", keeper=place.old.keeper)
    for form in ({"phone": "0700 333 333"}, {"phone": "0700 333 333", "given_name": "Ileana"}):
        both("person_change", **{**_person_form(place), **form})
    both("member_leave", end=today)
    page = client.get(reverse("person", args=[place.mother.pk]))
    assert "0700 333 333" in page.content.decode() and "Ileana" in page.content.decode()
    assert [lived.end for lived in page.context["households"]] == [timezone.localdate()]
    # What is true stays as the circle has it.
    assert Person.objects.get(pk=place.mother.pk).phone == NEW_PHONE
    assert Membership.objects.current().get(person=place.mother).household == place.new


def test_others_move_her_nowhere_and_learn_nothing(place: Place) -> None:
    today = timezone.localdate()
    elsewhere = HouseholdFactory(keeper=place.old.keeper, name="Alta")
    said = []
    for person in (place.mother, place.like_mother):
        with pytest.raises(DomainError) as refused:
            join_household(
                by=again(place.colleague),
                person=person,
                household=elsewhere,
                start=today,
                relation="not_related",
            )
        said.append((str(refused.value.message), refused.value.field))
    assert said[0] == said[1]
    assert place.new.name not in said[0][0]


def test_nobody_enters_the_circle_alone(place: Place) -> None:
    with pytest.raises(NotAllowed):
        add_team_member(by=again(place.colleague), case=place.case, user=place.colleague)
    with pytest.raises(DomainError):
        assign_case(by=again(place.coordinator), case=place.case, responsible=place.coordinator)
    with pytest.raises(NotAllowed):
        open_case(
            by=again(place.colleague), household=place.old, person=place.child, regime="standard", reason="x"
        )
    assert place.mother.pk in hidden_from(again(place.colleague)).people


def test_the_address_of_where_she_stood_is_changed_by_a_move_alone(place: Place) -> None:
    other = family(30, household=place.like)[0]
    seal_person(by=again(place.worker), person=other, reason="x")
    with pytest.raises(DomainError):
        change_household(by=again(place.worker), household=place.like, address="Str. Nouă nr. 1")
    change_household(by=again(place.worker), household=place.new, address="Str. Nouă nr. 1")


def test_by_cnp_she_is_like_nobody_until_the_team_opens(place: Place) -> None:
    stranger = worker(Role.COMMUNITY_NURSE)
    nobody = invented_cnp(dt.date(1991, 6, 8), sex="f")
    client, door = by(stranger), reverse("emergency_by_cnp")
    known = answered(client, door, "post", cnp=CNP, reason=REASON)
    unknown = answered(client, door, "post", cnp=nobody, reason=REASON)
    assert (known[0], known[1].replace("number", nobody), known[2]) == (
        unknown[0],
        unknown[1].replace("number", nobody),
        unknown[2],
    )
    request = EmergencyRequest.objects.filter(household=place.new).latest("created_at")
    with pytest.raises(NotAllowed):
        answer_emergency(by=again(place.coordinator), request=request, granted=True)
    answer_emergency(by=again(place.worker), request=request, granted=True)
    page = by(again(stranger)).get(reverse("household", args=[place.new.pk])).content.decode()
    assert NEW_STREET in page and "Elena" in page
    with pytest.raises(DomainError):
        open_by_cnp(by=worker(), cnp=CNP, reason=REASON)


def test_a_partner_calls_through_who_sent_the_referral(place: Place) -> None:
    partner = worker(Role.PARTNER)
    sent = refer(
        by=place.worker,
        case=place.case,
        person=place.mother,
        need="Meditații",
        consent_on=timezone.localdate(),
        organization=partner.appointments.get().organization,
    )
    page = by(partner).get(reverse("referral_received", args=[sent.pk])).content.decode()
    assert NEW_PHONE not in page and OLD_PHONE not in page


def test_who_may_seal_and_lift(place: Place) -> None:
    for person in (place.mother, place.like_mother):
        with pytest.raises(NotAllowed):
            seal_person(by=again(place.colleague), person=person, reason="x")
        with pytest.raises(DomainError) as refused:
            unseal_person(by=again(place.coordinator), person=person, reason="x")
        assert str(refused.value.message) == str(refused.value.message)
    # A second seal by who does not know of the first is answered as the first would be.
    seal_person(by=again(place.coordinator), person=place.mother, reason="x")
    seal_person(by=again(place.coordinator), person=place.like_mother, reason="x")
    assert PersonSeal.objects.filter(end=None).count() == 2
    with pytest.raises(DomainError):
        seal_person(by=again(place.worker), person=place.mother, reason="x")
    with pytest.raises(DomainError):
        seal_person(by=place.worker, person=PersonFactory(keeper=place.old.keeper), reason="x")


def test_the_screens_seal_and_lift(place: Place) -> None:
    client = by(place.worker)
    lift = reverse("person_unseal", args=[place.mother.pk])
    assert client.get(lift).status_code == 200
    assert client.post(lift, {"reason": " "}).status_code == 422
    assert client.post(lift, {"reason": "A trecut."}).status_code == 302
    seal = PersonSeal.objects.get()
    assert (seal.end, seal.ended_by, seal.ended_reason) == (timezone.localdate(), place.worker, "A trecut.")
    said = by(again(place.colleague)).get(reverse("person", args=[place.mother.pk])).content.decode()
    assert NEW_PHONE in said and str(place.new.pk) in said
    assert not HouseholdSight.objects.current().filter(household=place.new).exists()
    open_case(by=again(place.worker), household=place.new, regime="standard", reason="s-a mutat")
    again_sealed = reverse("person_seal", args=[place.mother.pk])
    assert client.post(again_sealed, {"reason": "S-a întors."}).status_code == 302
    # The move was of this same day: where she lived before it is what others see again.
    assert PersonSeal.objects.get(end=None).stood == place.old.memberships.get(person=place.mother)


def _once(ask: Any, *given: Any) -> tuple[list[str], Any]:
    from django.db import connection

    shapes: list[str] = []

    def note(execute: Any, sql: str, *further: Any) -> Any:
        shapes.append(sql)
        return execute(sql, *further)

    with connection.execute_wrapper(note):
        answer = ask(*given)
    return shapes, answer


def _person_form(place: Place) -> dict[str, str]:
    born = place.mother.birth_date.isoformat()
    names = {"family_name": "Dinu", "given_name": "Elena", "name_change": "former"}
    return {**names, "birth_date": born, "sex": "f", "email": "", "ethnicity": "", "died_on": ""}
