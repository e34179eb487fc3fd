"""What the check finds, by cause: filtered, with how much of it is settled, each question answered in its place."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from punte.annual_plans.actions import answer_remark
from punte.annual_plans.checks.remark import Remark, Weight
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.form_page import FormPage
from punte.www.office.plans.forms.rows import AnswerForm
from punte.www.office.plans.views.chapters import CHAPTERS, chapter_of
from punte.www.office.plans.views.plan_page import WORKERS, PlanPage

STATES: dict[str, str | Promise] = {
    "de-lamurit": pgettext_lazy("remarks of a plan", "To settle"),
    "greseli": pgettext_lazy("remarks of a plan", "Errors"),
    "intrebari": pgettext_lazy("remarks of a plan", "Questions"),
    "lamurite": pgettext_lazy("remarks of a plan", "Settled"),
}
"""What the page shows, by the word of its address."""
TO_SETTLE, ERRORS, QUESTIONS, SETTLED = STATES


@dataclass(frozen=True)
class Told:
    """A remark on the page: what was answered to it, and whether it is being answered now."""

    remark: Remark
    answer: str
    asked: bool


@dataclass(frozen=True)
class Cause:
    """The remarks of one rule that are shown, and how many of all that it made are settled."""

    kind: str
    title: str
    weight: str
    advice: str
    told: list[Told]
    settled: int
    every: int


@dataclass(frozen=True)
class Filter:
    """What of the remarks is shown: their state, and the chapter and the cause where one is chosen."""

    state: str
    part: str
    kind: str

    @classmethod
    def read(cls, given: QueryDict, remarks: Iterable[Remark]) -> "Filter":
        """The filter that an address says; words that it does not know are as if they were not there."""
        return cls(
            _one_of(STATES, given.get("ce"), TO_SETTLE),
            _one_of([one.slug for one in CHAPTERS], given.get("capitol"), ""),
            _one_of({one.kind for one in remarks}, given.get("cauza"), ""),
        )

    @property
    def query(self) -> str:
        """The filter as an address says it."""
        said = {"ce": self.state, "capitol": self.part, "cauza": self.kind}
        return urlencode({word: value for word, value in said.items() if value})

    def but(self, **changed: str) -> str:
        """The address of the same filter with something else chosen."""
        return f"?{replace(self, **changed).query}"

    def narrows(self, remark: Remark) -> bool:
        """Whether a remark is of the chosen chapter and cause."""
        here = not self.part or chapter_of(remark.section).slug == self.part
        return here and (not self.kind or remark.kind == self.kind)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*WORKERS)
def plan_remarks(request: SignedIn, pk: UUID) -> HttpResponse:
    """What does not add up, by cause; each place leads to its row, each question may be answered."""
    page = PlanPage.open(request, pk)
    answers = page.plan.answers
    key = request.GET.get("raspuns", "")
    chosen = Filter.read(request.GET, page.remarks)
    form = FormPage(request, AnswerForm, initial={"key": key, "answer": answers.get(key, "")})
    if form.attempt(lambda given: answer_remark(by=request.user, plan=page.plan, **given)):
        return form.done(_("The answer was noted."), f"{reverse('plan_remarks', args=[pk])}?{chosen.query}")
    asked = request.POST.get("key", "") or key
    here = [one for one in page.remarks if chosen.narrows(one)]
    shown = [one for one in here if _is(one, chosen.state, answers) or one.key == asked]
    return page.show(
        "remarks",
        form=form,
        here="remarks",
        causes=_causes(shown, page.remarks, answers, asked if page.edits else ""),
        states=[
            (
                chosen.but(state=word),
                label,
                sum(_is(one, word, answers) for one in here),
                word == chosen.state,
            )
            for word, label in STATES.items()
        ],
        chosen=chosen,
        whole=chosen.but(part="", kind=""),
        parts=_parts(page.remarks, chosen, answers),
        kinds=_kinds(page.remarks, chosen, answers),
        settled=sum(one.key in answers for one in page.remarks),
        errors=sum(one.weight == Weight.ERROR for one in page.remarks),
        every=len(page.remarks),
    )


def _one_of(known: Iterable[str], wanted: str | None, otherwise: str) -> str:
    return wanted if wanted and wanted in known else otherwise


def _is(remark: Remark, state: str, answers: dict[str, str]) -> bool:
    if state == SETTLED:
        return remark.key in answers
    if state == ERRORS:
        return remark.weight == Weight.ERROR
    if state == QUESTIONS:
        return remark.weight == Weight.QUESTION and remark.key not in answers
    return remark.key not in answers


def _parts(
    remarks: Iterable[Remark], chosen: Filter, answers: dict[str, str]
) -> list[tuple[str, object, int, bool]]:
    """The chapters that have something of what is shown: address, title, how much, and whether it is chosen."""
    counted = Counter(
        chapter_of(one.section).slug
        for one in remarks
        if _is(one, chosen.state, answers) and chosen.kind in ("", one.kind)
    )
    return [
        (chosen.but(part=one.slug), one.title, counted[one.slug], one.slug == chosen.part)
        for one in CHAPTERS
        if counted[one.slug]
    ]


def _kinds(
    remarks: Iterable[Remark], chosen: Filter, answers: dict[str, str]
) -> list[tuple[str, str, int, bool]]:
    """The causes that have something of what is shown, the most frequent first, as the chapters are."""
    counted = Counter(
        (one.kind, one.title)
        for one in remarks
        if _is(one, chosen.state, answers) and chosen.part in ("", chapter_of(one.section).slug)
    )
    return [
        (chosen.but(kind=kind), title, count, kind == chosen.kind)
        for (kind, title), count in counted.most_common()
    ]


def _causes(
    shown: Iterable[Remark], remarks: Iterable[Remark], answers: dict[str, str], asked: str
) -> list[Cause]:
    """What is shown by the rule that found it; errors first, then what is found most often."""
    by_kind: dict[str, list[Remark]] = defaultdict(list)
    for remark in shown:
        by_kind[remark.kind].append(remark)
    every = Counter(one.kind for one in remarks)
    settled = Counter(one.kind for one in remarks if one.key in answers)
    groups = sorted(by_kind.values(), key=lambda group: (group[0].weight != Weight.ERROR, -len(group)))
    return [
        Cause(
            kind=group[0].kind,
            title=group[0].title,
            weight=group[0].weight,
            advice=group[0].advice,
            told=[Told(one, answers.get(one.key, ""), one.key == asked) for one in group],
            settled=settled[group[0].kind],
            every=every[group[0].kind],
        )
        for group in groups
    ]
