"""A town at work, so that every page has something to show: cases in every state, papers, answers, drafts, a seal."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from punte.accounts.actions import log_breach
from punte.accounts.enums import Deed, Role
from punte.accounts.models import SecondPersonRequest, User
from punte.assessments.actions import ask_in_force, start_assessment
from punte.assessments.models import PackUpload
from punte.benefits.actions import begin_application
from punte.benefits.actions.applying import Resident
from punte.benefits.lists import reckon_for
from punte.cases.actions import (
    accept_referral,
    add_facet,
    add_team_member,
    close_case,
    correct_intervention,
    draft_plan,
    log_intervention,
    open_case,
    plan_visit,
    refer,
    seal_case,
)
from punte.cases.enums import CaseDeed
from punte.cases.models import Approval, Case, CaseTie, Plan, Transfer
from punte.directory.actions import propose_details
from punte.directory.models import NomenclatureCode, OccupancySnapshot
from punte.directory.services.details import details_of
from punte.documents.actions import (
    correct_filed_document,
    file_documents,
    issue_document,
    withdraw_filed_document,
)
from punte.documents.filing import Upload
from punte.gatherings.actions.opened import open_to_student
from punte.gatherings.actions.staff import begin_placement
from punte.kernel.encryption import blind_index
from punte.organizations.enums import OrganizationKind
from punte.organizations.models import Contact
from punte.people.actions import (
    change_household,
    name_columns,
    open_in_emergency,
    record_dwelling,
    send_register,
    take_in_request,
)
from punte.people.enums import SharedPart
from punte.people.models import EmergencyRequest, IdentityDocument, Kinship, Sharing
from punte.people.registers.register import Register
from punte.registers.actions import add_entry, correct_entry, move_entry
from punte.satisfaction.actions import start_asking
from punte.territory.models import Community
from punte.waiting.actions import put_on_list
from tests.access.world_of_programmes import programmes_of
from tests.access.world_of_returns import sheets_of
from tests.assessments.uploads import uploaded
from tests.cases.conftest import assessed
from tests.documents.households import SAID, Setting, adopted_plan, setting
from tests.emergencies.town import fled_to
from tests.factories import (
    CapacityFactory,
    HouseholdFactory,
    OrganizationFactory,
    ServiceFactory,
    family,
    worker,
)
from tests.fieldwork.town import a_day_with_a_tablet, sent_from_the_field
from tests.gatherings.groups_scene import a_group
from tests.gatherings.town import meetings_of
from tests.journeys.browser import with_password
from tests.notifications.town import told_of
from tests.petitions.town import letters_to
from tests.protection.scene import protected
from tests.samples import photograph, written_pdf
from tests.statistics.published import a_published_table
from tests.www.office.needs.town import needs_of
from tests.www.office.plans.scene import plan_of

Rows = dict[str, Any]


def build_town() -> tuple[dict[str, User], Rows]:
    """The people by what they do, and the records by name."""
    place = setting(violence="risk")
    organization = place.team.organization
    people = {
        "worker": place.worker,
        "coordinator": worker(Role.COORDINATOR, organization=organization, name="Mihai Pârvulescu"),
        "officer": worker(Role.DATA_PROTECTION_OFFICER, organization=organization, name="Irina Mureșan"),
        "administrator": worker(Role.ADMINISTRATOR, organization=organization, name="Radu Oltean"),
        "methodologist": worker(Role.COUNTY_METHODOLOGIST, organization=organization, name="Anca Ghimeș"),
    }
    rows = _family_at_work(place) | _services(place, people) | _other_families(place)
    for person in people.values():
        with_password(person)
    nurse = worker(Role.COMMUNITY_NURSE, team=place.team, name="Elena Câmpan")
    add_team_member(by=place.worker, case=place.case, user=nurse, part="sănătate")
    rows |= fled_to(organization, by=place.worker)
    rows |= told_of(organization, by=place.worker, partner=people["partner"])
    rows |= letters_to(organization, worker=place.worker, lead=people["coordinator"])
    rows |= sent_from_the_field(by=place.worker)
    rows |= a_day_with_a_tablet(by=place.worker, case=place.case, assessment=place.assessment)
    rows |= needs_of(place.household.uat)
    asked = start_asking(by=people["partner"], service=rows["service"])
    rows["opinion_code_of_service"] = SimpleNamespace(pk=asked.code)
    rows["published_table"] = a_published_table(
        organization, by=people["coordinator"], extract=rows["extract"]
    )
    rows |= plan_of(organization)
    rows |= programmes_of(organization, place.household, by=place.worker, planner=people["coordinator"])
    rows |= sheets_of(organization, by=people["coordinator"])
    rows |= meetings_of(place, people["partner"])
    rows |= _a_student(place, people)
    rows["register"] = _register_of(place)
    rows["dwelling"] = _dwelling_of(place)
    rows |= _around(organization)
    rows["application"] = begin_application(
        organization=organization,
        benefit="minimum_inclusion_income",
        resident=Resident("Elena Dinu", phone="0744 123 456", people=4),
        token="town",
    ).application
    reckon_for([organization.pk])
    rows |= _shared(place)
    rows |= _handed_over(place, rows["fresh"])
    rows["upload"] = _asked_in_force(organization, by=people["methodologist"])
    rows |= _reset_asked_for(organization, by=people["administrator"])
    rows |= _asked_about(place, by=people["officer"])
    rows |= {"colleague": nurse, "appointment": nurse.appointments.get(), "team": place.team}
    return people, rows


def _a_student(place: Any, people: dict[str, User]) -> Rows:
    """A student with an account, to whom her supervisor opened a case."""
    today = timezone.localdate()
    people["student"] = with_password(
        worker(Role.STUDENT, organization=place.team.organization, name="Teodora Vlad")
    )
    held = begin_placement(
        by=place.worker,
        keeper=place.case.keeper,
        kind="student",
        supervisor=place.worker,
        start=today,
        user=people["student"],
    )
    said = {"parts": ["members", "plan"], "until": today, "why": "Însoțește la vizită"}
    opened = open_to_student(by=place.worker, placement=held, case=place.case, **said)
    return {"practice": held, "opened": opened}


def _around(organization: Any) -> Rows:
    """A school that was brought in, whom to call there, and a community on the map."""
    school = OrganizationFactory(
        name="Școala Gimnazială Valea Mare",
        kind=OrganizationKind.SCHOOL,
        uat=organization.uat,
        brought_by=organization,
        phone="0264 555 011",
    )
    contact = Contact.objects.create(
        keeper=organization,
        organization=school,
        duty="counsellor",
        name="Lavinia Pașca",
        phone="0264 555 012",
        remark="După ora 14",
        start=timezone.localdate(),
    )
    place = {"latitude": organization.uat.latitude, "longitude": organization.uat.longitude}
    community = Community.objects.create(uat=organization.uat, name="Pe Deal", source="SDL 2024", **place)
    return {"school": school, "contact": contact, "community": community}


def _asked_about(place: Setting, *, by: User) -> Rows:
    """The mother asks to see what is on record, and a tablet was lost."""
    today = timezone.localdate()
    asked = take_in_request(
        by=by,
        person=place.people[0],
        kind="access",
        asked_on=today,
        asked_by="themselves",
        identity="Buletinul, la ghișeu",
    )
    lost = log_breach(
        by=by,
        organization=place.household.keeper,
        happened="O tabletă uitată în autobuz, încuiată.",
        known_at=timezone.now() - dt.timedelta(hours=3),
        risk="risk",
        people=12,
    )
    return {"access_asked": asked, "breach": lost, "house": place.household.keeper}


def _shared(place: Setting) -> Rows:
    """The directorate works with the mother too, reads the record and lets hers be read; a school asks to read."""
    directorate = OrganizationFactory(name="DGASPC Cluj", kind=OrganizationKind.COUNTY_DIRECTORATE)
    school = OrganizationFactory(name="Liceul Tehnologic Gilău", kind=OrganizationKind.SCHOOL)
    theirs = HouseholdFactory(keeper=directorate, name=place.household.name)
    (same,) = family(34, household=theirs)
    mother = place.people[0]
    mother.cnp_index = blind_index(mother.cnp)
    mother.save()
    same.cnp, same.cnp_index = mother.cnp, mother.cnp_index
    same.save()
    manager = worker(Role.CASE_MANAGER, organization=directorate, name="Corina Vasilache")
    open_case(by=manager, household=theirs, regime="standard", reason="Sesizare de la spital")
    today = timezone.localdate()
    said = {
        "what_for": "Să lucrăm împreună",
        "until": today + dt.timedelta(days=60),
        "parts": list(SharedPart),
    }
    granted = {"state": "granted", "start": today, "ground": "public_task", **said}
    return {
        "directorate": directorate,
        "sharing": Sharing.objects.create(
            household=place.household, organization=directorate, by=manager, **granted
        ),
        "sharing_asked": Sharing.objects.create(
            household=place.household,
            organization=school,
            by=manager,
            state="asked",
            ground="child_in_danger",
            **said,
        ),
        "shared": Sharing.objects.create(
            household=theirs,
            organization=place.household.keeper,
            own_household=place.household,
            by=place.worker,
            **granted,
        ),
    }


def _handed_over(place: Setting, fresh: Any) -> Rows:
    """The case is offered to the directorate, which offers one of its own; two cases are tied."""
    said = {"ground": "public_task", "summary": "Două persoane. Planul urmărește: acte, medic de familie."}
    theirs = Case.objects.get(responsible__name="Corina Vasilache")
    first, second = sorted((place.case, fresh), key=lambda one: one.pk)
    return {
        "handed_over": Transfer.objects.create(
            case=place.case, organization=theirs.keeper, by=place.worker, **said
        ),
        "handed_to_us": Transfer.objects.create(
            case=theirs, organization=place.household.keeper, by=theirs.responsible, **said
        ),
        "facet": add_facet(by=place.worker, case=place.case, facet="housing"),
        "tie": CaseTie.objects.create(
            first=first, second=second, kind="two_homes", reason="Fratele stă la bunici", by=place.worker
        ),
    }


def _asked_in_force(organization: Any, *, by: User) -> PackUpload:
    """A version of a questionnaire that waits for a second look."""
    made = uploaded(organization, by)
    return ask_in_force(by=by, upload=made, starts_on=timezone.localdate(), reason="Propunerea județului")


def _dwelling_of(place: Setting) -> Any:
    """A dwelling of the town, in which the family lives."""
    home = place.household
    dwelling = record_dwelling(
        by=place.worker,
        keeper=home.keeper,
        kind="social",
        uat=home.uat,
        address="Str. Fântânii nr. 12, ap. 3",
        administrator=home.keeper,
    )
    change_household(by=place.worker, household=home, dwelling=dwelling)
    given = {
        "household": home,
        "right": "support",
        "valid_until": timezone.localdate() + dt.timedelta(days=40),
    }
    day = timezone.localdate() - dt.timedelta(days=300)
    add_entry(by=place.worker, register="tenancy", subject=dwelling, start=day, given=given)
    return dwelling


def _register_of(place: Setting) -> Any:
    """A register on its way in, with somebody who is there, a cell that cannot be read and somebody new."""
    mother = place.people[0]
    lines = [
        "Nume;Prenume;Data nașterii;CNP",
        f"{mother.family_name};{mother.given_name};{mother.birth_date:%d.%m.%Y};",
        "Ţurcanu;Ştefania;17.05.90;1900517",
        "Pop;Ion;;",
    ]
    content = "\n".join(lines).encode()
    keeper = place.team.organization
    kept = send_register(by=place.worker, keeper=keeper, content=content, filename="registru.csv")
    return name_columns(by=place.worker, kept=kept, meanings=Register.of(kept).meanings)


def _reset_asked_for(organization: Any, *, by: User) -> Rows:
    """What waits for a second person: the account of somebody who reads about violence, and once signed in."""
    holder = worker(
        Role.PSYCHOLOGIST, organization=organization, name="Anca Bratu", last_login=timezone.now()
    )
    asked = SecondPersonRequest.objects.create(
        organization=organization,
        verb=Deed.RESET_SECOND_FACTOR,
        subject=holder,
        asked_by=by,
        reason="A pierdut telefonul",
        asked_at=timezone.now() + SecondPersonRequest.TERM,
    )
    return {"guarded": holder, "asked": asked}


def _family_at_work(place: Setting) -> Rows:
    plan = adopted_plan(place)
    Plan.objects.filter(pk=plan.pk).update(kind="ps")
    mother, boy, girl = place.people
    place.household.latitude, place.household.longitude = 46.77, 23.6
    place.household.save(update_fields=["latitude", "longitude"])
    visit = plan_visit(
        by=place.worker,
        case=place.case,
        day=timezone.localdate(),
        hour=dt.time(11),
        minutes=45,
        purpose="Acte pentru școală",
    )
    noted = log_intervention(
        by=place.worker,
        case=place.case,
        mode="home_visit",
        at=timezone.now() - dt.timedelta(days=2),
        minutes=45,
        note="Am fost împreună la școală.",
    )
    correct_intervention(
        by=place.worker,
        intervention=noted,
        seen=0,
        why="A durat mai puțin",
        mode=noted.mode,
        at=noted.at,
        minutes=40,
        note=noted.note,
    )
    paper = issue_document(by=place.worker, case=place.case, kind="social_inquiry", **SAID)
    draft = draft_plan(by=place.worker, case=place.case, reason="Se adaugă sprijin la teme")
    return {
        **_asked_for(place, draft),
        "home": place.household,
        "person": mother,
        "child": boy,
        "lived": girl.memberships.get(),
        "case": place.case,
        "plan": plan,
        "noted": noted,
        "visit": visit,
        "assessment": place.assessment,
        "paper": paper,
        **_filed(place),
        "identity": IdentityDocument.objects.create(
            person=mother, kind="identity_card", expires_on=timezone.localdate() + dt.timedelta(days=20)
        ),
        "kinship": Kinship.objects.create(person=boy, relative=mother, kind="mother"),
        **_entries(boy, mother, by=place.worker),
        **protected(place.case, girl, by=place.worker),
    }


def _filed(place: Setting) -> Rows:
    """A certificate photographed in two pages and described anew, and a letter that was not of this family."""
    mother = place.people[0]
    today = timezone.localdate()
    pages = [Upload("fata.jpg", photograph()), Upload("verso.jpg", photograph())]
    said = {"kind": "disability", "dated": today - dt.timedelta(days=9), "person": mother}
    [scan] = file_documents(by=place.worker, case=place.case, uploads=pages, **said)
    title = "Certificatul, față și verso"
    correct_filed_document(by=place.worker, document=scan, seen=0, title=title, **said)
    letter = [Upload("adresa.pdf", written_pdf())]
    [other] = file_documents(by=place.worker, case=place.case, uploads=letter, kind="letter", dated=today)
    withdraw_filed_document(by=place.worker, document=other, reason="Era a altei familii")
    return {"scan": scan}


def _entries(boy: Any, mother: Any, *, by: User) -> Rows:
    """Entries of registers: one that went on and was corrected, and one that runs out."""
    today = timezone.localdate()
    said = {"unit": "Școala Gimnazială „Ion Exemplu”", "stage": "primary", "grade": "a II-a"}
    schooling = add_entry(
        by=by, register="school_enrolment", subject=boy, start=today - dt.timedelta(days=400), given=said
    )
    move_entry(by=by, entry=schooling, move="absent", on=today, given={}, revision=1)
    correct_entry(
        by=by,
        entry=schooling,
        start=schooling.start,
        state="not_attending",
        given={**said, "grade": "a III-a"},
        why="A trecut clasa",
        revision=2,
    )
    certificate = {"kind": "physical", "grade": "accentuated", "permanent": False}
    ends = today + dt.timedelta(days=40)
    return {
        "schooling": schooling,
        "bill": add_entry(
            by=by,
            register="obligation",
            subject=mother.memberships.first().household,
            start=today - dt.timedelta(days=40),
            state="late",
            given={"kind": "rent", "amount": 250},
            confirmed=True,
        ),
        "certificate": add_entry(
            by=by,
            register="disability_certificate",
            subject=mother,
            start=today - dt.timedelta(days=300),
            given={**certificate, "valid_until": ends},
        ),
    }


def _waited_for(place: Setting, service: Any) -> Rows:
    """Somebody waits for a place in the service, with reasons."""
    entry = put_on_list(
        by=place.worker,
        case=place.case,
        person=place.people[0],
        service=service,
        declared=["alone", "income"],
        note="Poate veni numai dimineața.",
    )
    return {"waited_for": service, "waiting_for": entry}


def _asked_for(place: Setting, draft: Plan) -> Rows:
    """What waits for a second person about one case: a plan, its closing, a lower severity."""
    trainee = worker(Role.TRAINEE, team=place.team, name="Ilinca Pop")
    about: dict[str, dict[str, Any]] = {
        CaseDeed.ADOPT_PLAN: {"plan": draft},
        CaseDeed.CLOSE_CASE: {"outcome": "moved", "reason": "Familia se mută la Turda."},
        CaseDeed.LOWER_SEVERITY: {"assessment": place.assessment, "severity": 3},
    }
    return {
        str(deed): Approval.objects.create(case=place.case, deed=deed, asked_by=trainee, **columns)
        for deed, columns in about.items()
    }


def _services(place: Setting, people: dict[str, User]) -> Rows:
    provider = OrganizationFactory(name="Asociația Ajungem Mari", kind="ngo", uat=None)
    people["partner"] = worker(Role.PARTNER, organization=provider, name="Dan Sălăjan")
    code = NomenclatureCode.objects.create(
        code="8891 CZ-C-II", name="Centre de zi", beneficiaries="Copii în familie", mode="day"
    )
    service = ServiceFactory(
        provider=provider, name="Centrul de zi „Licurici”", code=code, at=place.household.uat
    )
    CapacityFactory(service=service, value=10)
    OccupancySnapshot.objects.create(service=service, at=timezone.now(), taken=8, source="said")
    today = timezone.localdate()
    _mother, boy, girl = place.people
    answered, waiting = (
        refer(
            by=place.worker,
            case=place.case,
            person=child,
            need="Sprijin la teme",
            consent_on=today,
            service=service,
        )
        for child in (boy, girl)
    )
    accept_referral(by=people["partner"], referral=answered, answer="Îl așteptăm luni.")
    proposal = propose_details(
        by=people["partner"],
        service=service,
        values={"phone": "0264 000 012", "hours": [[1, "08:00", "16:00"]]},
        before=details_of(service),
        words="Ne-am mutat la parter.",
    )
    rows_of_list = _waited_for(place, service) | a_group(
        place.household.keeper, place.people, by=place.worker
    )
    alone = ServiceFactory(
        name="Cantina socială", at=place.household.uat, provider=OrganizationFactory(kind="ngo", uat=None)
    )
    return rows_of_list | {
        "service": service,
        "consent": answered.consent,
        "answered": answered,
        "waiting": waiting,
        "proposal": proposal,
        "alone": alone,
    }


def _other_families(place: Setting) -> Rows:
    """A sealed case, a closed one, a family without a case, one begun to be assessed, one opened in an emergency."""
    sealed_home, closed_home, new_home, begun_home, urgent_home = (
        HouseholdFactory(keeper=place.household.keeper, name=name)
        for name in ("Ene", "Țurcanu", "Șandru", "Bălan", "Iorga")
    )
    for home in (sealed_home, closed_home, new_home, begun_home, urgent_home):
        family(40, 7, household=home)
    sealed = open_case(by=place.worker, household=sealed_home, regime="intensive", reason="Semnal")
    closed = open_case(by=place.worker, household=closed_home, regime="monitoring", reason="Cerere")
    close_case(by=place.worker, case=closed, outcome="objectives_met", reason="Familia se descurcă singură.")
    fresh = open_case(by=place.worker, household=begun_home, regime="standard", reason="Cerere")
    draft = start_assessment(by=place.worker, household=begun_home)
    begun, new = (
        home.memberships.order_by("person__birth_date")[0].person for home in (begun_home, new_home)
    )
    level = {"name": "dependency", "person": str(begun.pk), "value": "3", "missing": []}
    assessed(begun_home, place.worker, pack_name="older_person", person=begun, scores=[level], days_ago=40)
    start_assessment(by=place.worker, household=begun_home, pack_name="older_person", person=begun)
    elsewhere = worker(Role.CASE_MANAGER, organization=place.household.keeper, name="Vlad Suciu")
    known = open_case(by=elsewhere, household=urgent_home, regime="intensive", reason="Semnal de la școală")
    open_in_emergency(by=place.worker, household=urgent_home, reason="Copil singur acasă de ieri")
    hidden = seal_case(by=place.worker, case=sealed, reason="Siguranța mamei")
    plan_visit(by=place.worker, case=hidden, day=timezone.localdate(), hour=dt.time(14))
    plan_visit(by=place.worker, household=new_home, day=timezone.localdate(), hour=dt.time(9, 30))
    EmergencyRequest.objects.create(household=sealed_home, by=elsewhere, reason="Spitalul întreabă de mamă")
    return {
        "sealed": hidden,
        "closed": closed,
        "fresh": fresh,
        "new_home": new_home,
        "begun_home": begun_home,
        "new_person": new,
        "begun_person": begun,
        "draft": draft,
        "known": known,
        "urgent_home": urgent_home,
    }
