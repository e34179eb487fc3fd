"""The levels of one person in time, as a picture and as a table."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from punte.accounts.enums import SEALED_COMPARTMENTS, Capability
from punte.accounts.verbs import record_read
from punte.assessments.models import Assessment
from punte.assessments.packs import pack_of
from punte.methodology.model import Score
from punte.people.compartments import compartments_of
from punte.people.models import Household
from punte.registers.catalogue import definitions
from punte.registers.levels import Step, course_of
from punte.registers.sight import Sight
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.findings import in_language

_WIDTH, _ROW, _LEFT = 600, 28, 130
_MOST_SHOWN = 60


@dataclass(frozen=True)
class Drawn:
    """One score as a picture: a line of steps over the bands, the highest above."""

    label: str
    steps: list[Step]
    bands: list[tuple[str, int]]
    points: str
    marks: list[tuple[int, int, Step]]
    height: int
    proposal: bool
    source: str

    @property
    def last(self) -> Step:
        """What stands."""
        return self.steps[-1]


@require_GET
@needs(Capability.SEE_PEOPLE)
def assessment_course(request: SignedIn, household: UUID, pack: str, person: UUID) -> HttpResponse:
    """What the scores of a questionnaire said of a person, each time, and which level stands."""
    user = request.user
    home = fetch(Household.objects.visible_to(user), pk=household)
    compartments = compartments_of(user, home)
    seen = Assessment.objects.visible_to(user).opened_with(compartments).filter(household=home, person=person)
    rows = seen.filter(pack__name=pack).select_related("pack", "person", "by").order_by("-visited_on")
    made = list(rows.prefetch_related("finding_sets")[:_MOST_SHOWN])
    if not made or made[0].person is None:
        raise Http404
    whose, now = made[0].person, pack_of(made[0].pack)
    record_read(by=user, what="assessment_course", keeper=home.keeper_id, household=home.pk, person=whose.pk)
    drawn = [
        draw(score, steps)
        for score in now.scores.values()
        if score.compartment in compartments and (steps := course_of(user, now, score, whose, made))
    ]
    asks = [definitions()[one.lowered_by] for one in now.scores.values() if one.lowered_by in definitions()]
    context = {
        "household": home,
        "person": whose,
        "pack": pack,
        "title": in_language(now.title),
        "drawn": drawn,
        "lowering": next((one for one in asks if Sight(user, whose).writes(one)), None),
        "leave": now.opens_with in SEALED_COMPARTMENTS,
    }
    return render(request, "office_assessments/course.html", context)


def draw(score: Score, steps: list[Step]) -> Drawn:
    """A score in time: days from left to right, what stands as a line, what the answers showed as marks."""
    starts = [band.start for band in score.bands]
    first, last = steps[0].day, steps[-1].day
    days = max((last - first).days, 1)
    height = _ROW * len(starts)

    def x(step: Step) -> int:
        return _LEFT + round((_WIDTH - _LEFT - 20) * (step.day - first).days / days)

    def y(start: Decimal) -> int:
        return height - _ROW * starts.index(start) - _ROW // 2

    corners: list[tuple[int, int]] = []
    for step in steps:
        if corners:
            corners.append((x(step), corners[-1][1]))
        corners.append((x(step), y(step.stands.start)))
    marks = [
        (x(step), y(score.band_of(step.value).start if step.value is not None else step.stands.start), step)
        for step in steps
    ]
    return Drawn(
        label=in_language(score.label),
        steps=steps,
        bands=[(in_language(band.name), y(band.start)) for band in score.bands],
        points=" ".join(f"{left},{top}" for left, top in corners),
        marks=marks,
        height=height,
        proposal=score.is_proposal,
        source=score.source,
    )
