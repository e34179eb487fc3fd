"""The cells of a table that is to be published, counted in an extract, with the places and years that it is about."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from punte.methodology.columns import literal
from punte.methodology.database import connect
from punte.statistics.publishing.definition import AREA, LANGUAGES, YEAR, TableDefinition
from punte.statistics.safety.certificate import PublishedFile
from punte.statistics.safety.system import TOP, Hierarchy, Key, cells_of
from punte.territory.models import Uat

Said = dict[str, dict[str, dict[str, Any]]]
"""Of each dimension, of each code: what it belongs to and what it is called."""


@dataclass(frozen=True)
class Cube:
    """A table with all its numbers, which nobody sees."""

    dimensions: Sequence[Hierarchy]
    leaves: Mapping[tuple[str, ...], int]

    @property
    def cells(self) -> dict[Key, int]:
        """All of them, sums too."""
        return cells_of(self.dimensions, self.leaves)


def years_in(definition: TableDefinition, folder: Path) -> list[str]:
    """The years of which an extract knows something."""
    return sorted({str(row["year"]) for row in rows_of(definition.query, folder)})


def counted(
    definition: TableDefinition, folder: Path, *, years: Collection[str], uats: Mapping[str, str]
) -> Cube:
    """A table of these years and places.

    Args:
        uats: by the SIRUTA of each the county, or `TOP` where the table is of one place alone.
    """
    leaves: dict[tuple[str, ...], int] = {}
    for row in rows_of(definition.query, folder):
        codes = (str(row["uat"]), str(row["year"]), *(str(row[one.key]) for one in definition.dimensions))
        if codes[0] in uats and codes[1] in years:
            leaves[codes] = leaves.get(codes, 0) + int(row["number"])
    there = sorted({codes[0] for codes in leaves})
    return Cube(dimensions_of(definition, {one: uats[one] for one in there}, years), leaves)


def dimensions_of(
    definition: TableDefinition, uats: Mapping[str, str], years: Collection[str]
) -> list[Hierarchy]:
    """Places below their county, years (with their sum where they add up), and what the file tells apart."""
    counties = dict.fromkeys(sorted(set(uats.values()) - {TOP}), TOP)
    ordered = sorted(years)
    span = f"{ordered[0]}-{ordered[-1]}" if definition.adds and len(ordered) > 1 else TOP
    return [
        Hierarchy(AREA, {**counties, **uats}, summed=False),
        Hierarchy(YEAR, {**({span: TOP} if span else {}), **dict.fromkeys(ordered, span)}, summed=False),
        *(
            Hierarchy(one.key, {code: said.parent for code, said in one.codes.items()})
            for one in definition.dimensions
        ),
    ]


def labels_of(definition: TableDefinition, dimensions: Sequence[Hierarchy]) -> Said:
    """What the codes are called, in each language, as it stands in the publication."""
    areas = dimensions[0]
    names = {
        str(uat.pk): uat.name for uat in Uat.objects.filter(pk__in=[c for c in areas.codes if c.isdigit()])
    }
    counties = dict(
        Uat.objects.filter(county__in=[c for c in areas.codes if not c.isdigit()])
        .order_by()
        .values_list("county", "county__name")
        .distinct()
    )
    said: Said = {
        AREA: {
            code: {"in": areas.parents[code], **_in_each(names.get(code) or counties.get(code, code))}
            for code in areas.codes
        },
        YEAR: {code: {"in": dimensions[1].parents[code], **_in_each(code)} for code in dimensions[1].codes},
    }
    for one in definition.dimensions:
        said[one.key] = {code: {"in": it.parent, **it.label} for code, it in one.codes.items()}
    return said


def published_file(name: str, said: Said, sums: Mapping[str, bool], numbers: Sequence[Any]) -> PublishedFile:
    """The file of a publication, from what is kept of it."""
    dimensions = [
        Hierarchy(key, {code: it["in"] for code, it in codes.items()}, summed=sums[key])
        for key, codes in said.items()
    ]
    return PublishedFile(name, dimensions, [(codes, number) for *codes, number in numbers])


def _in_each(name: str) -> dict[str, str]:
    return dict.fromkeys(LANGUAGES, name)


def rows_of(query: str, folder: Path) -> list[dict[str, Any]]:
    """What a query of the content gives over the tables of an extract."""
    connection = connect(folders=[folder])
    try:
        for path in sorted(folder.glob("*.parquet")):
            connection.execute(f"CREATE VIEW {path.stem} AS SELECT * FROM read_parquet({literal(str(path))})")
        cursor = connection.execute(query)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    finally:
        connection.close()
