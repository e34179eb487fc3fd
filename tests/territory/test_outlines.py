"""Outlines from an operator's file: taken in whole or not at all."""

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse

from punte.territory import outlines
from punte.territory.models import Outline
from punte.territory.outlines import DamagedOutlines, import_outlines
from tests.factories import CountyFactory, UatFactory

pytestmark = pytest.mark.django_db
SQUARE = [[[23.0, 46.0], [23.1, 46.0], [23.1, 46.1], [23.0, 46.1], [23.0, 46.0]]]


def _file(*features: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def _feature(geometry: object = None, **properties: object) -> dict[str, object]:
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": geometry or {"type": "Polygon", "coordinates": SQUARE},
    }


@pytest.fixture
def uat():
    return UatFactory(siruta=55687, name="Gherla")


@pytest.mark.parametrize("key", ["natcode", "SIRUTA", "siruta_uat", "cod_siruta"])
@pytest.mark.parametrize("value", ["55687", 55687, 55687.0, "055687"])
def test_a_uat_is_known_by_its_siruta(uat, key, value):
    assert import_outlines(_file(_feature(**{key: value})), source="proba").uats == 1
    assert Outline.objects.get().uat == uat


@pytest.mark.parametrize(
    "properties", [{"countyCode": "CJ"}, {"mnemonic": "cj"}, {"natcode": 127}, {"code": "RO-CJ"}]
)
def test_a_county_is_known_by_its_letters_or_siruta(uat, properties):
    assert import_outlines(_file(_feature(**properties)), source="proba").counties == 1
    assert Outline.objects.get().county.pk == "CJ"


def test_the_letters_of_the_county_do_not_make_a_county_of_an_unknown_uat(uat):
    done = import_outlines(
        _file(_feature(natcode=55687), _feature(natcode=99, countyMn="CJ")), source="proba"
    )
    assert (done.counties, done.uats, len(done.unmatched)) == (0, 1, 1)


def test_what_matches_nothing_is_named(uat):
    done = import_outlines(
        _file(_feature(natcode=1, name="Nicăieri"), _feature(natcode=55687)), source="proba"
    )
    assert done.unmatched == ["elementul 1 (Nicăieri)"]


def test_a_newer_outline_replaces_the_older(uat):
    for shift in (0, 0.5):
        square = [[[x + shift, y] for x, y in SQUARE[0]]]
        import_outlines(
            _file(_feature({"type": "Polygon", "coordinates": square}, natcode=55687)), source="p"
        )
    assert "23.5" in Outline.objects.get().geometry


def test_neighbours_keep_one_border():
    one, other = UatFactory(), UatFactory()
    border = [[23.1, 46 + step / 100 + (step % 3) / 5000] for step in range(11)]
    left = [[23.0, 46.0], *border, [23.0, 46.1], [23.0, 46.0]]
    right = [*border, [23.2, 46.1], [23.2, 46.0], border[0]]
    features = [
        _feature({"type": "Polygon", "coordinates": [ring]}, natcode=uat.pk)
        for ring, uat in ((left, one), (right, other))
    ]
    import_outlines(_file(*features), source="proba")
    points = [
        {tuple(point) for point in json.loads(row.geometry)["coordinates"][0] if abs(point[0] - 23.1) < 0.01}
        for row in Outline.objects.all()
    ]
    assert points[0] == points[1]
    assert len(points[0]) < len(border)


_BOWTIE = [[[23.0, 46.0], [23.1, 46.1], [23.1, 46.0], [23.0, 46.1], [23.0, 46.0]]]


