"""Publishing a table so that nobody can work out what is hidden in it, whatever was published before."""

from collections.abc import Collection, Mapping, Sequence
from itertools import product
from pathlib import Path

from django.conf import settings
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.kernel.errors import DomainError
from punte.organizations.enums import OrganizationKind
from punte.organizations.models import Organization
from punte.statistics.models import Extract, PublishedTable
from punte.statistics.publishing.cube import Cube, counted, labels_of, published_file
from punte.statistics.publishing.definition import AREA, TableDefinition, table_definitions
from punte.statistics.safety.audit import Witnesses
from punte.statistics.safety.certificate import PublishedFile, certificate_of
from punte.statistics.safety.suppress import protect
from punte.statistics.safety.system import TOP, CannotBeSafe, Key, Rule, System, key_of
from punte.territory.models import Uat


def newest_extract() -> tuple[Extract, Path] | None:
    """The newest extract whose files are still there."""
    root = Path(settings.VAR) / "extracts"
    found = next((one for one in Extract.objects.all()[:10] if (root / one.name).is_dir()), None)
    return (found, root / found.name) if found else None


@verb
def publish_table(
    *, by: User, organization: Organization, table: str, years: Collection[str]
) -> PublishedTable:
    """Publish a table of these years, from the newest extract.

    A county directorate publishes for its county, any other institution for its own place. Whatever was published of
    the same people stays as it is and is reckoned with: what was told is known, what was hidden stays hidden.

    Raises:
        NotAllowed: the account does not publish for the institution.
        DomainError: there is no such table, extract or number; or it cannot be published safely any more.
    """
    by.standing.require(Capability.PUBLISH, organization.pk)
    definition, newest = table_definitions().get(table), newest_extract()
    if definition is None or newest is None:
        raise DomainError(
            _("There is nothing to publish yet: the night makes the figures. Try again tomorrow.")
        )
    extract, folder = newest
    cube = counted(definition, folder, years=set(years), uats=places_of(organization))
    if not cube.leaves:
        raise DomainError(_("Nobody was counted in these years."), field="years")
    earlier = list(PublishedTable.objects.filter(counts=definition.counts).order_by("published_at", "pk"))
    rule = Rule(least=extract.threshold, width=extract.threshold)
    system, certified = _system(definition, cube, earlier, extract, folder)
    try:
        hidden, found = _protected(system, rule)
    except CannotBeSafe as unsafe:
        raise DomainError(
            _(
                "This cannot be published: what was published before would give small numbers away. "
                "Choose other years or another table."
            )
        ) from unsafe
    names = system.keys
    number = PublishedTable.objects.filter(key=table).aggregate(last=Max("number"))["last"] or 0
    made = PublishedTable(
        organization=organization,
        by=by,
        extract=extract,
        key=table,
        number=number + 1,
        counts=definition.counts,
        words={
            "title": definition.title,
            "about": definition.about,
            "dimensions": {one.key: one.title for one in definition.dimensions},
            "source": definition.source,
            "query": definition.query,
        },
        coded=[[name, list(codes.items())] for name, codes in labels_of(definition, cube.dimensions).items()],
        sums={one.name: one.summed for one in cube.dimensions},
        numbers=_told(cube, {names[cell] for cell in hidden}),
        published_at=timezone.now(),
    )
    made.certificate = certificate_of(rule, [*certified, file_of(made)], found, names)
    made.save()
    record(
        by=by,
        verb="publish_table",
        keeper=organization.pk,
        subject=made.pk,
        changes={
            "table": table,
            "years": sorted(years),
            "hidden": sum(row[-1] is None for row in made.numbers),
        },
    )
    return made


@verb
def withdraw_table(*, by: User, table: PublishedTable, reason: str) -> None:
    """Take a table from the public pages; what it told is known all the same, and is reckoned with.

    Raises:
        NotAllowed: the account does not publish for the institution.
        DomainError: there is no reason, or it was withdrawn already.
    """
    by.standing.require(Capability.PUBLISH, table.organization_id)
    if not reason.strip():
        raise DomainError(_("Say why. It stays on record."), field="reason")
    if not PublishedTable.objects.filter(pk=table.pk, withdrawn_at=None).update(withdrawn_at=timezone.now()):
        raise DomainError(_("It was withdrawn already."))
    record(
        by=by, verb="withdraw_table", keeper=table.organization_id, subject=table.pk, reason=reason.strip()
    )


