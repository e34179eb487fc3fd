"""A small world with somebody of every kind, and a record of every kind that they may try to open."""

from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from punte.accounts.enums import Compartment, Deed, Role
from punte.accounts.models import Appointment, DataBreach, SecondPersonRequest, User
from punte.annual_plans.content import to_json
from punte.annual_plans.enums import Section
from punte.annual_plans.models import AnnualPlan, Campaign, PlanVersion
from punte.annual_plans.queries import content_of
from punte.assessments.actions import start_assessment, submit_assessment
from punte.benefits.actions import begin_application
from punte.benefits.actions.applying import Resident
from punte.cases.actions import add_team_member, open_case, plan_visit, seal_case, seal_person
from punte.cases.enums import CaseDeed, InterventionMode, PlanStatus, Regime
from punte.cases.models import (
    Approval,
    CalendarFeed,
    Case,
    CaseFacet,
    CaseTie,
    Intervention,
    Objective,
    Plan,
    PlannedService,
    Referral,
    Transfer,
)
from punte.devices.enums import DeviceKind
from punte.devices.models import Device
from punte.directory.enums import ProposalKind
from punte.directory.models import Proposal
from punte.documents.actions import file_documents
from punte.documents.enums import DocumentKind as PaperKind
from punte.documents.filing import Upload
from punte.documents.models import IssuedDocument
from punte.fieldwork.conflicts import HouseholdConflict
from punte.fieldwork.enums import EntryKind, FormState
from punte.fieldwork.models import ReceivedForm
from punte.notifications.actions import About, Notifier, Said, notify_as_partner, send_notification
from punte.organizations.models import Contact
from punte.people.actions import join_people, name_columns, open_in_emergency, record_dwelling, send_register
from punte.people.enums import (
    AskedBy,
    DocumentKind,
    KinshipKind,
    OtherNameKind,
    RequestKind,
    SharedPart,
    SharingState,
)
from punte.people.models import (
    EmergencyRequest,
    IdentityDocument,
    Kinship,
    OtherName,
    Sharing,
    SubjectRequest,
)
from punte.petitions.actions import Letter, Sender, send_petition
from punte.publication.actions import publish_item
from punte.registers.actions import add_entry
from punte.satisfaction.actions import start_asking
from punte.statistics.models import Extract
from punte.territory.models import Community
from punte.waiting.actions import put_on_list
from tests.access.world_of_meetings import meeting_people
from tests.access.world_of_programmes import programmes_of
from tests.access.world_of_returns import sheets_of
from tests.assessments.uploads import uploaded
from tests.emergencies.town import fled_to
from tests.factories import (
    LONG_AGO,
    ConsentFactory,
    HouseholdFactory,
    OrganizationFactory,
    PersonFactory,
    ServiceFactory,
    TeamFactory,
    UatFactory,
    UserFactory,
    family,
)
from tests.fieldwork.scene import conflict_on, photo_of
from tests.gatherings.groups_scene import a_group
from tests.protection.scene import protected
from tests.samples import photograph
from tests.statistics.published import a_published_table

# Where somebody stands to the records: in the team that holds the case, in another team of the keeper, elsewhere.
PLACES = ("own", "team", "elsewhere")


@dataclass
class World:
    """The people by `role@place`, beside `case_team` and `anonymous`; the records by name."""

    people: dict[str, User | None] = field(default_factory=dict)
    rows: dict[str, Any] = field(default_factory=dict)


def build() -> World:
    """Everybody and everything, in one organisation and another."""
    world = World()
    house, elsewhere = OrganizationFactory(), OrganizationFactory()
    own, other, far = (TeamFactory(organization=organization) for organization in (house, house, elsewhere))
    for role in Role:
        for place, team in zip(PLACES, (own, other, far), strict=True):
            user = UserFactory()
            Appointment.objects.create(
                user=user, organization=team.organization, team=team, role=role, start=LONG_AGO
            )
            world.people[f"{role}@{place}"] = user
    world.people["anonymous"] = None
    _records(world, house, own, elsewhere)
    _from_the_field(world, house)
    return world


