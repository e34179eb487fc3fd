"""Damaged GeoJSON files, beside the damaged tables: each gets a clear report with the place, and changes nothing."""

import copy
import hashlib
import json
import random
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.core.serializers import serialize
from django.utils import translation

from punte.accounts.models import TrailEntry
from punte.territory.models import Community, County, Outline, Uat
from tests.factories import CountyFactory, UatFactory
from tests.kernel.damage import xlsx_of

SEED, DAMAGED = 797, 125
SIRUTAS = (55687, 55678, 55696, 55704)
_KEPT = (County, Uat, Community, Outline, TrailEntry)
Collection = dict[str, Any]


def _square(west: float, south: float) -> list[list[list[float]]]:
    east, north = west + 0.1, south + 0.1
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def _good() -> Collection:
    features = [
        {
            "type": "Feature",
            "properties": {"natcode": siruta, "name": f"Comuna Țânțăreni {at}"},
            "geometry": {"type": "Polygon", "coordinates": _square(23 + at / 10, 46.5)},
        }
        for at, siruta in enumerate(SIRUTAS)
    ]
    return {"type": "FeatureCollection", "features": features}


def _written(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()


class Spoiler:
    """Good outlines, spoiled in every way that such a file was ever seen damaged. Seeded."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def kinds(self) -> Iterator[tuple[str, Callable[[], bytes]]]:
        """Each kind of damage, by name."""
        yield from (
            ("cut off", lambda: _written(_good())[: self.chance.randrange(1, 400)]),
            ("another encoding", lambda: json.dumps(_good(), ensure_ascii=False).encode("utf-16")),
            ("broken encoding", self._broken_bytes),
            ("a table", lambda: b"natcode;nume\n55687;Gherla"),
            ("a workbook", lambda: xlsx_of([["natcode"], [55687]])),
            ("commas", lambda: b"," * self.chance.randrange(10_000_000, 10_100_000)),
            ("deep", lambda: b"[" * self.chance.randrange(50_000, 90_000)),
            (
                "another kind",
                lambda: _written({**_good(), "type": self._any("Feature", "Topology", None, 7)}),
            ),
            ("no features", lambda: _written({**_good(), "features": self._any([], {}, None, "x", 3)})),
            (
                "a feature is none",
                lambda: self._feature(lambda at, all_: all_.__setitem__(at, self._any(None, 4, [], "x"))),
            ),
            ("no geometry", lambda: self._each(lambda one: one.update(geometry=self._any(None, [], "x")))),
            (
                "not an area",
                lambda: self._each(
                    lambda one: one["geometry"].update(type=self._any("Point", "LineString", "Circle", None))
                ),
            ),
            (
                "properties",
                lambda: self._each(lambda one: one.update(properties=self._any([], 5, "natcode"))),
            ),
            ("no coordinates", lambda: self._each(lambda one: one["geometry"].pop("coordinates"))),
            (
                "coordinates",
                lambda: self._each(
                    lambda one: one["geometry"].update(
                        coordinates=self._any([], "x", 7, None, [[]], [[["a", "b"]]])
                    )
                ),
            ),
            ("two points", lambda: self._ring(lambda ring: ring[:2])),
            ("a line", lambda: self._ring(lambda ring: [[x, 46.5] for x, _y in ring])),
            ("latitude first", lambda: self._ring(lambda ring: [[y, x] for x, y in ring])),
            ("metres", lambda: self._ring(lambda ring: [[x * 1e4, y * 1e4] for x, y in ring])),
            ("negative", lambda: self._ring(lambda ring: [[-x, y] for x, y in ring])),
            ("half a point", lambda: self._ring(lambda ring: [*ring[:1], ring[1][:1], *ring[2:]])),
            ("a word", lambda: self._ring(lambda ring: [*ring[:2], ["23,1", "46,5"], *ring[3:]])),
            (
                "not a number",
                lambda: self._ring(lambda ring: [*ring[:2], [float("nan"), float("inf")], *ring[3:]]),
            ),
            ("strangers", self._strangers),
        )

    def _any(self, *values: object) -> object:
        return self.chance.choice(values)

    def _broken_bytes(self) -> bytes:
        content = bytearray(_written(_good()))
        content[content.index(b"\xc8") + 1] = self.chance.choice([0xFF, 0xFE, 0x20])
        return bytes(content)

    def _feature(self, spoil: Callable[[int, list[Any]], object]) -> bytes:
        data = copy.deepcopy(_good())
        spoil(self.chance.randrange(len(SIRUTAS)), data["features"])
        return _written(data)

    def _each(self, spoil: Callable[[dict[str, Any]], object]) -> bytes:
        return self._feature(lambda at, features: spoil(features[at]))

    def _ring(self, spoil: Callable[[list[Any]], list[Any]]) -> bytes:
        def spoiled(one: dict[str, Any]) -> None:
            rings = one["geometry"]["coordinates"]
            rings[0] = spoil(rings[0])

        return self._each(spoiled)

    def _strangers(self) -> bytes:
        data = _good()
        for one in data["features"]:
            one["properties"] = {
                "nume": one["properties"]["name"],
                "cod": self.chance.choice(["", "ZZ", "??"]),
            }
        return _written(data)


def _files() -> Iterator[tuple[str, bytes]]:
    """Kind and content; the same ones each time."""
    kinds = list(Spoiler(random.Random(SEED)).kinds())  # noqa: S311
    made = 0
    while made < DAMAGED:
        for kind, spoil in kinds:
            if kind in ("commas", "deep") and made >= len(kinds):
                continue
            made += 1
            yield kind, spoil()


def _everything() -> str:
    said = [serialize("json", model._default_manager.order_by("pk")) for model in _KEPT]
    return hashlib.sha256("".join(said).encode()).hexdigest()


@pytest.fixture
def known(db: None, tmp_path: Path) -> None:
    """Four UATs with the outlines that they had before."""
    county = CountyFactory()
    for siruta in SIRUTAS:
        UatFactory(siruta=siruta, county=county)
    _take_in(tmp_path, _written(_good()))
    assert Outline.objects.count() == len(SIRUTAS)


def _take_in(folder: Path, content: bytes) -> None:
    file = folder / "contururi.geojson"
    file.write_bytes(content)
    call_command("territory", "outlines", str(file), stdout=StringIO())


def test_every_damaged_file_is_refused_with_a_clear_report_and_changes_nothing(
    known: None, tmp_path: Path
) -> None:
    before, taken, made = _everything(), [], 0
    with translation.override("ro"):
        for kind, content in _files():
            made += 1
            try:
                _take_in(tmp_path, content)
            except CommandError as refused:
                first, *problems = str(refused).splitlines()
                assert first == "Contururile nu au fost preluate; nimic nu s-a schimbat."
                if not problems or not all(_is_clear(one) for one in problems):
                    taken.append((kind, problems))
            else:
                taken.append((kind, []))
    assert not taken
    assert made >= DAMAGED
    assert _everything() == before


def _is_clear(problem: str) -> bool:
    """Whether it says of what it is, in Romanian."""
    return problem.startswith(("elementul", "Fișierul", "Nimic din fișier")) and len(problem) > 20
