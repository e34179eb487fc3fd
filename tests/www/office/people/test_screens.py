"""The screens of people and households, through the front door."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry
from punte.people.models import Household, HouseholdSight, Kinship, Membership, Person
from tests.factories import (
    HouseholdFactory,
    MembershipFactory,
    PersonFactory,
    family,
    invented_cnp,
    worker,
)

pytestmark = pytest.mark.django_db
CNP = "1630615123457"


@pytest.fixture
def user():
    return worker()


@pytest.fixture
def home(user):
    return user.appointments.get().organization


@pytest.fixture
def client(client, user):
    client.force_login(user)
    return client


def as_(client, user):
    client.force_login(user)
    return client


def member(**changes):
    said = {
        "family_name": "Dinu",
        "given_name": "Vasile",
        "cnp": "",
        "birth_date": "1963-06-15",
        "sex": "m",
        "relation": "reference",
        "start": "2020-01-01",
        "phone": "",
    }
    return {**said, **changes}


def test_a_household_is_made_with_its_members(client, home):
    said = {"name": "Dinu", "uat": home.uat_id, "address": "Str. Gării nr. 3", "safe_contact": ""}
    made = client.post(reverse("household_new"), said)
    household = Household.objects.get()
    assert made.url == reverse("member_new", args=[household.pk])
    client.post(made.url, member(cnp=CNP, birth_date="", sex="", another="1"))
    client.post(made.url, member(given_name="Ştefania", birth_date="2015-02-28", relation="child"))
    page = client.get(reverse("household", args=[household.pk])).text
    assert "Dinu Vasile" in page
    assert "Dinu Ștefania" in page, "cedillas become commas"
    assert Person.objects.get(given_name="Vasile").birth_date == dt.date(1963, 6, 15)


def test_the_household_is_looked_for_first(client, home):
    family(40, keeper=home, name="Șerban")
    page = client.get(reverse("household_new"), {"q": "serban"})
    assert "Șerban" in page.text
    assert page.context["form"].initial["name"] == "serban"


class TestNewMember:
    @pytest.fixture
    def url(self, home):
        return reverse("member_new", args=[HouseholdFactory(keeper=home).pk])

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"cnp": "1630615123458"}, "cnp"),
            ({"cnp": invented_cnp(dt.date(1990, 1, 1), sex="m")}, "birth_date"),
            ({"birth_date": "2999-01-01"}, "birth_date"),
            ({"birth_date": "31.02.1990"}, "birth_date"),
            ({"family_name": "V" * 81}, "family_name"),
            ({"start": "2999-01-01"}, "start"),
            ({"given_name": "V" * 81}, "given_name"),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(self, client, url, wrong, field):
        page = client.post(url, member(phone="0740 000 000", **wrong))
        assert page.status_code == 422
        assert page.context["form"].errors.keys() == {field}
        assert 'value="0740 000 000"' in page.text
        assert not Person.objects.exists()

    def test_somebody_likely_the_same_is_chosen_consciously(self, client, url, home):
        there = PersonFactory(
            keeper=home, family_name="Dinu", given_name="Vasilie", birth_date=dt.date(1963, 6, 15)
        )
        asked = client.post(url, member())
        assert asked.status_code == 422
        assert [one.person for one in asked.context["likely"]] == [there]
        client.post(url, member(decision=str(there.pk)))
        assert Membership.objects.get().person == there
        assert Person.objects.count() == 1

    def test_or_recorded_as_somebody_else(self, client, url, home):
        PersonFactory(keeper=home, family_name="Dinu", given_name="Vasile", birth_date=dt.date(1963, 6, 15))
        client.post(url, member(decision="different"))
        assert Person.objects.count() == 2

    def test_the_same_cnp_is_never_somebody_else(self, client, url, home):
        PersonFactory(keeper=home, cnp=CNP)
        page = client.post(url, member(cnp=CNP, decision="different"))
        assert page.status_code == 422
        assert "cnp" in page.context["form"].errors
        assert Person.objects.count() == 1

    def test_a_person_out_of_sight_cannot_be_chosen(self, client, url):
        stranger = PersonFactory(family_name="Dinu", given_name="Vasile")
        page = client.post(url, member(decision=str(stranger.pk)))
        assert page.status_code == 422
        assert not Membership.objects.exists()

    def test_a_member_twice_is_refused(self, client, url):
        client.post(url, member(cnp=CNP))
        person = Person.objects.get()
        page = client.post(url, member(cnp=CNP, decision=str(person.pk), relation="sibling"))
        assert page.status_code == 422
        assert "deja" in str(page.context["form"].errors)
        assert Membership.objects.count() == 1

    def test_another_institution_is_named_and_nothing_more(self, client, url):
        elsewhere = PersonFactory(family_name="Ascuns", given_name="Nume", cnp=CNP)
        page = client.post(url, member(cnp=CNP), follow=True).text
        assert elsewhere.keeper.name in page
        assert "Ascuns" not in page
        assert TrailEntry.objects.filter(person=elsewhere.pk, verb="cnp_known_elsewhere").count() == 1


class TestLongNote:
    def note(self, client, home, size):
        household = HouseholdFactory(keeper=home, safe_contact="Seara, la mama.")
        said = {"name": "Dinu", "uat": household.uat_id, "safe_contact": "ă" * (size // 2)}
        page = client.post(reverse("household_change", args=[household.pk]), said)
        household.refresh_from_db()
        assert household.safe_contact == "Seara, la mama."
        return page

    def test_of_a_megabyte_comes_back_with_everything_typed(self, client, home):
        page = self.note(client, home, 1_000_000)
        assert page.status_code == 422
        assert page.context["form"].errors.keys() == {"safe_contact"}
        assert page.text.count("ă" * 500_000) == 1

    def test_of_twenty_megabytes_is_refused_with_a_clear_answer(self, client, home):
        assert self.note(client, home, 20_000_000).status_code == 413


def test_a_member_leaves_and_the_time_until_then_stays(client, home):
    household = HouseholdFactory(keeper=home)
    (person,) = family(40, household=household)
    lived = Membership.objects.get()
    url = reverse("member_leave", args=[household.pk, lived.pk])
    assert client.post(url, {"end": "2019-12-31"}).status_code == 422
    assert client.post(url, {"end": "2025-03-01"}).status_code == 302
    page = client.get(reverse("household", args=[household.pk]))
    assert page.context["members"] == []
    assert str(person) in page.text


def test_the_cnp_is_covered_and_looking_is_noted(client, home):
    person = PersonFactory(keeper=home, cnp=CNP)
    assert CNP not in client.get(reverse("person", args=[person.pk])).text
    assert CNP in client.post(reverse("person_cnp", args=[person.pk])).text
    assert TrailEntry.objects.filter(person=person.pk, verb="reveal_cnp").count() == 1


def test_ethnicity_stays_on_its_form(client, home):
    person = PersonFactory(keeper=home, ethnicity="romă declarată")
    household = HouseholdFactory(keeper=home)
    MembershipFactory(person=person, household=household)
    for url in [
        reverse("person", args=[person.pk]),
        reverse("household", args=[household.pk]),
        reverse("households"),
        reverse("search") + "?q=dinu",
    ]:
        assert "romă declarată" not in client.get(url).text
    assert "romă declarată" in client.get(reverse("person_change", args=[person.pk])).text


def test_papers_and_relatives_are_recorded_and_taken_out(client, home):
    mother, child = family(40, 9, household=HouseholdFactory(keeper=home))
    client.post(
        reverse("document_new", args=[child.pk]),
        {"kind": "birth_certificate", "number": "NB 123456", "expires_on": "2020-01-01"},
    )
    client.post(reverse("kinship_new", args=[child.pk]), {"relative": str(mother.pk), "kind": "mother"})
    page = client.get(reverse("person", args=[child.pk])).text
    assert "NB 123456" in page
    wrong = client.post(
        reverse("kinship_new", args=[mother.pk]), {"relative": str(child.pk), "kind": "mother"}
    )
    assert wrong.status_code == 422
    client.post(reverse("document_remove", args=[child.pk, child.documents.get().pk]))
    client.post(reverse("kinship_remove", args=[child.pk, Kinship.objects.get().pk]))
    assert not child.documents.exists()
    assert not Kinship.objects.exists()


def test_a_changed_name_is_found_by_the_new_one_and_the_former(client, home):
    person = PersonFactory(keeper=home, family_name="Dinu", given_name="Elena")
    said = {"family_name": "Moldovan", "given_name": "Elena", "birth_date": "1990-05-17"}
    assert client.post(reverse("person_change", args=[person.pk]), said).status_code == 302
    assert "Moldovan" in client.get(reverse("search"), {"q": "moldovan"}).text
    assert [one.person for one in client.get(reverse("search"), {"q": "dinu"}).context["people"]] == [person]


def test_the_list_goes_on_page_by_page(client, home):
    for number in range(60):
        HouseholdFactory(keeper=home, name="Șerban" if number % 2 else "Zamfir")
    first = client.get(reverse("households"))
    assert "p=2" in first.context["next"]
    second = client.get(first.context["next"])
    listed = [*first.context["rows"], *second.context["rows"]]
    assert len({home.pk for home in listed}) == 60
    assert [home.name for home in listed] == ["Șerban"] * 30 + ["Zamfir"] * 30
    assert second.context["next"] == ""


@pytest.mark.parametrize(
    "query", ["?p=x", "?uat=x", "?uat=99999999999", "?q=%00", "?p=%00", "?case=x&sort=-x"]
)
def test_a_strange_address_is_no_error(client, query):
    assert client.get(reverse("households") + query).status_code == 200


def test_pages_need_few_queries_however_much_there_is(client, home, pinned):
    for _ in range(12):
        household = HouseholdFactory(keeper=home)
        family(40, 38, 9, household=household)
    # How many words a name has decides how it is looked for.
    shown, _alike = (PersonFactory(keeper=home, given_name="Elena") for _file in range(2))
    MembershipFactory(person=shown, household=household)
    pages = [
        reverse("households"),
        reverse("search") + "?q=dinu",
        reverse("household", args=[household.pk]),
        reverse("person", args=[shown.pk]),
    ]
    for url in pages:
        assert pinned(client.get, url).status_code == 200


class TestEmergency:
    def test_by_cnp_opens_for_a_day_and_the_officer_reads_why(self, client):
        person = PersonFactory(family_name="Ascuns", cnp=CNP)
        household = HouseholdFactory(keeper=person.keeper)
        MembershipFactory(person=person, household=household)
        url = reverse("household", args=[household.pk])
        assert client.get(url).status_code == 404
        said = {"cnp": CNP, "reason": "Spitalul a sunat, copilul e singur"}
        assert client.post(reverse("emergency_by_cnp"), said).url == url
        assert client.get(url).status_code == 200
        officer = worker(Role.DATA_PROTECTION_OFFICER, organization=person.keeper)
        page = as_(client, officer).get(reverse("household_trail", args=[household.pk])).text
        assert "Spitalul a sunat" in page

    def test_it_ends(self, client, user):
        household = HouseholdFactory()
        HouseholdSight.objects.create(
            household=household,
            user=user,
            why="emergency",
            start=timezone.localdate() - dt.timedelta(days=1),
            expires_at=timezone.now() - dt.timedelta(minutes=1),
        )
        assert client.get(reverse("household", args=[household.pk])).status_code == 404

    @pytest.mark.parametrize(
        ("cnp", "reason", "field"),
        [
            ("1630615123458", "Copil găsit singur", "cnp"),
            (CNP, "Copil găsit singur", "cnp"),
        ],
    )
    def test_without_a_person_it_stays_closed(self, client, cnp, reason, field):
        page = client.post(reverse("emergency_by_cnp"), {"cnp": cnp, "reason": reason})
        assert page.status_code == 422
        assert field in page.context["form"].errors
        assert not HouseholdSight.objects.exists()

    def test_without_a_reason_it_stays_closed(self, client, home):
        household = HouseholdFactory(keeper=home)
        page = client.post(reverse("emergency", args=[household.pk]), {"reason": "pt că"})
        assert page.context["form"].errors.keys() == {"reason"}
        assert not HouseholdSight.objects.exists()

    def test_a_stranger_learns_nothing_by_the_address(self, client):
        assert client.get(reverse("emergency", args=[HouseholdFactory().pk])).status_code == 404

    def test_a_trainee_may_not(self, client, home):
        household = HouseholdFactory(keeper=home)
        trainee = worker(Role.TRAINEE, organization=home)
        assert as_(client, trainee).get(reverse("emergency", args=[household.pk])).status_code == 403


class TestTrail:
    def test_reads_are_listed_for_who_may_know(self, client, user, home):
        household = HouseholdFactory(keeper=home)
        client.get(reverse("household", args=[household.pk]))
        page = client.get(reverse("household_trail", args=[household.pk])).text
        assert user.name in page
        assert home.name in page

    def test_a_sealed_line_is_read_by_the_case_team_alone(self, client, user, home):
        household = HouseholdFactory(keeper=home)
        TrailEntry.objects.create(
            actor=user, verb="seal_case", household=household.pk, keeper=home.pk, sealed=True, reason="secret"
        )
        url = reverse("household_trail", args=[household.pk])
        assert "secret" not in client.get(url).text
        HouseholdSight.objects.create(
            household=household, user=user, why="case_team", start=dt.date(2020, 1, 1)
        )
        assert "secret" in client.get(url).text

    def test_a_nurse_does_not_read_it(self, client, home):
        household = HouseholdFactory(keeper=home)
        nurse = worker(Role.COMMUNITY_NURSE, organization=home)
        assert as_(client, nurse).get(reverse("household_trail", args=[household.pk])).status_code == 403


# Expected answers: worker, trainee, worker of another organisation, partner, administrator, planner, officer.
ACCESS = {
    "search": (200, 200, 200, 200, 403, 200, 403),
    "households": (200, 200, 200, 403, 403, 403, 403),
    "household_new": (200, 403, 200, 403, 403, 403, 403),
    "emergency_by_cnp": (200, 403, 200, 403, 403, 403, 403),
    "household": (200, 200, 404, 404, 404, 404, 404),
    "household_change": (200, 403, 404, 404, 404, 404, 404),
    "member_new": (200, 403, 404, 404, 404, 404, 404),
    "emergency": (200, 403, 404, 404, 404, 404, 404),
    "household_trail": (200, 403, 404, 404, 404, 404, 200),
    "member_leave": (200, 403, 404, 404, 404, 404, 404),
    "person": (200, 200, 404, 404, 404, 404, 404),
    "person_change": (200, 403, 404, 404, 404, 404, 404),
    "document_new": (200, 403, 404, 404, 404, 404, 404),
    "kinship_new": (200, 403, 404, 404, 404, 404, 404),
    "person_trail": (200, 403, 404, 404, 404, 404, 200),
    "person_cnp": (200, 403, 404, 403, 403, 403, 403),
    "document_remove": (302, 403, 404, 404, 404, 404, 404),
    "kinship_remove": (302, 403, 404, 404, 404, 404, 404),
}
ROLES = (
    Role.SOCIAL_WORKER,
    Role.TRAINEE,
    Role.SOCIAL_WORKER,
    Role.PARTNER,
    Role.ADMINISTRATOR,
    Role.PLANNER,
    Role.DATA_PROTECTION_OFFICER,
)


@pytest.mark.parametrize("name", ACCESS)
def test_who_may_open_which_page(client, home, name):
    mother, child = family(40, 9, household=HouseholdFactory(keeper=home))
    lived = Membership.objects.get(person=child)
    paper = child.documents.create(kind="passport")
    kinship = Kinship.objects.create(person=child, relative=mother, kind="mother")
    keys = {
        "member_leave": [lived.household_id, lived.pk],
        "document_remove": [child.pk, paper.pk],
        "kinship_remove": [child.pk, kinship.pk],
    }
    about = "household" in name or name in ("member_new", "emergency")
    alone = name in ("search", "households", "household_new", "emergency_by_cnp")
    url = reverse(name, args=[] if alone else keys.get(name, [lived.household_id if about else child.pk]))
    ask = client.post if name in ("person_cnp", "document_remove", "kinship_remove") else client.get
    answers = []
    for place, role in enumerate(ROLES):
        client.force_login(worker(role) if place == 2 else worker(role, organization=home))
        answers.append(ask(url).status_code)
    # The worker goes first and takes the row out; for the others it was never theirs to know.
    assert tuple(answers) == ACCESS[name]
    client.logout()
    assert reverse("account_login") in ask(url).url


def _as_shown(client, household):
    page = client.get(reverse("household_change", args=[household.pk]))
    form = page.context["form"]
    return {bound.name: bound.value() or "" for bound in form} | {"uat": household.uat_id, "community": ""}


def test_what_came_meanwhile_is_not_undone_by_a_page_that_was_open(client, home):
    """A page sends all its fields; those that nobody touched stay as the record has them by now (issue C)."""
    household = HouseholdFactory(keeper=home, phone="0740 000 001", address="Str. Morii 1")
    said = _as_shown(client, household)
    Household.objects.filter(pk=household.pk).update(phone="0740 000 002")
    answer = client.post(
        reverse("household_change", args=[household.pk]), {**said, "address": "Str. Morii 2"}
    )
    assert answer.status_code == 302
    household.refresh_from_db()
    assert (household.phone, household.address) == ("0740 000 002", "Str. Morii 2")


def test_what_both_changed_comes_back_with_what_the_other_wrote(client, home):
    household = HouseholdFactory(keeper=home, phone="0740 000 001")
    said = {**_as_shown(client, household), "phone": "0740 000 003"}
    Household.objects.filter(pk=household.pk).update(phone="0740 000 002")
    back = client.post(reverse("household_change", args=[household.pk]), said)
    assert back.status_code == 422 and "0740 000 002" in back.content.decode()
    household.refresh_from_db()
    assert household.phone == "0740 000 002"
    again = {**said, "seen": back.context["form"]["seen"].value()}
    assert client.post(reverse("household_change", args=[household.pk]), again).status_code == 302
    household.refresh_from_db()
    assert household.phone == "0740 000 003"


def test_the_same_holds_for_a_person(client, home):
    """What was shown is on the page as digests only: of a CNP nothing more is told than the field itself does."""
    person = PersonFactory(keeper=home, phone="0740 000 001", sex="f", family_name="Dinu")
    address = reverse("person_change", args=[person.pk])
    form = client.get(address).context["form"]
    said = {one.name: one.value() or "" for one in form}
    said["birth_date"] = person.birth_date.isoformat()
    Person.objects.filter(pk=person.pk).update(phone="0740 000 002", sex="m")
    assert client.post(address, {**said, "family_name": "Dinu Pop"}).status_code == 302
    person.refresh_from_db()
    assert (person.family_name, person.phone, person.sex) == ("Dinu Pop", "0740 000 002", "m")

    both = client.post(address, {**said, "family_name": "Dinu Pop", "sex": ""})
    assert both.status_code == 422 and both.context["form"].errors["sex"] == [
        "Între timp, altcineva a scris aici: masculin. Salvați din nou ca să rămână ce ați scris dumneavoastră."
    ]
    again = {**said, "sex": "", "seen": both.context["form"]["seen"].value()}
    assert client.post(address, {**again, "family_name": "Dinu Pop"}).status_code == 302
    person.refresh_from_db()
    assert person.sex == ""


class TestNames:
    """One name, or none yet, is a person; a former name is found and asked about."""

    def test_one_name_or_none_is_taken(self, client, home):
        household = HouseholdFactory(keeper=home)
        address = reverse("member_new", args=[household.pk])
        born = timezone.localdate().isoformat()
        one = member(family_name="Aminata", given_name="", birth_date="1995-01-01", sex="")
        none = member(
            family_name="", given_name="(nou-născut)", birth_date=born, start=born, sex="", relation="child"
        )
        for said in (one, none):
            assert client.post(address, said).status_code == 302
        assert set(Person.objects.values_list("family_name", "given_name")) == {("Aminata", ""), ("", "")}
        page = client.get(reverse("household", args=[household.pk])).text
        assert "Aminata" in page
        assert "Nume necunoscut încă" in page
        assert client.get(address).status_code == 200
        assert client.get(reverse("households")).status_code == 200
        assert "Aminata" in client.get(reverse("search"), {"q": "aminata"}).text

    def test_a_changed_name_is_kept_found_and_asked_about(self, client, home):
        household = HouseholdFactory(keeper=home)
        lia = member(family_name="Fatescu", given_name="Lia", birth_date="1992-03-03", sex="")
        client.post(reverse("member_new", args=[household.pk]), lia)
        person = Person.objects.get()
        change = reverse("person_change", args=[person.pk])
        shown = client.get(change).context["form"]
        said = {name: shown[name].value() or "" for name in shown.fields}
        client.post(change, {**said, "family_name": "Sotescu"})
        assert "Fatescu Lia" in client.get(reverse("person", args=[person.pk])).text
        assert "Sotescu Lia" in client.get(reverse("search"), {"q": "Fatescu"}).text
        again = client.post(reverse("member_new", args=[HouseholdFactory(keeper=home).pk]), lia)
        assert "Sotescu Lia" in again.text
        assert "decision" in again.text
        assert Person.objects.count() == 1

    def test_a_name_that_was_written_wrong_is_forgotten(self, client, home):
        person = PersonFactory(keeper=home, family_name="Fatesku", given_name="Lia")
        change = reverse("person_change", args=[person.pk])
        shown = client.get(change).context["form"]
        said = {name: shown[name].value() or "" for name in shown.fields}
        client.post(change, {**said, "family_name": "Sotescu", "name_change": "correction"})
        person.refresh_from_db()
        assert (person.family_name, person.former_names) == ("Sotescu", [])

    def test_a_nickname_is_added_and_taken_away(self, client, home):
        person = PersonFactory(keeper=home, family_name="Dinu", given_name="Constantin")
        client.post(reverse("other_name_new", args=[person.pk]), {"kind": "nickname", "given_name": "Titi"})
        assert "Titi" in client.get(reverse("person", args=[person.pk])).text
        client.post(reverse("other_name_remove", args=[person.pk, person.other_names.get().pk]))
        assert not person.other_names.exists()


def test_a_pasted_cnp_is_taken_as_it_is_seen(client, home):
    household = HouseholdFactory(keeper=home)
    pasted = member(cnp="\u200e1900101\u00ad120013", birth_date="", sex="", given_name="Ana")
    assert client.post(reverse("member_new", args=[household.pk]), pasted).status_code == 302
    assert Person.objects.get().cnp == "1900101120013"


def test_a_death_says_what_follows_and_ends_where_the_person_lived(client, home):
    household = family(70, keeper=home)[0].memberships.get().household
    person = household.memberships.get().person
    change = reverse("person_change", args=[person.pk])
    page = client.get(change)
    assert "nu mai locuiește în nicio gospodărie" in page.text
    shown = page.context["form"]
    said = {name: shown[name].value() or "" for name in shown.fields}
    client.post(change, {**said, "died_on": "2026-06-01"})
    assert household.memberships.get().end == dt.date(2026, 6, 1)
    assert "vârsta la deces:" in client.get(reverse("person", args=[person.pk])).text
