"""The areas of maps: cells that are the county together, and in their place an operator's true outlines."""

import csv
import json
from collections import defaultdict
from typing import Any

import pytest
import shapely
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point, Polygon, box, shape

from punte.territory.cells import cells_of
from punte.territory.models import Outline
from punte.territory.shapes import as_geojson, county_shapes, shapes_of, shipped_counties, shipped_shapes
from tests.factories import CountyFactory, UatFactory

REFERENCE = settings.CONTENT / "reference"
SQUARE = {"type": "Polygon", "coordinates": [[[23.4, 46.7], [23.6, 46.7], [23.6, 46.9], [23.4, 46.7]]]}
NEARLY = 1e-6
place = st.tuples(st.floats(23.0, 25.0), st.floats(46.0, 47.0))
# A county with a bay, as that of Ilfov has round Bucharest.
BAY = box(23.2, 46.2, 24.8, 46.8) - box(23.8, 46.4, 24.2, 46.8)


def _rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _is_covered(boundary: Any, cells: list[Any]) -> None:
    """Cells are areas within the county, overlap nowhere, and are the county together."""
    together = shapely.union_all(cells)
    assert all(cell.is_valid and cell.area > 0 for cell in cells)
    assert shapely.symmetric_difference(together, boundary).area / boundary.area < NEARLY
    assert abs(sum(cell.area for cell in cells) - together.area) / together.area < NEARLY


class TestShipped:
    def test_the_counties_are_those_of_the_country_and_cover_each_other_nowhere(self) -> None:
        counties = {one.county: shape(one.geometry) for one in shipped_counties()}
        assert set(counties) == {row["code"] for row in _rows("counties.csv")}
        assert all(area.is_valid for area in counties.values())
        together = shapely.union_all(list(counties.values()))
        # Corners lie on a grid of 10 m, so that neighbours may miss each other by as much.
        assert abs(sum(area.area for area in counties.values()) - together.area) / together.area < 1e-4

    def test_every_uat_has_a_cell_in_its_county_and_cells_are_the_county(self) -> None:
        uats = defaultdict(set)
        for row in _rows("uat_romania.csv"):
            uats[row["county"]].add(int(row["siruta"]))
        assert sum(map(len, uats.values())) == 3186
        for county, expected in uats.items():
            border, *cells = shipped_shapes(county)
            assert border.uat is None and {one.uat for one in cells} == expected
            assert all(one.schematic for one in cells) and not border.schematic
            _is_covered(shape(border.geometry), [shape(one.geometry) for one in cells])

    def test_a_seat_lies_in_its_own_cell_but_where_the_outline_leaves_it_out(self) -> None:
        cells = {one.uat: shape(one.geometry) for one in shipped_shapes("CJ")}
        border = shape(shipped_shapes("CJ")[0].geometry)
        for row in _rows("uat_romania.csv"):
            seat = Point(float(row["longitude"]), float(row["latitude"]))
            if row["county"] == "CJ" and border.buffer(-0.01).contains(seat):
                assert cells[int(row["siruta"])].buffer(0.0001).contains(seat), row["name"]

    def test_a_county_that_is_not_there_has_nothing(self) -> None:
        assert shipped_shapes("ZZ") == ()


class TestCells:
    @given(st.lists(place, min_size=1, max_size=25, unique=True))
    def test_wherever_the_seats_are_the_cells_are_the_county(self, places: list[tuple[float, float]]) -> None:
        cells = cells_of(BAY, dict(enumerate(places)))
        assert len(cells) == len(places)
        assert (
            shapely.symmetric_difference(shapely.union_all(list(cells.values())), BAY).area / BAY.area < 1e-3
        )
        assert abs(sum(cell.area for cell in cells.values()) - BAY.area) / BAY.area < 1e-3

    def test_each_has_what_lies_nearest_to_its_seat(self) -> None:
        cells = cells_of(box(0, 0, 2, 1), {1: (0.5, 0.5), 2: (1.5, 0.5)})
        assert cells[1].equals(box(0, 0, 1, 1)) and cells[2].equals(box(1, 0, 2, 1))

    def test_seats_upon_each_other_have_a_cell_each(self) -> None:
        cells = cells_of(box(0, 0, 2, 1), {1: (0.5, 0.5), 2: (0.5, 0.5)})
        assert min(cell.area for cell in cells.values()) > 0


@pytest.mark.django_db
class TestInTheirPlace:
    def test_true_outlines_win_uat_by_uat(self) -> None:
        uat = UatFactory(siruta=55687, name="Gherla")
        Outline.objects.create(uat=uat, geometry=json.dumps(SQUARE), source="proba")
        shapes = shapes_of(["CJ"])
        gherla = [one for one in shapes if one.uat == 55687]
        assert [(one.geometry, one.schematic) for one in gherla] == [(SQUARE, False)]
        assert len(shapes) == 81 and sum(one.schematic for one in shapes) == 80

    def test_a_rough_border_is_not_drawn_across_true_outlines_of_uats_but_a_true_one_is(self) -> None:
        uat = UatFactory(siruta=55687)
        assert [one.county for one in shapes_of(["CJ"]) if one.uat is None] == ["CJ"]
        Outline.objects.create(uat=uat, geometry=json.dumps(SQUARE), source="proba")
        assert [one for one in shapes_of(["CJ"]) if one.uat is None] == []
        Outline.objects.create(county=uat.county, geometry=json.dumps(SQUARE), source="proba")
        assert [one.geometry for one in shapes_of(["CJ"])][-1] == SQUARE

    def test_every_county_is_there_for_the_map_that_moves(self) -> None:
        Outline.objects.create(county=CountyFactory(), geometry=json.dumps(SQUARE), source="proba")
        told = json.loads(as_geojson(county_shapes()))["features"]
        assert len(told) == 42
        assert [one["geometry"] for one in told if one["properties"]["county"] == "CJ"] == [SQUARE]


def test_the_script_reads_a_topology() -> None:
    """Two counties with a border in common, one of them with a hole, as steps on a grid."""
    from scripts.outlines import counties_of

    topology = {
        "transform": {"scale": [0.5, 0.5], "translate": [20, 44]},
        "arcs": [
            [[2, 0], [0, 4]],
            [[2, 4], [-2, 0], [0, -4], [2, 0]],
            [[2, 4], [4, 0], [0, -4], [-4, 0]],
            [[3, 1], [1, 0], [0, 1], [-1, -1]],
        ],
        "objects": {
            "rou": {
                "geometries": [
                    {"id": "RO.BI", "type": "Polygon", "arcs": [[0, 1]]},
                    {"id": "RO.IF", "type": "Polygon", "arcs": [[-1, 2][::-1], [3]]},
                ]
            }
        },
    }
    counties = counties_of(topology)
    assert counties["B"].equals(box(20, 44, 21, 46))
    assert counties["IF"].exterior.equals(box(21, 44, 23, 46).exterior)
    assert counties["IF"].area == Polygon(box(21, 44, 23, 46)).area - 0.125
