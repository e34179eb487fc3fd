"""500 damaged tables: each is answered by a clear report in Romanian that names the place, and changes nothing.

In `make test` the first 200 of them.
"""

import hashlib
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.serializers import serialize
from django.test import Client
from django.utils import translation

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry, User
from punte.annual_plans.enums import Section
from punte.annual_plans.importing import columns as budget_columns
from punte.annual_plans.importing import judge_budgets
from punte.annual_plans.models import AnnualPlan, ExistingService
from punte.directory.models import Capacity, Location, NomenclatureCode, OccupancySnapshot, Service
from punte.directory.services.importing.columns import occupancy_columns, service_columns
from punte.directory.services.importing.occupancy import judge_occupancy
from punte.directory.services.importing.services import judge_services
from punte.directory.services.keepers import territory_of
from punte.kernel.tables import Column, DamagedTable, read_table
from punte.kernel.tables.preview import Outcome
from punte.organizations.models import Organization
from tests import WHOLE
from tests.factories import OrganizationFactory, ServiceFactory, worker
from tests.kernel.damage import Good, Spoiler, csv_of, xlsx_of

SEED = 1086
DAMAGED = 500 if WHOLE else 200
BY_HTTP = 36 if WHOLE else 18
_HEAVY = {"commas", "too_many_lines", "bomb", "too_wide"}
_KEPT = (
    Organization,
    Service,
    Location,
    Capacity,
    OccupancySnapshot,
    AnnualPlan,
    ExistingService,
    TrailEntry,
)
_NAMES = (
    "Centrul de zi „Curcubeu”",
    "Căminul „Albăstrele”",
    "Adăpostul „Luceafărul”",
    "Cantina „Mesteacănul”",
)


_NEW_NAMES = ("Centrul de zi „Soarele”", "Căminul „Ghiocel”", "Adăpostul „Rândunica”", "Cantina „Licurici”")


@dataclass(frozen=True)
class Target:
    """An import: its address, its columns, how a table is judged, and a table that would be taken over."""

    url: str
    columns: list[Column]
    judge: Callable[[Any], list[Outcome]]
    good: Good


@pytest.fixture
def planner(db: None) -> User:
    house = OrganizationFactory()
    return worker(Role.COORDINATOR, organization=house)


@pytest.fixture
def targets(planner: User) -> dict[str, Target]:
    """The three imports, in Romanian."""
    with translation.override("ro"):
        return {
            "services": _services(planner),
            "occupancy": _occupancy(planner),
            "budgets": _budgets(planner),
        }


def _house(user: User) -> Organization:
    return Organization.objects.get(pk=user.standing.posts[0].organization_id)


def _good(columns: list[Column], names: str, rows: list[list[object]], **places: str) -> Good:
    wanted = names.split()
    titles = {column.name: str(column.title) for column in columns}
    return Good(
        header=[titles[name] for name in wanted],
        rows=rows,
        **{kind: [wanted.index(name) for name in of.split()] for kind, of in places.items()},
    )


def _services(user: User) -> Target:
    house = _house(user)
    NomenclatureCode.objects.get_or_create(
        code="8891 CZ-C-II", defaults={"name": "Centre de zi", "beneficiaries": "Copii", "mode": "day"}
    )
    provider = OrganizationFactory(name="Asociația Exemplu", kind="ngo", uat=None)
    columns = list(service_columns(2026))
    rows: list[list[object]] = [
        [
            name,
            provider.name,
            house.uat.name,
            f"Str. Fântânii nr. {at}",
            "8891 CZ-C-II",
            20 + at,
            "locuri de zi",
        ]
        for at, name in enumerate(_NEW_NAMES)
    ]
    good = _good(
        columns,
        "name provider locality address code capacity unit",
        rows,
        numbers="capacity",
        texts="name address",
        required="name provider locality",
        known="provider locality code unit",
    )
    territory = territory_of(user, house.pk)
    return Target(
        "/servicii/import/servicii/", columns, lambda rows: judge_services(rows, territory=territory), good
    )


def _occupancy(user: User) -> Target:
    house = _house(user)
    for name in _NAMES:
        ServiceFactory(provider=house, name=name, at=house.uat)
    columns = list(occupancy_columns())
    rows: list[list[object]] = [
        [name, house.name, 10 + at, at, "01.02.2026"] for at, name in enumerate(_NAMES)
    ]
    good = _good(
        columns,
        "name provider taken waiting at",
        rows,
        numbers="taken waiting",
        texts="name provider",
        required="name provider taken",
        known="name provider at",
    )
    return Target("/servicii/import/locuri/", columns, lambda rows: judge_occupancy(rows, by=user), good)


