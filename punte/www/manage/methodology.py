"""The methodology in force, in words: which rules find what, how severe it is, and on what ground."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from punte.accounts.enums import Capability
from punte.methodology.model import Pack, Rule
from punte.methodology.packs import available_packs
from punte.www.access import SignedIn, needs


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
    known = {**pack.facts, **pack.derived}
    return {
        "code": rule.code,
        "name": rule.name[language],
        "severity": rule.severity,
        "level": rule.level,
        "explanation": rule.explanation[language],
        "condition": rule.condition.text,
        "facts": [known[name].label[language] for name in rule.facts if name in known],
        "source": pack.sources.get(rule.source, rule.source),
    }