def _records(world: World, house: Any, team: Any, elsewhere: Any) -> None:
    worker = world.people[f"{Role.SOCIAL_WORKER}@own"]
    assert worker is not None
    member = UserFactory()
    Appointment.objects.create(
        user=member, organization=house, team=team, role=Role.PSYCHOLOGIST, start=LONG_AGO
    )
    world.people["case_team"] = member
    responsible = UserFactory()
    Appointment.objects.create(
        user=responsible, organization=house, team=team, role=Role.CASE_MANAGER, start=LONG_AGO
    )
    home = HouseholdFactory(keeper=house)
    person, child = family(34, 6, household=home)
    case = open_case(by=responsible, household=home, regime=Regime.STANDARD, reason="Vizită", team=team)
    hidden = HouseholdFactory(keeper=house, name="Ene")
    victim = family(30, household=hidden)[0]
    sealed = open_case(by=responsible, household=hidden, regime=Regime.INTENSIVE, reason="Semnal", team=team)
    add_team_member(by=responsible, case=sealed, user=member)
    sealed = seal_case(by=responsible, case=sealed, reason="Semnal grav")
    seal_person(by=responsible, person=victim, reason="Este căutată")
    urgent = HouseholdFactory(keeper=house, name="Pop")
    family(40, household=urgent)
    world.rows = {
        "home": home,
        "dwelling": record_dwelling(
            by=worker, keeper=house, kind="social", uat=home.uat, address="Bl. 3 ap. 1"
        ),
        "person": person,
        "child": child,
        "assessment": _assessed(urgent, by=responsible),
        "draft": start_assessment(by=worker, household=home),
        "membership": child.memberships.get(),
        "other_name": OtherName.objects.create(person=person, kind=OtherNameKind.NICKNAME, given_name="Titi"),
        "double": PersonFactory(keeper=house, given_name="Elena"),
        "join": join_people(by=worker, keep=person, join=PersonFactory(keeper=house), why="Același buletin."),
        "paper": IdentityDocument.objects.create(person=person, kind=DocumentKind.IDENTITY_CARD),
        "kinship": Kinship.objects.create(person=child, relative=person, kind=KinshipKind.MOTHER),
        "case": case,
        "member": responsible,
        "sealed": sealed,
        "hidden": hidden,
        "victim": victim,
        "sight": open_in_emergency(by=worker, household=urgent, reason="Copil singur acasă de ieri"),
        "asked": EmergencyRequest.objects.create(
            household=hidden, by=world.people[f"{Role.COMMUNITY_NURSE}@elsewhere"], reason="Copil singur"
        ),
        "account": world.people[f"{Role.TRAINEE}@team"],
        "request": SecondPersonRequest.objects.create(
            organization=house,
            verb=Deed.RESET_SECOND_FACTOR,
            subject=world.people[f"{Role.TRAINEE}@team"],
            asked_by=responsible,
            reason="A pierdut telefonul",
            asked_at=timezone.now() + SecondPersonRequest.TERM,
        ),
        "appointment": Appointment.objects.get(user=world.people[f"{Role.TRAINEE}@team"]),
        "group": team,
        "house": house,
        "service": ServiceFactory(at=UatFactory()),
        **_kept_service(house, by=world.people[f"{Role.PARTNER}@own"]),
        "commune": UatFactory(),
        "extract": Extract.objects.create(name="2026-01-01T00-00-00Z", threshold=5),
    }
    asked = start_asking(by=world.people[f"{Role.PARTNER}@own"], service=world.rows["own_service"])
    world.rows["opinion_code_of_service"] = SimpleNamespace(pk=asked.code)
    world.rows["published_table"] = a_published_table(
        house, by=world.people[f"{Role.PLANNER}@own"], extract=world.rows["extract"]
    )
    world.rows["waiting"] = put_on_list(
        by=responsible, case=case, person=person, service=world.rows["own_service"]
    )
    world.rows |= protected(case, child, by=responsible)
    world.rows |= _entries(child, elsewhere, worker, world.people[f"{Role.PLANNER}@own"])
    world.rows |= _shared(home, hidden, elsewhere, by=world.people[f"{Role.CASE_MANAGER}@elsewhere"])
    world.rows["register"] = name_columns(
        by=worker, kept=_register(house, worker), meanings={"Nume": "family_name"}
    )
    world.rows |= _around(house)
    resident = Resident(name="Elena Dinu", phone="0744 123 456")
    begun = begin_application(
        organization=house, benefit="minimum_inclusion_income", resident=resident, token="world"
    )
    world.rows["application"] = begun.application
    world.rows["upload"] = uploaded(house, world.people[f"{Role.COUNTY_METHODOLOGIST}@own"])
    world.rows |= _planned(house)
    world.rows |= programmes_of(house, home, by=responsible, planner=world.people[f"{Role.PLANNER}@own"])
    world.rows |= sheets_of(house, by=world.people[f"{Role.PLANNER}@own"])
    world.rows |= _of_townhall(house, world.people[f"{Role.PLANNER}@own"])
    world.rows |= fled_to(house, by=worker)
    world.rows |= _told(house, world.people[f"{Role.PARTNER}@own"], victim)
    for name, of in (("", case), ("sealed_", sealed)):
        world.rows |= _work_on(of, by=responsible, house=house, prefix=name)
    world.rows |= _asked_about(person, victim, by=world.people[f"{Role.DATA_PROTECTION_OFFICER}@own"])
    world.rows["breach"] = DataBreach.objects.create(
        organization=house,
        happened="O tabletă pierdută",
        known_at=timezone.now(),
        due_at=timezone.now() + timedelta(hours=72),
        risk="risk",
        logged_by=responsible,
    )
    world.rows |= _handed_over(case, sealed, elsewhere, by=responsible)
    world.rows |= meeting_people(house, {"": case, "sealed_": sealed}, by=responsible, member=member)
    world.rows["home_visit"] = plan_visit(by=responsible, household=home, day=timezone.localdate())
    world.rows |= a_group(house, [person, child, victim], by=responsible)
    CalendarFeed.objects.create(user=responsible, digest=CalendarFeed.digest_of("a-secret-of-somebody"))