def places_of(organization: Organization) -> dict[str, str]:
    """The places that an institution publishes about, each with its county; alone, its own."""
    if organization.uat is None:
        return {}
    if organization.kind != OrganizationKind.COUNTY_DIRECTORATE:
        return {str(organization.uat_id): TOP}
    here = Uat.objects.filter(county=organization.uat.county_id).order_by("pk")
    return {str(pk): county for pk, county in here.values_list("pk", "county")}


def file_of(table: PublishedTable) -> PublishedFile:
    """The file of a publication."""
    return published_file(f"{table.slug}.csv", table.codes, table.sums, table.numbers)


def _protected(system: System, rule: Rule) -> tuple[set[int], list[Witnesses]]:
    """What is hidden from everybody outside; from a town hall too that knows its own place, where what was published
    before leaves a way.

    Raises:
        CannotBeSafe: there is none even for who knows nothing but what is published.
    """
    try:
        return protect(system, rule, _insiders(system))
    except CannotBeSafe:
        return protect(system, rule)


def _insiders(system: System) -> list[set[int]]:
    """What each place knows of itself."""
    places: dict[str, set[int]] = {}
    for cell, key in enumerate(system.keys):
        area = dict(key).get(AREA, "")
        if area.isdigit():
            places.setdefault(area, set()).add(cell)
    return list(places.values()) if len(places) > 1 else []


def _told(cube: Cube, hidden: Collection[Key]) -> list[list[str | int | None]]:
    cells = cube.cells
    rows: list[list[str | int | None]] = []
    for codes in product(*(one.codes for one in cube.dimensions)):
        key = key_of(cube.dimensions, codes)
        rows.append([*codes, None if key in hidden else cells[key]])
    return rows


def _system(
    definition: TableDefinition,
    cube: Cube,
    earlier: Sequence[PublishedTable],
    extract: Extract,
    folder: Path,
) -> tuple[System, list[PublishedFile]]:
    """The table with all that was published of the same people; and the earlier files that a stranger may check it by.

    What was told and is still so is known. What was told and is not so any more is treated as hidden: nobody outside
    knows which it is.
    """
    system, certified, told = System(), [], set[int]()
    present = system.add_table(definition.counts, cube.dimensions, cube.cells)
    definitions = table_definitions()
    for one in earlier:
        file = file_of(one)
        known = present | _linked(system, one, file, definitions, folder)
        for key, number in file.cells.items():
            if key not in known:
                continue
            if number is not None and number == system.values[known[key]]:
                told.add(known[key])
            elif number is None or key not in present:
                system.kept.add(known[key])
        if one.extract_id == extract.pk:
            certified.append(file)
    system.told, system.kept = told, system.kept - told
    return system, certified


def _linked(
    system: System,
    one: PublishedTable,
    file: PublishedFile,
    definitions: Mapping[str, TableDefinition],
    folder: Path,
) -> dict[Key, int]:
    """The cells of an earlier table as they are today; none where it has other places or codes by now."""
    if one.key not in definitions:
        return {}
    areas, years = file.dimensions[0], file.dimensions[1]
    now = counted(
        definitions[one.key],
        folder,
        years=[code for code in years.codes if code not in years.children],
        uats={code: parent for code, parent in areas.parents.items() if code not in areas.children},
    )
    codes = [set(each.codes) for each in file.dimensions]
    if any(code not in codes[place] for leaf in now.leaves for place, code in enumerate(leaf)):
        return {}
    try:
        return system.add_table(one.counts, file.dimensions, Cube(file.dimensions, now.leaves).cells)
    except ValueError as differs:
        raise DomainError(
            _("Two tables that count the same do not agree: %(tables)s.")
            % {"tables": f"{one.key}, {differs}"}
        ) from differs
