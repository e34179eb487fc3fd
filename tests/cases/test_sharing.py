"""What one institution lets another read: asked, granted in part, revoked, ended; never behind a seal."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry, User
from punte.cases.actions import (
    ask_sharing,
    begin_sharing,
    give_up_sharing,
    grant_sharing,
    refuse_sharing,
    revoke_sharing,
    seal_case,
    seal_person,
    unseal_case,
)
from punte.cases.actions.sharing import seen_indexes
from punte.cases.models import Objective, Plan
from punte.cases.others_work import others_work
from punte.cases.sharings import LONGEST_LIST, sharings_to_answer
from punte.kernel.errors import DomainError, NotAllowed
from punte.people.actions import withdraw_consent
from punte.people.models import Household, Sharing
from tests.access.test_behind_a_seal import answered, by
from tests.cases.two_keepers import WHAT, Keepers, again, in_days, two_keepers
from tests.factories import HouseholdFactory, OrganizationFactory, worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def both() -> Keepers:
    return two_keepers()


def asked(both: Keepers, **said: Any) -> Sharing:
    given = {**WHAT, "until": in_days(30), **said}
    return ask_sharing(by=both.asker, household=both.own, keeper=both.kept.keeper, **given)


def granted(both: Keepers, **said: Any) -> Sharing:
    given = {"parts": ["members"], "until": in_days(20), **said}
    return grant_sharing(by=both.keeper, sharing=asked(both), **given)


def reads(user: User, sharing: Sharing) -> bool:
    return Sharing.objects.read_by(again(user)).filter(pk=sharing.pk).exists()


def known(user: User, household: Household) -> list[Any]:
    return [one.household for one in others_work(household, seen_indexes(again(user), household))]


def test_others_work_is_known_and_not_read(both: Keepers) -> None:
    assert known(both.asker, both.own) == [both.kept.pk]
    page = by(both.asker).get(reverse("household", args=[both.own.pk])).content.decode()
    assert both.kept.keeper.name in page
    for name, key in (("household", both.kept.pk), ("case", both.case.pk)):
        assert by(both.asker).get(reverse(name, args=[key])).status_code == 404


@pytest.mark.both
@pytest.mark.parametrize("seals", ["case", "person", "person_here"])
def test_what_is_sealed_anywhere_is_as_if_nobody_worked_there(both: Keepers, seals: str) -> None:
    url = reverse("household", args=[both.own.pk])
    colleague = worker(Role.COORDINATOR, organization=both.own.keeper)
    if seals == "case":
        seal_case(by=both.keeper, case=both.case, reason="Pericol")
    else:
        of, who = (both.kept, both.keeper) if seals == "person" else (both.own, both.asker)
        mother = of.memberships.exclude(person__cnp_index="").get().person
        seal_person(by=who, person=mother, reason="Este căutată")
    sealed = answered(by(colleague), url)
    ask = reverse("sharing_ask", args=[both.own.pk, both.kept.keeper_id])
    refused = answered(by(colleague), ask)
    assert refused[0] == 404
    both.case.__class__.objects.filter(pk=both.case.pk).update(open=False)
    assert answered(by(colleague), url) == sealed
    assert answered(by(colleague), ask) == refused
    with pytest.raises(DomainError) as silent:
        asked(both)
    assert silent.value.field == "keeper"


def test_who_asked_reads_what_was_granted_until_its_day(both: Keepers) -> None:
    plan = Plan.objects.create(case=both.case, version=1, status="adopted", by=both.keeper)
    Objective.objects.create(plan=plan, text="Actele sunt complete")
    Objective.objects.create(plan=plan, text="Este în siguranță", compartment="violence")
    made = asked(both)
    assert not reads(both.asker, made)
    assert sharings_to_answer(both.keeper) == [made]
    assert made.pk.hex in by(both.keeper).get(reverse("my_day")).content.decode().replace("-", "")
    grant_sharing(by=both.keeper, sharing=made, parts=["plan"], until=in_days(20))
    assert sharings_to_answer(again(both.keeper)) == []
    page = by(both.asker).get(reverse("shared_record", args=[made.pk]))
    said = page.content.decode()
    assert "Actele sunt complete" in said and "Este în siguranță" not in said
    assert page.context["members"] is None and page.context["referrals"] is None
    assert TrailEntry.objects.filter(verb="shared_record", household=both.kept.pk, actor=both.asker).exists()
    assert not Sharing.objects.standing(in_days(21)).exists()
    assert Sharing.objects.standing(in_days(20)).get() == made
    # Nothing else of the record opens by it.
    for name, key in (("household", both.kept.pk), ("case", both.case.pk)):
        assert by(both.asker).get(reverse(name, args=[key])).status_code == 404
    assert both.kept not in Household.objects.visible_to(again(both.asker))


def test_what_is_asked_is_told_whatever_else_was_asked_of_the_institution_before(both: Keepers) -> None:
    made = asked(both)
    homes = HouseholdFactory.create_batch(LONGEST_LIST, keeper=both.kept.keeper)
    earlier = made.created_at - dt.timedelta(days=1)
    Sharing.objects.bulk_create(
        Sharing(
            household=home,
            own_household=both.own,
            organization=made.organization,
            consent=made.consent,
            by=made.by,
            parts=made.parts,
            what_for=made.what_for,
            until=made.until,
            state=made.state,
        )
        for home in homes
    )
    Sharing.objects.filter(household__in=homes).update(created_at=earlier)
    assert sharings_to_answer(again(both.keeper)) == [made]


def test_nobody_else_reads_it(both: Keepers) -> None:
    made = granted(both)
    for other in (worker(), both.keeper, worker(Role.PLANNER, organization=both.own.keeper)):
        assert not reads(other, made)
        assert by(other).get(reverse("shared_record", args=[made.pk])).status_code == 404


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"parts": []}, "parts"),
        ({"parts": ["everything"]}, "parts"),
        ({"what_for": " "}, "what_for"),
        ({"until": dt.date(2020, 1, 1)}, "until"),
        ({"until": dt.date(2999, 1, 1)}, "until"),
        ({"ground": "because"}, "ground"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_its_field(both: Keepers, said: Any, field: str) -> None:
    with pytest.raises(DomainError) as refused:
        asked(both, **said)
    assert refused.value.field == field


def test_without_a_consent_it_rests_on_a_law(both: Keepers) -> None:
    withdraw_consent(by=both.asker, consent=both.consent, on=in_days(0), who="Doamna")
    with pytest.raises(DomainError) as refused:
        asked(both)
    assert refused.value.field == "ground"
    assert asked(both, ground="child_in_danger").consent is None


def test_no_more_is_granted_than_was_asked_for(both: Keepers) -> None:
    made = asked(both)
    for said in (
        {"parts": ["members", "findings"], "until": in_days(9)},
        {"parts": ["plan"], "until": in_days(31)},
    ):
        with pytest.raises(DomainError):
            grant_sharing(by=both.keeper, sharing=made, **said)
    for other in (both.asker, worker(Role.CASE_MANAGER, organization=both.kept.keeper), worker()):
        with pytest.raises(NotAllowed):
            grant_sharing(by=other, sharing=made, parts=["plan"], until=in_days(9))
    assert made.parts == ["members", "plan"]


@pytest.mark.parametrize("ends", ["revoked", "given_up", "withdrawn", "refused"])
def test_it_ends(both: Keepers, ends: str) -> None:
    if ends == "refused":
        made = refuse_sharing(by=both.keeper, sharing=asked(both), reason="Familia nu vrea")
        page = by(both.asker).get(reverse("household", args=[both.own.pk])).content.decode()
        assert "Familia nu vrea" in page
    else:
        made = granted(both)
        assert reads(both.asker, made)
    if ends == "revoked":
        revoke_sharing(by=both.keeper, sharing=made, reason="S-au mutat")
    if ends == "given_up":
        give_up_sharing(by=both.asker, sharing=made)
    if ends == "withdrawn":
        withdraw_consent(by=both.asker, consent=both.consent, on=in_days(0), who="Doamna")
    assert not reads(both.asker, made)
    assert by(both.asker).get(reverse("shared_record", args=[made.pk])).status_code == 404
    with pytest.raises(DomainError):
        revoke_sharing(by=both.keeper, sharing=made, reason="x")


@pytest.mark.parametrize("seals", ["case", "person"])
def test_a_seal_ends_it_for_good(both: Keepers, seals: str) -> None:
    made = granted(both)
    if seals == "case":
        seal_case(by=both.keeper, case=both.case, reason="Pericol")
        unseal_case(by=again(both.keeper), case=both.case, reason="S-a liniștit")
    else:
        mother = both.kept.memberships.exclude(person__cnp_index="").get().person
        seal_person(by=both.keeper, person=mother, reason="Este căutată")
    assert not reads(both.asker, made)
    line = TrailEntry.objects.get(verb="end_sharing")
    assert line.sealed and line.household == both.kept.pk


def test_what_waits_when_a_seal_comes_is_not_answered(both: Keepers) -> None:
    made = asked(both)
    page = reverse("household", args=[both.own.pk])
    before = answered(by(both.asker), page)
    seal_case(by=both.keeper, case=both.case, reason="Pericol")
    assert sharings_to_answer(again(both.keeper)) == []
    assert by(both.keeper).get(reverse("sharing_answer", args=[made.pk])).status_code == 404
    with pytest.raises(DomainError):
        grant_sharing(by=again(both.keeper), sharing=made, parts=["plan"], until=in_days(9))
    # Who asked sees the same request, and nobody at work there any more.
    after = answered(by(both.asker), page)
    works = "lucrează și ea cu această gospodărie"
    assert works in before[1] and works not in after[1]
    assert Sharing.objects.get().is_asked


def test_the_keeper_begins_it_where_the_family_agreed(both: Keepers) -> None:
    school = OrganizationFactory()
    with pytest.raises(DomainError):
        begin_sharing(by=both.keeper, household=both.kept, organization=school, **WHAT, until=in_days(9))
    made = begin_sharing(
        by=both.keeper,
        household=both.kept,
        organization=school,
        **WHAT,
        until=in_days(9),
        ground="vital_interest",
    )
    assert reads(worker(organization=school), made)
    with pytest.raises(DomainError):
        begin_sharing(
            by=both.keeper,
            household=both.kept,
            organization=school,
            **WHAT,
            until=in_days(9),
            ground="vital_interest",
        )
    seal_case(by=both.keeper, case=both.case, reason="Pericol")
    with pytest.raises(DomainError):
        begin_sharing(
            by=again(both.keeper),
            household=both.kept,
            organization=OrganizationFactory(),
            **WHAT,
            until=in_days(9),
            ground="vital_interest",
        )


@pytest.mark.both
def test_the_database_lets_one_stand(both: Keepers) -> None:
    made = granted(both)
    for state in ("granted", "asked"):
        made.pk, made._state.adding, made.state = None, True, state
        made.id = Sharing._meta.get_field("id").get_default()
        if state == "granted":
            with pytest.raises(IntegrityError), transaction.atomic():
                made.save(force_insert=True)
        else:
            made.save(force_insert=True)
    for broken in ({"ground": "public_task"}, {"consent": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Sharing.objects.update(**broken)


def test_all_of_it_on_the_pages(both: Keepers) -> None:
    asker, keeper = by(both.asker), by(both.keeper)
    home, kept = (reverse("household", args=[one.pk]) for one in (both.own, both.kept))
    ask = reverse("sharing_ask", args=[both.own.pk, both.kept.keeper_id])
    assert ask in asker.get(home).content.decode()
    given = {
        "parts": ["members"],
        "what_for": "Lucrăm împreună",
        "until": in_days(9).isoformat(),
        "ground": "",
    }
    assert asker.post(ask, {**given, "parts": []}).status_code == 422
    assert asker.post(ask, given).status_code == 302
    made = Sharing.objects.get()
    answer = reverse("sharing_answer", args=[made.pk])
    assert answer in keeper.get(kept).content.decode()
    assert "Lucrăm împreună" in keeper.get(answer).content.decode()
    assert keeper.post(answer, {"decision": "refuse", "answer": ""}).status_code == 422
    said = {"decision": "grant", "parts": ["members"], "until": in_days(5).isoformat(), "answer": ""}
    assert keeper.post(answer, said).status_code == 302
    shared = reverse("shared_record", args=[made.pk])
    assert shared in asker.get(home).content.decode()
    assert asker.get(shared).status_code == 200
    revoke = reverse("sharing_revoke", args=[made.pk])
    assert keeper.post(revoke, {"reason": "Ajunge"}).status_code == 302
    assert asker.get(shared).status_code == 404


def test_the_family_is_told_who_reads(both: Keepers) -> None:
    granted(both)
    mother = both.kept.memberships.exclude(person__cnp_index="").get().person
    officer = Client()
    officer.force_login(worker(Role.DATA_PROTECTION_OFFICER, organization=both.kept.keeper))
    url = reverse("own_file", args=[mother.pk])
    page = officer.post(url, {"kind": "paper", "reason": "Cerere scrisă"}).content.decode()
    assert both.own.keeper.name in page and WHAT["what_for"] in page


def test_what_was_not_asked_for_is_found_on_the_day_and_in_a_list(both: Keepers) -> None:
    school = OrganizationFactory()
    made = begin_sharing(
        by=both.keeper,
        household=both.kept,
        organization=school,
        **WHAT,
        until=in_days(9),
        ground="vital_interest",
    )
    reader = worker(Role.CASE_MANAGER, organization=school)
    for page in ("my_day", "shared_records"):
        assert reverse("shared_record", args=[made.pk]) in by(reader).get(reverse(page)).content.decode()
    revoke_sharing(by=both.keeper, sharing=made, reason="Ajunge")
    for page in ("my_day", "shared_records"):
        assert str(made.pk) not in by(reader).get(reverse(page)).content.decode()