def test_a_border_that_crosses_itself_is_mended(uat):
    done = import_outlines(
        _file(_feature({"type": "Polygon", "coordinates": _BOWTIE}, natcode=55687)), source="p"
    )
    assert done.uats == 1
    assert json.loads(Outline.objects.get().geometry)["type"] == "MultiPolygon"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"[1, 2",
        b"[" * 100_000,
        b"null",
        b'{"type": "FeatureCollection"}',
        b'{"type": "FeatureCollection", "features": []}',
        b'{"type": "FeatureCollection", "features": {"a": 1}}',
        b'{"type": "Feature", "features": [1]}',
        _file(3),
        _file(None),
        _file({"properties": 3, "geometry": {}}),
        _file(_feature({"type": "Point", "coordinates": [23, 46]}, natcode=55687)),
        _file(_feature({"type": "Polygon"}, natcode=55687)),
        _file(_feature({"type": "Polygon", "coordinates": []}, natcode=55687)),
        _file(_feature({"type": "Polygon", "coordinates": "x"}, natcode=55687)),
        _file(_feature({"type": "Polygon", "coordinates": [[["a", "b"]]]}, natcode=55687)),
        _file(_feature({"type": "Polygon", "coordinates": [[[1, 2], [3]]]}, natcode=55687)),
        _file(_feature({"type": "Polygon", "coordinates": [[[23, 46], [24, 46]]]}, natcode=55687)),
        _file(_feature({"type": "MultiPolygon", "coordinates": SQUARE}, natcode=55687)),
        _file(
            _feature(
                {"type": "Polygon", "coordinates": [[[4e5, 5e5], [4e5, 6e5], [5e5, 5e5], [4e5, 5e5]]]},
                natcode=1,
            )
        ),
        _file(_feature({"type": "Polygon", "coordinates": SQUARE}, natcode=1)),
        _file(
            _feature(natcode=55687), _feature({"type": "LineString", "coordinates": SQUARE[0]}, natcode=55687)
        ),
        b'{"type":"FeatureCollection","features":[{"properties":{"natcode":55687},"geometry":'
        b'{"type":"Polygon","coordinates":[[[NaN,46],[23,Infinity],[23,46],[NaN,46]]]}}]}',
    ],
)
def test_a_damaged_file_changes_nothing(uat, content):
    import_outlines(_file(_feature(natcode=55687)), source="dinainte")
    with pytest.raises(DamagedOutlines) as refused:
        import_outlines(content, source="stricat")
    assert refused.value.problems
    assert Outline.objects.get().source == "dinainte"


def test_a_file_too_large_is_refused(uat, monkeypatch):
    monkeypatch.setattr(outlines, "MAX_BYTES", 10)
    with pytest.raises(DamagedOutlines):
        import_outlines(_file(_feature(natcode=55687)), source="mare")


def test_the_command(uat, tmp_path, capsys):
    file = tmp_path / "contururi.geojson"
    file.write_bytes(_file(_feature(natcode=55687), _feature(natcode=2)))
    call_command("territory", "outlines", str(file))
    told = capsys.readouterr().out
    assert "UAT-uri 1" in told
    assert Outline.objects.get().source == "contururi.geojson"
    file.write_bytes(b"{")
    with pytest.raises(CommandError, match="nimic nu s-a schimbat"):
        call_command("territory", "outlines", str(file))
    with pytest.raises(CommandError):
        call_command("territory", "outlines", str(tmp_path / "nu-este.geojson"))


def test_everybody_may_have_them_and_a_cache_may_keep_them(client, uat):
    empty = client.get(reverse("outlines")).json()
    assert empty == {"type": "FeatureCollection", "features": []}
    import_outlines(_file(_feature(natcode=55687), _feature(countyCode="CJ")), source="proba")
    CountyFactory(code="AB", siruta=10, name="Alba")
    answer = client.get(reverse("outlines"), {"judet": "cj"})
    assert answer.headers["Content-Type"] == "application/geo+json"
    assert "public" in answer.headers["Cache-Control"]
    kinds = [feature["properties"] for feature in answer.json()["features"]]
    assert {one["kind"] for one in kinds} == {"uat", "county"}
    assert {one["name"] for one in kinds} == {"Gherla", "Cluj"}
    assert client.get(reverse("outlines"), {"judet": "AB"}).json()["features"] == []
    again = client.get(
        reverse("outlines"), {"judet": "cj"}, headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304
    assert client.get(reverse("outlines"), {"judet": "\x00'"}).status_code == 200