def _asked_about(person: Any, victim: Any, *, by: User | None) -> dict[str, Any]:
    """What people asked about their own data, one of them sealed."""
    today = timezone.localdate()
    said = {"asked_by": AskedBy.THEMSELVES, "asked_on": today, "due_on": today + timedelta(days=30)}
    kinds = {
        "correction": (person, RequestKind.RECTIFICATION),
        "access_asked": (person, RequestKind.ACCESS),
        "sealed_correction": (victim, RequestKind.RECTIFICATION),
    }
    return {
        name: SubjectRequest.objects.create(
            person=about, keeper=about.keeper, kind=kind, received_by=by, identity="Buletin", **said
        )
        for name, (about, kind) in kinds.items()
    }


def _shared(home: Any, hidden: Any, elsewhere: Any, *, by: User | None) -> dict[str, Any]:
    """What another institution reads, and asks to read."""
    today = timezone.localdate()
    own = HouseholdFactory(keeper=elsewhere)
    said = {
        "organization": elsewhere,
        "own_household": own,
        "by": by,
        "ground": "public_task",
        "until": today,
    }
    asked = {**said, "state": SharingState.ASKED, "parts": ["members"]}
    return {
        "sharing": Sharing.objects.create(
            household=home, **said, state=SharingState.GRANTED, start=today, parts=list(SharedPart)
        ),
        "sharing_asked": Sharing.objects.create(household=home, **asked),
        "sealed_sharing": Sharing.objects.create(household=hidden, **asked),
    }


