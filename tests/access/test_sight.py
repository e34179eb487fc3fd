"""What a seal, a compartment or the end of sight hides, also where one could find it out by a way around."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from punte.accounts.actions import deactivate
from punte.accounts.enums import Capability, Role
from punte.accounts.models import TrailEntry, User
from punte.assessments.actions import start_assessment, submit_assessment
from punte.assessments.models import Assessment, Finding
from punte.assessments.packs import pack_of
from punte.cases.actions import add_team_member, open_case, refer, seal_case, withdraw_referral
from punte.cases.enums import Regime
from punte.cases.models import Case
from punte.kernel.encryption import blind_index
from punte.kernel.errors import DomainError, NotAllowed
from punte.people.actions import join_household, leave_household, open_in_emergency
from punte.people.models import Household, HouseholdSight
from tests.assessments.visits import visit
from tests.factories import HouseholdFactory, OrganizationFactory, family, invented_cnp, worker
from tests.people.sealed_place import make_place

pytestmark = [pytest.mark.django_db, pytest.mark.both]
CNP = invented_cnp(dt.date(1990, 5, 7), sex="f")


@pytest.fixture
def home() -> Household:
    household = HouseholdFactory()
    family(34, 6, household=household)
    return household


def by(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user, backend="punte.accounts.backend.OpenAccounts")
    return client


def again(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_a_questionnaire_is_not_read_after_the_emergency_is_over(home: Household) -> None:
    member = home.memberships.select_related("person").first().person
    member.cnp, member.cnp_index = CNP, blind_index(CNP)
    member.save()
    nurse = worker(Role.COMMUNITY_NURSE)
    open_in_emergency(by=nurse, household=home, reason="Copil singur acasă de ieri", cnp=CNP)
    draft = start_assessment(by=again(nurse), household=home)
    door = reverse("assessment_draft", args=[draft.pk])
    assert CNP in by(nurse).get(door).json()["instance"]
    assert TrailEntry.objects.filter(actor=nurse, verb="questionnaire", household=home.pk).exists()
    HouseholdSight.objects.update(expires_at=timezone.now() - dt.timedelta(minutes=1))
    for name in ("assessment_draft", "assessment_people"):
        assert by(nurse).get(reverse(name, args=[draft.pk])).status_code == 404
    assert by(nurse).post(reverse("assessment_submit", args=[draft.pk])).status_code == 404
    assert home.name not in by(nurse).get(reverse("my_day")).content.decode()


def test_numbers_that_no_browser_sends_are_not_an_error_of_ours(home: Household) -> None:
    author = worker(Role.SOCIAL_WORKER, organization=home.keeper)
    draft = start_assessment(by=author, household=home)
    door = reverse("assessment_draft", args=[draft.pk])
    for sent in ({"base": "x"}, {"base": None}, {"base": 1, "answered": 10**30}, []):
        answer = by(author).put(door, sent, content_type="application/json")
        assert answer.status_code in (200, 400, 409), sent


def test_a_cnp_is_looked_up_only_for_a_reason(home: Household) -> None:
    bearer = home.memberships.select_related("person").first().person
    bearer.cnp, bearer.cnp_index = CNP, blind_index(CNP)
    bearer.save()
    stranger = by(worker(Role.SOCIAL_WORKER))
    known = stranger.post(reverse("emergency_by_cnp"), {"cnp": CNP, "reason": "x"})
    bearer.cnp_index = ""
    bearer.save()
    unknown = stranger.post(reverse("emergency_by_cnp"), {"cnp": CNP, "reason": "x"})
    assert known.context["form"].errors == unknown.context["form"].errors
    assert set(known.context["form"].errors) == {"reason"}


def test_who_would_open_a_case_is_not_told_of_a_sealed_one(home: Household) -> None:
    colleague = worker(Role.SOCIAL_WORKER, organization=home.keeper)
    sealed = _sealed_case(home)
    with pytest.raises(NotAllowed) as refused:
        open_case(by=colleague, household=home, regime=Regime.STANDARD, reason="Vizită")
    _assert_silent(refused.value, sealed)
    # A case of one person, sealed in another household where that person lived, stands in the way just so.
    person = home.memberships.first().person
    Case.objects.filter(pk=sealed.pk).update(person=person, household=HouseholdFactory(keeper=home.keeper))
    Household.objects.update(sealed=False)
    with pytest.raises(DomainError) as stopped:
        open_case(by=again(colleague), household=home, person=person, regime=Regime.STANDARD, reason="Vizită")
    assert str(stopped.value.message) == str(refused.value.message)


def test_lines_written_before_the_seal_are_the_teams_from_then_on(home: Household) -> None:
    colleague = worker(Role.COORDINATOR, organization=home.keeper)
    officer = worker(Role.DATA_PROTECTION_OFFICER, organization=home.keeper)
    case = _sealed_case(home)
    trail = reverse("household_trail", args=[home.pk])
    opened = "Soțul lovește"
    for reader in (colleague, officer):
        page = by(reader).get(trail).content.decode()
        assert opened not in page and "caz" not in page.split("<tbody>")[1], reader.name
    assert opened in by(again(case.responsible)).get(trail).content.decode()
    everything = by(officer).get(reverse("trail")).content.decode()
    assert opened not in everything
    found = by(officer).get(reverse("trail"), {"verb": "open_case"})
    assert found.context["lines"] == []


def test_opening_the_form_with_the_safe_contact_is_a_line_in_the_trail(home: Household) -> None:
    clerk = worker(Role.SOCIAL_WORKER, organization=home.keeper)
    for name in ("household_change", "member_new"):
        before = TrailEntry.objects.filter(household=home.pk, reading=True).count()
        assert by(clerk).get(reverse(name, args=[home.pk])).status_code == 200
        assert TrailEntry.objects.filter(household=home.pk, reading=True).count() == before + 1, name


def test_a_role_held_elsewhere_gives_nothing_where_one_is_a_trainee(home: Household) -> None:
    person = home.memberships.first().person
    learner = worker(Role.TRAINEE, organization=home.keeper)
    learner.appointments.create(
        organization=OrganizationFactory(), role=Role.SOCIAL_WORKER, start=dt.date(2020, 1, 1)
    )
    learner = again(learner)
    assert learner.standing.may(Capability.ASSESS)
    assert by(learner).post(reverse("person_cnp", args=[person.pk])).status_code == 403
    with pytest.raises(NotAllowed):
        start_assessment(by=learner, household=home)
    with pytest.raises(NotAllowed):
        open_in_emergency(by=learner, household=home, reason="Copil singur acasă de ieri")


def test_a_partner_reads_the_phone_while_the_referral_stands(home: Household) -> None:
    sender = worker(Role.SOCIAL_WORKER, organization=home.keeper)
    case = open_case(by=sender, household=home, regime=Regime.STANDARD, reason="Vizită")
    person = home.memberships.select_related("person").first().person
    person.phone = "0700 123 456"
    person.save()
    partner = worker(Role.PARTNER)
    sent = refer(
        by=again(sender),
        case=case,
        person=person,
        need="Meditații",
        consent_on=timezone.localdate(),
        organization=partner.appointments.get().organization,
    )
    url = reverse("referral_received", args=[sent.pk])
    assert "0700 123 456" in by(partner).get(url).content.decode()
    withdraw_referral(by=again(sender), referral=sent, reason="Nu mai e nevoie.")
    assert "0700 123 456" not in by(partner).get(url).content.decode()


def test_a_derived_finding_names_behind_it_what_the_reader_may_see(home: Household) -> None:
    sender = worker(Role.SOCIAL_WORKER, organization=home.keeper)
    nurse = worker(Role.COMMUNITY_NURSE, organization=home.keeper)
    case = open_case(by=sender, household=home, regime=Regime.STANDARD, reason="Vizită")
    add_team_member(by=again(sender), case=case, user=nurse)
    draft = start_assessment(by=again(sender), household=home)
    made = submit_assessment(by=again(sender), household=home, instance=draft.instance.encode(), draft=draft)
    finding_set = made.finding_sets.get()
    rules = pack_of(finding_set.pack).rules
    behind = rules["VEC_02"].name["ro"]
    Finding.objects.create(
        finding_set=finding_set,
        person=home.memberships.first().person,
        code="VFC_06",
        severity=3,
        dimension=rules["VFC_06"].dimension,
        compartment="general",
        explanation={"ro": f"riscul vine din: {behind}", "en": "x"},
        because_of=["VEC_02"],
    )
    for name, of in (("case", case), ("assessment", made)):
        url = reverse(name, args=[of.pk])
        assert behind.lower() in by(again(sender)).get(url).content.decode().lower(), name
        assert behind.lower() not in by(again(nurse)).get(url).content.decode().lower(), name


def test_what_was_found_at_a_visit_is_told_to_who_may_open_its_page() -> None:
    """A sealed woman moves in with her mother, who is visited before and after that."""
    place = make_place()
    home = HouseholdFactory(keeper=place.old.keeper)
    (grandmother,) = family(70, household=home)
    case = open_case(
        by=place.worker, household=home, regime="standard", reason="Vizită", team=place.case.team
    )
    before = visit(home, place.worker, {grandmother: {"family_doctor": False}}, days_ago=9)
    today = timezone.localdate()
    left = place.new.memberships.get(person=place.mother)
    leave_household(by=again(place.worker), membership=left, end=today)
    join_household(
        by=again(place.worker),
        person=place.mother,
        household=home,
        start=today,
        relation="child",
    )
    named = visit(home, place.worker, {grandmother: {}, place.mother: {"family_doctor": False}}, damp=True)
    of_case = [reverse(name, args=[case.pk]) for name in ("case", "case_assessments", "case_regime")]
    page = reverse("household", args=[home.pk])
    for user, sees, last in ((place.worker, 200, named), (place.colleague, 404, before)):
        client = by(again(user))
        assert client.get(reverse("assessment", args=[named.pk])).status_code == sees
        assert {client.get(one).status_code for one in of_case} == {sees}
        assert client.get(page).context["findings"].finding_set.assessment == last
    known = Assessment.objects.known_to(again(place.colleague), home.pk)
    assert list(known) == list(Assessment.objects.visible_to(again(place.colleague)).filter(household=home))
    assert list(known) == [before]


def test_a_closed_account_has_no_sight_left(home: Household) -> None:
    case = _sealed_case(home)
    administrator = worker(Role.ADMINISTRATOR, organization=home.keeper)
    deactivate(by=administrator, user=case.responsible, organization=home.keeper, reason="A plecat.")
    gone = again(case.responsible)
    assert not Case.objects.visible_to(gone).exists()
    assert not Household.objects.visible_to(gone).exists()


def _sealed_case(home: Household) -> Case:
    responsible = worker(Role.CASE_MANAGER, organization=home.keeper)
    case = open_case(
        by=responsible, household=home, regime=Regime.INTENSIVE, reason="Soțul lovește, spune vecina."
    )
    return seal_case(by=again(responsible), case=case, reason="Pericol")


def _assert_silent(refused: Any, sealed: Case) -> None:
    words = str(refused.message)
    assert str(sealed) not in words and "sigil" not in words.lower() and "seal" not in words.lower()
