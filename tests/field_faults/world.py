"""Many small towns alike: two workers of one team, an office, and the households that both visit.

One is made by the verbs and the rest are copies of its rows under new identifiers, so that a thousand take seconds.
"""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.db import connection, models, transaction
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.assessments.actions import submit_assessment
from punte.cases.actions.adopt_plan import adopt_plan
from punte.cases.actions.draft_plan import draft_plan
from punte.cases.actions.edit_plan import edit_plan
from punte.cases.actions.follow_assessment import follow_assessment
from punte.cases.actions.open_case import open_case
from punte.cases.plan_input import ObjectiveInput, StepInput
from punte.devices.enums import DeviceKind
from punte.devices.models import Device, digest_of
from punte.methodology.forms import instance_for
from punte.methodology.packs import load_pack
from punte.people.models import Household
from punte.people.search import index_names
from tests.factories import HouseholdFactory, OrganizationFactory, TeamFactory, UatFactory, family, worker

SECRET = "c2VjcmV0LW9mLWEtZGV2aWNl"
"""Of every device here: nothing of value is behind it."""
FILE_KEY = "3q2+796tvu/erb7v3q2+796tvu/erb7v3q2+796tvu8="
_OBJECTIVE = "Copilul merge la școală"
_SHARED = {
    "territory.county",
    "territory.uat",
    "assessments.packversion",
    "people.nametoken",
    "people.nameslip",
}
_ROOMS = ("organizations", "accounts", "people", "assessments", "cases", "devices")


@dataclass(frozen=True)
class Town:
    """What the devices and the office are told of one town; identifiers as text."""

    keeper: str
    office: str
    place: int
    other_place: int
    devices: dict[str, dict[str, Any]]
    households: dict[str, dict[str, Any]]
    first_draft: dict[str, Any]


def found(count: int) -> list[dict[str, Any]]:
    """Make so many towns; what each consists of."""
    if User.objects.exists():
        raise RuntimeError("Towns are founded in an empty database only.")
    with transaction.atomic():
        first, rows = _first()
        towns = [first.__dict__, *_copies(first, rows, count - 1)]
    began = timezone.now().isoformat()
    return [town | {"began": began} for town in towns]


def _first() -> tuple[Town, list[models.Model]]:
    place, other_place = UatFactory(), UatFactory()
    keeper = OrganizationFactory(uat=place)
    team = TeamFactory(organization=keeper)
    ana, bogdan = worker(team=team, name="Ana Câmpeanu"), worker(team=team, name="Bogdan Țurcanu")
    office = worker(Role.COORDINATOR, team=team, name="Corina Bălan")
    homes = {name: _household(keeper, name) for name in ("agreed", "drafted", "bare", "lone")}
    # `agreed`: each worker has a case there; `drafted`: too; `bare`: never assessed; `lone`: only Bogdan's.
    _assess(homes["agreed"], by=ana)
    _assess(homes["drafted"], by=bogdan)
    cases: dict[str, list[str]] = {}
    for name, home in homes.items():
        opened = []
        if name != "lone":
            opened.append(open_case(by=ana, household=home, regime="standard", reason="Vizită"))
        child = home.memberships.order_by("-person__birth_date").first().person
        opened.append(open_case(by=bogdan, household=home, person=child, regime="standard", reason="Școală"))
        cases[name] = [str(one.pk) for one in opened]
        if name in ("agreed", "drafted"):
            plan = draft_plan(by=ana, case=opened[0])
            edit_plan(by=ana, plan=plan, revision=plan.revision, objectives=_objectives())
            plan.refresh_from_db()
            drafted = {"plan": str(plan.pk), "revision": plan.revision, "objectives": [_OBJECTIVE]}
        if name == "agreed":
            adult = home.memberships.order_by("person__birth_date").first().person
            adopt_plan(
                by=ana, plan=plan, agreed_with=adult, agreed_on=timezone.localdate(), agreed_how="signed"
            )
    town = Town(
        keeper=str(keeper.pk),
        office=str(office.pk),
        place=place.pk,
        other_place=other_place.pk,
        devices={name: _device(user, keeper) for name, user in (("ana", ana), ("bogdan", bogdan))},
        households={
            name: {
                "id": str(home.pk),
                "cases": cases[name],
                "people": [str(one) for one in home.memberships.values_list("person", flat=True)],
            }
            for name, home in homes.items()
        },
        first_draft=drafted,
    )
    return town, _all_rows()


def _household(keeper: Any, name: str) -> Household:
    home = HouseholdFactory(
        keeper=keeper,
        name={"agreed": "Dinu", "drafted": "Pop", "bare": "Șerban", "lone": "Țîrlea"}[name],
        locality="Valea Mică",
        phone="0740 000 001",
        safe_contact="Doar dimineața",
    )
    people = family(34, 9, household=home)
    index_names(people)
    return home


