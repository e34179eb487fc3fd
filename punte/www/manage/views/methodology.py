"""The methodology in force, in words: which rules find what, how severe it is, and on what ground."""

import re
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from punte.accounts.enums import Capability
from punte.methodology.model import DerivedFact, Fact, Pack, Rule
from punte.methodology.packs import available_packs
from punte.www.frame.access import SignedIn, needs


@require_GET
@needs(Capability.SEE_METHODOLOGY)
def methodology(request: SignedIn) -> HttpResponse:
    """Every pack with its version, and its rules by dimension."""
    language = (get_language() or "ro")[:2]
    packs = [_shown(pack, language) for pack in available_packs()]
    return render(request, "manage/methodology.html", {"packs": packs})


def _shown(pack: Pack, language: str) -> dict[str, Any]:
    dimensions: dict[str, list[dict[str, Any]]] = {key: [] for key in pack.dimensions}
    for rule in pack.rules.values():
        dimensions.setdefault(rule.dimension, []).append(_rule(pack, rule, language))
    return {
        "title": pack.title[language],
        "version": pack.version,
        "valid_from": pack.valid_from,
        "sources": list(pack.sources.values()),
        "dimensions": [
            (pack.dimensions[key][language] if key in pack.dimensions else key, rules)
            for key, rules in dimensions.items()
            if rules
        ],
    }


def _rule(pack: Pack, rule: Rule, language: str) -> dict[str, Any]:
    known: dict[str, Fact | DerivedFact] = {**pack.facts, **pack.derived}
    return {
        "code": rule.code,
        "name": rule.name[language],
        "severity": rule.severity,
        "level": rule.level,
        "explanation": _spoken(rule, {name: fact.label[language] for name, fact in known.items()}, language),
        "condition": rule.condition.text,
        "facts": [known[name].label[language] for name in rule.facts if name in known],
        "source": pack.sources.get(rule.source, rule.source),
    }


def _spoken(rule: Rule, labels: dict[str, str], language: str) -> str:
    """The sentence that explains a finding, with the questions named where the answers would stand."""

    def named(place: re.Match[str]) -> str:
        name = place[1]
        if name == "parts":
            return "; ".join(_HOLE.sub(named, part.text[language]) for part in rule.parts)
        return f"[{labels[name]}]" if name in labels else "…"

    return _HOLE.sub(named, rule.explanation[language])


_HOLE = re.compile(r"\{(\w+)\}")
