"""Looking back: did scores foresee what happened, and what changed between a first and a later round of visits?"""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from punte.accounts.enums import Capability as Can
from punte.assessments.packs import current_version, pack_of
from punte.methodology.model import Text
from punte.statistics.lookback.questions import Question, answered, questions, rounds
from punte.statistics.lookback.reckoning import LookedBack, Share, Unequal
from punte.territory.models import Uat
from punte.www.frame.access import SignedIn, needs

_PACK = "sci"


@require_safe
@needs(Can.SEE_TOTALS)
def lookback(request: SignedIn) -> HttpResponse:
    """All questions, each with what it comes to in a sentence."""
    asked = [(one, _said(one.title), _said(one.asks), answered(one)) for one in questions().values()]
    return render(request, "office_needs/lookback.html", {"asked": asked})


@require_safe
@needs(Can.SEE_TOTALS)
def lookback_question(request: SignedIn, key: str) -> HttpResponse:
    """One question: by score, by decision, with overrides, by group."""
    question = questions().get(key)
    if question is None:
        raise Http404
    answer = answered(question)
    context: dict[str, Any] = {
        "question": question,
        "title": _said(question.title),
        "asks": _said(question.asks),
        "happened": _said(question.happened),
        "answer": answer,
    }
    if answer:
        context |= {
            "tables": _tables(question, answer),
            "unequal": [(*_unequal(question, one), one.its, one.others) for one in answer.unequal],
            "right": round(100 * answer.told_apart) if answer.told_apart is not None else None,
        }
    return render(request, "office_needs/lookback_question.html", context)


@require_safe
@needs(Can.SEE_TOTALS)
def lookback_rounds(request: SignedIn) -> HttpResponse:
    """What changed in each place, dimension by dimension, in the homes that were visited twice."""
    found = rounds()
    named = {place for place, is_community, _dimension in found or () if not is_community}
    names = {str(pk): name for pk, name in Uat.objects.filter(pk__in=named).values_list("pk", "name")}
    version = current_version(_PACK)
    dimensions = pack_of(version).dimensions if version else {}
    rows = [
        (
            place if is_community else names.get(place, place),
            _said(dimensions[dimension]) if dimension in dimensions else dimension,
            change,
        )
        for (place, is_community, dimension), change in (found or {}).items()
    ]
    rows.sort(key=lambda row: (not row[2].first.is_enough, row[0], row[1]))
    enough = [row for row in rows if row[2].first.is_enough]
    without = sorted({row[0] for row in rows if not row[2].first.is_enough})
    context = {"rows": enough, "without": without, "made": found is not None}
    return render(request, "office_needs/lookback_rounds.html", context)


def _tables(question: Question, answer: LookedBack) -> list[tuple[str, list[tuple[str, Share]]]]:
    tables = [
        (_("By score"), _rows(question.bands, answer.bands)),
        (_("By decision"), _rows(question.decisions, answer.decisions)),
        (
            _("Decided otherwise than the score says"),
            [
                (_said(question.overridden), answer.overridden),
                (_("decided as the score says"), answer.followed),
            ],
        ),
    ]
    for name, group in question.groups.items():
        tables.append((_said(group.title), _rows(group.values, answer.groups.get(name, {}))))
    return tables


def _rows(names: Mapping[str, Text], shares: Mapping[str, Share]) -> list[tuple[str, Share]]:
    nobody = Share(0, 0)
    listed = [(_said(name), shares.get(code, nobody)) for code, name in names.items()]
    return listed + [(code, share) for code, share in shares.items() if code not in names]


def _unequal(question: Question, one: Unequal) -> tuple[str, str]:
    group = question.groups[one.group]
    return _said(group.values.get(one.value, {"ro": one.value})), _said(question.bands[one.band])


def _said(text: Text) -> str:
    return text.get(get_language() or "ro") or text["ro"]
