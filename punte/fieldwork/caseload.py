"""What a worker takes along to the field as lists: the households of the caseload and who lives there."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from punte.accounts.models import User
from punte.cases.models import Case
from punte.people.models import Household
from punte.people.sight import hidden_from
from punte.territory.models import Uat

MAX_HOUSEHOLDS = 2_000
"""A phone's form engine holds a few thousand entities; more makes it slow to open."""


@dataclass(frozen=True)
class EntityList:
    """A list as ODK Collect downloads it."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[object]]
    keys: frozenset[UUID]

    def as_csv(self) -> bytes:
        """The list as a CSV file."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows(self.rows)
        return text.getvalue().encode()


def households_of(worker: User) -> list[Household]:
    """The households of the open cases for which the worker answers; those of sealed cases never leave the office.

    Nor does one where a sealed person lives in whose circle the worker is not.
    """
    cases = Case.objects.of_worker(worker).filter(sealed=False).values("household")
    found = Household.objects.visible_to(worker).filter(pk__in=cases, sealed=False).select_related("uat")
    found = found.exclude(pk__in=hidden_from(worker).lodgings)
    return list(found.order_by("folded_name", "id")[:MAX_HOUSEHOLDS])


def entity_lists(worker: User) -> list[EntityList]:
    """`households` and `people` of the caseload; no CNP and no health, only what chooses the right card."""
    homes = households_of(worker)
    return [_households(homes), _people(worker, homes)]


def places_of(worker: User) -> EntityList:
    """The UATs of the county in which the worker's organisations are, to say where a new household lives."""
    counties = worker.appointments.current().values("organization__uat__county")
    uats = Uat.objects.filter(county__in=counties).order_by("name")
    return EntityList("uats", ("name", "label"), [(uat.siruta, uat.name) for uat in uats], frozenset())


def _households(homes: Iterable[Household]) -> EntityList:
    rows = [
        (home.pk, " · ".join(filter(None, (home.name, home.locality or home.uat.name, home.address))),
         home.revision, home.uat_id, home.address, home.name)
        for home in homes
    ]  # fmt: skip
    columns = ("name", "label", "__version", "uat_siruta", "address", "family")
    return EntityList("households", columns, rows, frozenset(home.pk for home in homes))


def _people(worker: User, homes: Sequence[Household]) -> EntityList:
    members = hidden_from(worker).living().filter(household__in=homes).select_related("person")
    rows = [
        (
            one.person_id,
            str(one.person),
            1,
            one.household_id,
            one.person.family_name,
            one.person.given_name,
            one.person.birth_date or "",
            one.person.sex,
            one.relation,
        )
        for one in members.order_by("household", "start", "id")
    ]
    columns = (
        "name", "label", "__version", "household", "family_name", "given_name", "birth_date", "sex", "kinship",
    )  # fmt: skip
    return EntityList("people", columns, rows, frozenset(row[0] for row in rows))
