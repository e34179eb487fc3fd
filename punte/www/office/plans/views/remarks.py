"""What the check finds, by cause: filtered, with how much of it is settled, each question answered in its place."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
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
    """The remarks of one rule."""

    title: str
    weight: str
    advice: str
    told: list[Told]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*WORKERS)
def plan_remarks(request: SignedIn, pk: UUID) -> HttpResponse:
    """What does not add up, by cause; each place leads to its row, each question may be answered."""
    page = PlanPage.open(request, pk)
    answers = page.plan.answers
    key = request.GET.get("raspuns", "")
    form = FormPage(request, AnswerForm, initial={"key": key, "answer": answers.get(key, "")})
    if form.attempt(lambda given: answer_remark(by=request.user, plan=page.plan, **given)):
        return form.done(_("The answer was noted."), "plan_remarks", pk)
    asked = request.POST.get("key", "") or key
    state = _one_of(STATES, request.GET.get("ce"), TO_SETTLE)
    chapter = _one_of([one.slug for one in CHAPTERS], request.GET.get("capitol"), "")
    here = [one for one in page.remarks if not chapter or chapter_of(one.section).slug == chapter]
    shown = [one for one in here if _is(one, state, answers) or one.key == asked]
    return page.show(
        "remarks",
        form=form,
        here="remarks",
        causes=_causes(shown, answers, asked if page.edits else ""),
        states=[
            (word, label, sum(_is(one, word, answers) for one in here)) for word, label in STATES.items()
        ],
        state=state,
        parts=_parts(page.remarks, state, answers),
        part=chapter,
        settled=sum(one.key in answers for one in page.remarks),
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


def _parts(remarks: Iterable[Remark], state: str, answers: dict[str, str]) -> list[tuple[str, object, int]]:
    """The chapters that have something of what is shown, and how much."""
    counted = Counter(chapter_of(one.section).slug for one in remarks if _is(one, state, answers))
    return [(one.slug, one.title, counted[one.slug]) for one in CHAPTERS if counted[one.slug]]


def _causes(remarks: Iterable[Remark], answers: dict[str, str], asked: str) -> list[Cause]:
    """Remarks by the rule that found them; errors first, then what is found most often."""
    by_kind: dict[str, list[Remark]] = defaultdict(list)
    for remark in remarks:
        by_kind[remark.kind].append(remark)
    groups = sorted(by_kind.values(), key=lambda group: (group[0].weight != Weight.ERROR, -len(group)))
    return [
        Cause(
            title=group[0].title,
            weight=group[0].weight,
            advice=group[0].advice,
            told=[Told(one, answers.get(one.key, ""), one.key == asked) for one in group],
        )
        for group in groups
    ]