def _handed_over(case: Case, sealed: Case, elsewhere: Any, *, by: User) -> dict[str, Any]:
    """Cases offered to another institution, one before it was sealed, and a case tied to another."""
    said = {"organization": elsewhere, "by": by, "ground": "public_task", "summary": "Rezumat"}
    other = Case.objects.create(
        keeper=case.keeper,
        household=HouseholdFactory(keeper=case.keeper),
        year=2020,
        number=1,
        open=False,
        regime=case.regime,
    )
    first, second = sorted((case, other), key=lambda one: one.pk)
    return {
        "offer": Transfer.objects.create(case=case, **said),
        "sealed_offer": Transfer.objects.create(case=sealed, **said),
        "facet": CaseFacet.objects.create(case=case, facet="housing", start=LONG_AGO, by=by),
        "sealed_facet": CaseFacet.objects.create(case=sealed, facet="housing", start=LONG_AGO, by=by),
        "tie": CaseTie.objects.create(first=first, second=second, kind="siblings", by=by),
    }


def _entries(child: Any, institution: Any, worker: User, planner: Any) -> dict[str, Any]:
    school = {"unit": "Școala nr. 1", "stage": "primary"}
    agreement = {"subject": "Consiliere", "kind": "protocol"}
    return {
        "institution": institution,
        "budget": add_entry(
            by=worker,
            register="household_budget",
            subject=child.memberships.first().household,
            start=LONG_AGO,
            given={"food": 900},
        ),
        "schooling": add_entry(
            by=worker, register="school_enrolment", subject=child, start=LONG_AGO, given=school
        ),
        "protocol": add_entry(
            by=planner, register="agreement", subject=institution, start=LONG_AGO, given=agreement
        ),
    }


def _around(house: Any) -> dict[str, Any]:
    """A school that the house brought in, whom to call there, and a community."""
    school = OrganizationFactory(brought_by=house)
    return {
        "school": school,
        "contact": Contact.objects.create(
            keeper=house, organization=school, duty="counsellor", phone="0264 555 010", start=LONG_AGO
        ),
        "community": Community.objects.create(uat=house.uat, name="Pe Deal", source="SDL"),
    }


def _register(house: Any, worker: User) -> Any:
    content = b"Nume;Prenume\nDinu;Elena\nPop;Ion\n"
    return send_register(by=worker, keeper=house, content=content, filename="registru.csv")


def _planned(house: Any) -> dict[str, Any]:
    plan = AnnualPlan.objects.create(organization=house, year=2026, title="Plan anual")
    row = Campaign.objects.create(plan=plan, section=Section.CAMPAIGNS, position=1, name="Campania de toamnă")
    PlanVersion.objects.create(plan=plan, number=1, content=to_json(content_of(plan)))
    return {"annual_plan": plan, "plan_row": row}


def _told(house: Any, partner: Any, victim: Any) -> dict[str, Any]:
    """What a partner told, and what is told of somebody behind a seal."""
    words = Said(what="Doi copii singuri", kind="child_risk", channel="professional")
    sought = Said(what="A fost lovită", people=[About(f"{victim.family_name} {victim.given_name}")])
    return {
        "sent_notification": notify_as_partner(
            by=partner, organization=house, keeper=house, said=words, notifier=Notifier("Ana Exemplu")
        ).notification,
        "sought": send_notification(keeper=house, said=sought, notifier=Notifier()).notification,
    }