def _budgets(user: User) -> Target:
    plan = AnnualPlan.objects.create(organization=_house(user), year=2026, title="Plan anual")
    for at, name in enumerate(_NAMES):
        ExistingService.objects.create(
            plan=plan, section=Section.EXISTING, position=at, provider="Asociația Exemplu", name=name
        )
    columns = list(budget_columns())
    rows: list[list[object]] = [
        ["Asociația Exemplu", name, 30 + at, "locuri de zi", 95, f"{100 + at}.400,50", 5000]
        for at, name in enumerate(_NAMES)
    ]
    good = _good(
        columns,
        "provider name capacity capacity_unit occupancy local other",
        rows,
        numbers="capacity occupancy local other",
        texts="provider name",
        required="provider name",
        known="capacity_unit",
    )
    return Target(f"/planuri/{plan.pk}/import/", columns, lambda rows: judge_budgets(rows, plan=plan), good)


def _damaged(targets: dict[str, Target]) -> Iterator[tuple[str, str, bytes, str]]:
    """Import, kind of damage, content, file name; the same ones each time."""
    chance = random.Random(SEED)  # noqa: S311
    spoilers = {name: dict(Spoiler(target.good, chance).kinds()) for name, target in targets.items()}
    made = 0
    while made < DAMAGED:
        for name, kinds in spoilers.items():
            for kind, spoil in kinds.items():
                if kind in _HEAVY and made >= DAMAGED // 3:
                    continue
                content, filename = spoil()
                made += 1
                yield name, kind, content, filename


def _everything() -> str:
    """A mark of all rows that an import could touch."""
    said = [serialize("json", model._default_manager.order_by("pk")) for model in _KEPT]
    return hashlib.sha256("".join(said).encode()).hexdigest()


def _refusal(target: Target, content: bytes, filename: str) -> DamagedTable | None:
    try:
        target.judge(read_table(content, filename=filename, columns=target.columns))
    except DamagedTable as damaged:
        return damaged
    return None


def test_the_tables_would_be_taken_over_if_they_were_not_damaged(targets: dict[str, Target]) -> None:
    with translation.override("ro"):
        for target in targets.values():
            for content, filename in (
                (csv_of(target.good.copy()), "t.csv"),
                (xlsx_of(target.good.copy()), "t.xlsx"),
            ):
                refused = _refusal(target, content, filename)
                assert refused is None, [str(one) for one in refused.problems]


@pytest.mark.long
def test_every_damaged_table_is_refused_with_a_clear_report_and_changes_nothing(
    targets: dict[str, Target],
) -> None:
    before, taken, seen = _everything(), [], Counter[str]()
    with translation.override("ro"):
        for name, kind, content, filename in _damaged(targets):
            seen[name] += 1
            refused = _refusal(targets[name], content, filename)
            if refused is None or not _is_clear(refused):
                taken.append((name, kind, filename, refused and [str(one) for one in refused.problems[:3]]))
    assert not taken
    assert sum(seen.values()) >= DAMAGED and min(seen.values()) >= DAMAGED // 4
    assert _everything() == before


def _is_clear(refused: DamagedTable) -> bool:
    """Whether each problem has its place and its words, in Romanian."""
    return bool(refused.problems) and all(
        one.place.startswith(("Rândul", "Fișierul")) and len(one.message) > 10 for one in refused.problems
    )


def test_a_sample_sent_by_the_form_is_answered_422_with_the_place(
    targets: dict[str, Target], planner: User
) -> None:
    browser = Client(headers={"accept-language": "ro"})
    browser.force_login(planner)
    browser.get("/cont/")
    before = _everything()
    cases = [case for case in _damaged(targets) if case[1] not in ("commas", "bomb") or case[0] == "services"]
    for name, kind, content, filename in random.Random(SEED).sample(cases, BY_HTTP):  # noqa: S311
        answer = browser.post(targets[name].url, {"table": SimpleUploadedFile(filename, content)})
        page = answer.content.decode()
        assert answer.status_code == 422, (name, kind)
        assert "Nu s-a schimbat nimic" in page and ("Rândul" in page or "Fișierul" in page), (name, kind)
    assert _everything() == before


def test_no_file_and_rubbish_in_its_place_are_answered_in_words(
    targets: dict[str, Target], planner: User
) -> None:
    browser = Client()
    browser.force_login(planner)
    browser.get("/cont/")
    for target in targets.values():
        for sent in ({}, {"table": "nu e fișier"}, {"lines": "minciună"}, {"lines": ""}):
            assert browser.post(target.url, sent).status_code == 422