def _assess(home: Household, *, by: User) -> None:
    people = [lived.person for lived in home.memberships.select_related("person")]
    members = [
        {
            "member_id": str(one.pk),
            "family_name": one.family_name,
            "given_name": one.given_name,
            "birth_date": one.birth_date,
        }
        for one in people
    ]
    facts = {"household_id": str(home.pk), "rooms": 2, "electricity": False}
    day = timezone.localdate() - dt.timedelta(days=30)
    instance = instance_for(load_pack("sci"), facts, members, f"uuid:{uuid4()}", visit_date=day)
    made = submit_assessment(by=by, household=home, instance=instance.encode())
    follow_assessment(by=by, assessment=made)


def _objectives() -> list[ObjectiveInput]:
    return [ObjectiveInput(text=_OBJECTIVE, steps=[StepInput(text="Înscriere")])]


def _device(owner: User, keeper: Any) -> dict[str, Any]:
    device = Device.objects.create(
        owner=owner,
        organization=keeper,
        kind=DeviceKind.TEREN,
        name="Tableta",
        username=owner.email.partition("@")[0][:20],
        secret_digest=digest_of(SECRET),
        file_key=FILE_KEY,
    )
    return {
        "device": str(device.pk),
        "username": device.username,
        "secret": SECRET,
        "fileKey": FILE_KEY,
        "worker": {
            "id": str(owner.pk),
            "name": owner.name,
            "organization": {"ro": keeper.name, "en": keeper.name},
            "compartments": ["general", "health", "education", "legal", "violence", "abuse"],
        },
    }


def _all_rows() -> list[models.Model]:
    """Every row of the first town: the database was empty before it."""
    rows: list[models.Model] = []
    for room in _ROOMS:
        for model in apps.get_app_config(room).get_models():
            if model._meta.label_lower not in _SHARED and model._meta.model_name != "trailentry":
                rows += list(model._default_manager.all())
    return rows


def _copies(first: Town, rows: list[models.Model], count: int) -> list[dict[str, Any]]:
    """Copies of the first town, as the database writes them: what is encrypted stays as it was encrypted once."""
    plans = [_Row(row) for row in rows]
    towns = []
    statements: dict[str, list[list[Any]]] = {}
    for number in range(count):
        new = {str(row.pk): str(uuid4()) for row in rows if isinstance(row.pk, UUID)}
        for plan in plans:
            statements.setdefault(plan.statement, []).append(plan.copy(new, number))
        towns.append(_renamed(first, new, number))
    with connection.cursor() as cursor:
        for statement, values in statements.items():
            cursor.executemany(statement, values)
    return towns


class _Row:
    """A row as it is written, and where it differs from one town to another."""

    def __init__(self, row: models.Model) -> None:
        self.row = row
        self.fields = [
            field
            for field in row._meta.concrete_fields
            if not field.primary_key or isinstance(getattr(row, field.attname), UUID)
        ]
        columns = ", ".join(f'"{field.column}"' for field in self.fields)
        places = ", ".join(["%s"] * len(self.fields))
        self.statement = f'INSERT INTO "{row._meta.db_table}" ({columns}) VALUES ({places})'
        self.written = [
            field.get_db_prep_save(getattr(row, field.attname), connection) for field in self.fields
        ]
        self.others = [
            (place, field)
            for place, field in enumerate(self.fields)
            if isinstance(getattr(row, field.attname), UUID) or self._is_own(field)
        ]

    def _is_own(self, field: Any) -> bool:
        if self.row._meta.model_name == "organization":
            return field.name in ("name", "folded_name")
        return field.name in ("email", "username", "instance", "instance_id")

    def copy(self, new: dict[str, str], number: int) -> list[Any]:
        """The values of the row in another town."""
        values = list(self.written)
        for place, field in self.others:
            value = getattr(self.row, field.attname)
            if isinstance(value, UUID):
                value = UUID(new.get(str(value), str(value)))
            elif field.name in ("instance", "instance_id"):
                value = _replaced(value, new, number)
            elif self.row._meta.model_name == "organization":
                value = f"{value} {number}"
            else:
                value = f"{number}-{value}"
            values[place] = field.get_db_prep_save(value, connection)
        return values


def _renamed(first: Town, new: dict[str, str], number: int) -> dict[str, Any]:
    told = json.loads(_replaced(json.dumps(first.__dict__), new, number))
    for device in told["devices"].values():
        device["username"] = f"{number}-{device['username']}"
    return told  # type: ignore[no-any-return]


def _replaced(text: str, new: dict[str, str], number: int) -> str:
    for old, fresh in new.items():
        if old in text:
            text = text.replace(old, fresh)
    if text.startswith("uuid:") or "<instanceID>" in text:
        # The identifier of a form is not one of a row: it is made other by its first figures.
        text = text.replace("uuid:", f"uuid:{number}-")
    return text