def _of_townhall(house: Any, planner: Any) -> dict[str, Any]:
    """A petition, a complaint about a worker, and something published."""
    request = Letter("request", "Cer locuri de joacă pentru copii")
    complaint = Letter("complaint", "Nu am fost ascultată la ghișeu", about_words="doamna de la ghișeul 3")
    return {
        "notification": send_notification(
            keeper=house, said=Said(what="Doi copii singuri", kind="child_risk"), notifier=Notifier()
        ).notification,
        "petition": send_petition(organization=house, letter=request, sender=Sender()).petition,
        "complaint": send_petition(organization=house, letter=complaint, sender=Sender()).petition,
        "published": publish_item(
            by=planner, organization=house, kind="announcement", title="Program", summary="Luni, 8–16"
        ),
    }


def _from_the_field(world: World, house: Any) -> None:
    owner = world.people["social_worker@own"]
    assert owner is not None
    device = Device.objects.create(
        owner=owner, organization=house, kind=DeviceKind.COLLECT, name="Telefon", username="telefon"
    )
    world.rows["device"] = device
    world.rows["received"] = ReceivedForm.objects.create(
        device=device, instance_id="uuid:1", instance="<data/>", state=FormState.WAITING, reason="Cineva"
    )
    tablet = Device.objects.create(
        owner=owner, organization=house, kind=DeviceKind.TEREN, name="Tabletă", username="tableta"
    )
    world.rows["tablet"] = tablet
    for prefix, home in (("", world.rows["home"]), ("sealed_", world.rows["hidden"])):
        said = HouseholdConflict({"address": ("", home.address, "Str. Gării nr. 9")})
        world.rows[f"{prefix}conflict"] = conflict_on(tablet, home, EntryKind.HOUSEHOLD_CHANGE, said)
        world.rows[f"{prefix}picture"] = photo_of(tablet, home)


def _kept_service(house: Any, *, by: User | None) -> dict[str, Any]:
    own = ServiceFactory(provider=house, at=house.uat)
    said = {"values": {"price": "10 lei"}, "before": {"price": ""}}
    proposal = Proposal.objects.create(
        kind=ProposalKind.DETAILS, organization=house, service=own, by=by, **said
    )
    return {"own_service": own, "proposal": proposal}


def _work_on(case: Case, *, by: User, house: Any, prefix: str) -> dict[str, Any]:
    plan = Plan.objects.create(case=case, version=1, status=PlanStatus.ADOPTED, by=by)
    objective = Objective.objects.create(plan=plan, text="Merge la școală")
    person = case.household.memberships.order_by("start").first().person
    agreed = ConsentFactory(person=person, by=by, keeper=house)
    return {
        f"{prefix}objective": objective,
        f"{prefix}approval": Approval.objects.create(
            case=case, deed=CaseDeed.ADOPT_PLAN, plan=plan, asked_by=by
        ),
        f"{prefix}issued": IssuedDocument.objects.create(
            case=case,
            organization=house,
            kind=PaperKind.SERVICE_PLAN,
            year=2026,
            number=len(prefix) + 1,
            issued_on=timezone.localdate(),
            by=by,
            compartments=[Compartment.GENERAL],
        ),
        f"{prefix}filed": file_documents(
            by=by,
            case=case,
            uploads=[Upload("buletin.jpg", photograph())],
            kind="identity",
            dated=timezone.localdate(),
        )[0],
        f"{prefix}intervention": Intervention.objects.create(
            case=case, mode=InterventionMode.PHONE, at=timezone.now(), by=by
        ),
        f"{prefix}visit": plan_visit(by=by, case=case, day=timezone.localdate()),
        f"{prefix}step": PlannedService.objects.create(objective=objective, text="Înscriere"),
        f"{prefix}referral": Referral.objects.create(
            case=case,
            person=person,
            organization=house,
            need="Meditații",
            consent=agreed,
            by=by,
        ),
        f"{prefix}consent": agreed,
    }


def _assessed(household: Any, *, by: User) -> Any:
    draft = start_assessment(by=by, household=household)
    instance = draft.instance if isinstance(draft.instance, bytes) else draft.instance.encode()
    return submit_assessment(by=by, household=household, instance=instance, draft=draft)
