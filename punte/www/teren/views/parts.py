"""The parts of a pack that a device keeps: the questionnaire, its rules, and what a plan is proposed from."""

import json
from collections.abc import Callable
from functools import lru_cache

from punte.fieldwork.pull.packs import pack_parts
from punte.methodology.forms import compile_form
from punte.methodology.javascript import compile_pack
from punte.methodology.model import Pack


@lru_cache(maxsize=16)
def _rules(pack: Pack) -> str:
    return compile_pack(pack)


@lru_cache(maxsize=16)
def _rest(pack: Pack) -> str:
    return json.dumps(pack_parts(pack), ensure_ascii=False, separators=(",", ":"))


PARTS: dict[str, tuple[Callable[[Pack], str], str]] = {
    "formular.xml": (compile_form, "text/xml; charset=utf-8"),
    "reguli.js": (_rules, "text/javascript; charset=utf-8"),
    "parti.json": (_rest, "application/json"),
}
