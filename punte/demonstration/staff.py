"""The organisations of the demonstration and the people who work in them."""

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.contrib.auth.hashers import make_password

from punte.accounts.enums import Role
from punte.accounts.models import Appointment, ConfidentialityPromise, Team, User
from punte.accounts.privacy import privacy
from punte.demonstration import names
from punte.kernel.text import fold
from punte.organizations.enums import OrganizationKind
from punte.organizations.models import Organization
from punte.territory.models import Uat

PASSWORD = "Punte-demo-2026"  # noqa: S105 the demonstration prints it
CITY = 54975
COMMUNES = ("Gilău", "Apahida", "Feleacu")
SHARES = (0.55, 0.15, 0.15, 0.15)
WORKERS_PER_TEAM = 8


@dataclass
class Keeper:
    """An organisation that keeps records, with its teams and those who carry cases."""

    organization: Organization
    uat: Uat
    share: float
    teams: list[Team] = field(default_factory=list)
    workers: list[tuple[User, Team]] = field(default_factory=list)


class Staff:
    """Makes organisations, teams and accounts; one password for all of them."""

    def __init__(self, chance: random.Random, today: dt.date) -> None:
        self.chance = chance
        self.since = today - dt.timedelta(days=900)
        self.password = make_password(PASSWORD)
        self.addresses: set[str] = set(User.objects.values_list("email", flat=True))

    def keepers(self, households: int) -> list[Keeper]:
        """The city and three communes, with as many workers as their share of the households needs."""
        city = Uat.objects.get(siruta=CITY)
        county = list(Uat.objects.filter(county=city.county_id, name__in=COMMUNES).order_by("name"))
        made = []
        for uat, share in zip([city, *county], SHARES, strict=True):
            keeper = Keeper(self._town_hall(uat), uat, share)
            # Every third of the city's workers is a case manager.
            fewest = min(6, 3 + households // 100) if uat.siruta == CITY else 2
            self._fill(keeper, workers=max(fewest, round(households * share / 75)))
            made.append(keeper)
        return made

    def elsewhere(self) -> None:
        """One account of each role that works beside the town halls."""
        county = self._organization(
            "Direcția Generală de Asistență Socială și Protecția Copilului Cluj", "county_directorate"
        )
        self._account(Role.COUNTY_METHODOLOGIST, county)
        school = self._organization("Școala Gimnazială Exemplu", "school")
        self._account(Role.SCHOOL_COUNSELLOR, school)

    def partners(self, organizations: Sequence[Organization]) -> dict[UUID, User]:
        """An account for each provider that receives referrals, by the provider."""
        return {organization.pk: self._account(Role.PARTNER, organization) for organization in organizations}

    def checker(self, organization: Organization) -> User:
        """The planner of an organisation, who checks the directory of services."""
        return User.objects.get(appointments__organization=organization, appointments__role=Role.PLANNER)

    def _town_hall(self, uat: Uat) -> Organization:
        if uat.siruta == CITY:
            found = Organization.objects.filter(
                folded_name__startswith="directia de asistenta sociala si medicala"
            ).first()
            if found:
                return found
        name = (
            f"Primăria Comunei {uat.name}"
            if uat.siruta != CITY
            else "Direcția de Asistență Socială și Medicală"
        )
        return self._organization(name, OrganizationKind.TOWN_HALL, uat)

    def _organization(self, name: str, kind: str, uat: Uat | None = None) -> Organization:
        folded = fold(name)
        found = Organization.objects.filter(folded_name=folded).first()
        home = uat or Uat.objects.get(siruta=CITY)
        return found or Organization.objects.create(
            name=name, folded_name=folded, kind=kind, uat=home, source="demonstrație"
        )

    def _fill(self, keeper: Keeper, workers: int) -> None:
        in_city = keeper.uat.siruta == CITY
        for number in range(1, -(-workers // WORKERS_PER_TEAM) + 1):
            name = f"Echipa comunitară {number}"
            team, _ = Team.objects.get_or_create(organization=keeper.organization, name=name)
            keeper.teams.append(team)
        for number in range(workers):
            team = keeper.teams[number // WORKERS_PER_TEAM]
            role = Role.CASE_MANAGER if in_city and number % 3 == 2 else Role.SOCIAL_WORKER
            keeper.workers.append((self._account(role, keeper.organization, team), team))
        for team in keeper.teams:
            for role in (Role.COMMUNITY_NURSE, Role.SCHOOL_MEDIATOR, Role.HEALTH_MEDIATOR, Role.SUPERVISOR):
                self._account(role, keeper.organization, team)
        leads = [Role.COORDINATOR, Role.DATA_PROTECTION_OFFICER, Role.ADMINISTRATOR]
        if in_city:
            leads += [
                Role.PSYCHOLOGIST,
                Role.LEGAL_ADVISER,
                Role.SCHOOL_COUNSELLOR,
                Role.TRAINEE,
                Role.STUDENT,
                Role.PLANNER,
            ]
        for role in leads:
            with_team = role in (Role.PSYCHOLOGIST, Role.LEGAL_ADVISER, Role.SCHOOL_COUNSELLOR, Role.TRAINEE)
            self._account(role, keeper.organization, keeper.teams[0] if with_team else None)

    def _account(self, role: Role, organization: Organization, team: Team | None = None) -> User:
        sex = self.chance.choice("ffm")
        surname, given = names.surname(self.chance), names.given_name(self.chance, sex).split()[0]
        user = User.objects.create(
            email=self._address(given, surname),
            name=f"{given} {surname}",
            password=self.password,
            demonstration=True,
            profession=_PROFESSIONS.get(role, ""),
        )
        Appointment.objects.create(
            user=user, organization=organization, team=team, role=role, start=self.since
        )
        promise = privacy().promise
        ConfidentialityPromise.objects.create(user=user, version=promise.version, text=promise.ro)
        return user

    def _address(self, given: str, surname: str) -> str:
        base = f"{fold(given)}.{fold(surname)}".replace(" ", "-")
        number = 1
        while (address := f"{base}{number if number > 1 else ''}@punte.example") in self.addresses:
            number += 1
        self.addresses.add(address)
        return address


_PROFESSIONS = {
    Role.SOCIAL_WORKER: "asistent social",
    Role.CASE_MANAGER: "asistent social principal",
    Role.COMMUNITY_NURSE: "asistent medical comunitar",
    Role.HEALTH_MEDIATOR: "mediator sanitar",
    Role.SCHOOL_MEDIATOR: "mediator școlar",
    Role.SCHOOL_COUNSELLOR: "consilier școlar",
    Role.PSYCHOLOGIST: "psiholog",
    Role.LEGAL_ADVISER: "consilier juridic",
    Role.SUPERVISOR: "asistent social principal, supervizor",
    Role.COORDINATOR: "șef serviciu",
}
