"""Teren as a browser installs it: nobody's data, so for everybody; only who is signed in is told who they are."""

from tests.access.rows import EVERYBODY, Row

_OPEN = {"anonymous": 200, **EVERYBODY}
_PACK = {"name": "sci", "version": "2026.6"}

ROWS: tuple[Row, ...] = (
    Row("teren", _OPEN),
    Row("teren_worker", _OPEN),
    Row("teren_manifest", _OPEN),
    Row("teren_session", EVERYBODY),
    Row("teren_pack_part", _OPEN, {**_PACK, "part": "formular.xml"}),
    Row("teren_pack_part", _OPEN, {**_PACK, "part": "reguli.js"}),
    Row(
        "teren_pack_part",
        {"anonymous|*|case_team": 404},
        {"name": "sci", "version": "0", "part": "reguli.js"},
    ),
)
