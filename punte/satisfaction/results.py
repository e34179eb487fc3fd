"""What people think of services, quarter by quarter: nothing below five answers, and no small number."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from punte.satisfaction.forms_of_services import SCALE, OpinionForm, opinion_forms
from punte.satisfaction.models import Opinion

LEAST = 5


@dataclass(frozen=True)
class Told:
    """A question with how many chose each answer, the best first; None where the number is hidden."""

    question: Mapping[str, str]
    numbers: Sequence[int | None]


@dataclass(frozen=True)
class Period:
    """A quarter of a service.

    Attributes:
        many: how many answered; None below five.
        words: what they wrote, in an order that says nothing; only with five answers or more.
    """

    name: str
    many: int | None
    questions: Sequence[Told] = ()
    words: Sequence[str] = ()


def results_of(services: Collection[UUID]) -> dict[UUID, list[Period]]:
    """Of each service its quarters with answers, the newest first (one query)."""
    found: dict[UUID, dict[str, list[Opinion]]] = {}
    for one in Opinion.objects.filter(service__in=services).order_by("id"):
        found.setdefault(one.service_id, {}).setdefault(_quarter(one.month), []).append(one)
    forms = opinion_forms()
    return {
        service: [_period(name, quarters[name], forms) for name in sorted(quarters, reverse=True)]
        for service, quarters in found.items()
    }


def told(counts: Mapping[str, int]) -> list[int | None]:
    """The numbers of a question that may be told: none from 1 to 4, and none that follows from the others."""
    hidden = {answer for answer in SCALE if 0 < counts.get(answer, 0) < LEAST}
    sizes = sorted((counts.get(answer, 0), answer) for answer in SCALE if answer not in hidden)
    others = [answer for size, answer in sizes if size]
    if len(hidden) == 1 or 0 < sum(counts.get(answer, 0) for answer in hidden) < LEAST:
        # What is hidden would follow from how many answered; where nothing else can hide it, all is hidden.
        hidden |= set(others[:1] or SCALE)
    return [None if answer in hidden else counts.get(answer, 0) for answer in SCALE]


def _period(name: str, opinions: Sequence[Opinion], forms: Mapping[str, OpinionForm]) -> Period:
    if len(opinions) < LEAST:
        return Period(name, None)
    asked: dict[str, Mapping[str, str]] = {}
    for one in opinions:
        if one.form in forms:
            asked |= forms[one.form].questions
    questions = [Told(text, told(_counts(key, opinions))) for key, text in asked.items()]
    return Period(name, len(opinions), questions, [one.words for one in opinions if one.words])


def _counts(question: str, opinions: Iterable[Opinion]) -> Mapping[str, int]:
    return Counter(one.answers[question] for one in opinions if one.answers.get(question))


def _quarter(month: str) -> str:
    return f"{month[:4]}-{(int(month[5:]) + 2) // 3}"
