"""What the colour of a county's map shows, UAT by UAT, worst first: the same numbers on the map and in the table."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from punte.statistics.models import Extract, PublishedCount
from punte.statistics.picture import CountyPicture, UatRow
from punte.territory.models import Community, Uat
from punte.www.frame.maps.boxes import Box, is_clear
from punte.www.frame.maps.drawing import Frame, Ground, Shade
from punte.www.frame.maps.steps import UNKNOWN, Steps, steps_of
from punte.www.office.needs.views.drawing import NAMED_FROM, county_ground, diamond

_RANKED = 10
# In units of the drawing; a telephone shows less than half of each.
_SETTLEMENT = 6.0
_RANK, _LETTER, _LINE = (36.0, 28.0), 7.4, 16.0


@dataclass(frozen=True)
class Told:
    """What is known of one UAT.

    Attributes:
        value: what the colour shows, the more the worse; None where it is not known.
        need: beside the places, in words.
        words: the value in words, or why it is not known.
    """

    row: UatRow
    value: int | None
    need: str
    words: str

    @property
    def order(self) -> tuple[bool, int, int]:
        """The worst first; of two alike that with more people; the unknown last."""
        return self.value is None, -(self.value or 0), -(self.row.uat.population or 0)


@dataclass(frozen=True)
class Ranked:
    """A UAT of the table beside the map, by its number on both."""

    number: int
    told: Told
    step: str


@dataclass(frozen=True)
class Label:
    """A word on the map: the number of a UAT in the table, or the name of a town (no telephone shows those)."""

    text: str
    x: float
    y: float
    style: str


@dataclass(frozen=True)
class Settlement:
    """A marginalised community on the map, as a small diamond."""

    corners: str
    caption: str
    href: str


@dataclass(frozen=True)
class Legend:
    """A step with what it means and how many UATs it has."""

    step: str
    words: str
    uats: int


@dataclass(frozen=True)
class Words:
    """What the colour shows, the headings of the need and of the value, and what a value of zero means."""

    title: str
    need: str
    value: str
    zero: str


@dataclass(frozen=True)
class Shading:
    """A shaded county; `worst` are the first UATs that are not well, numbered; `communities` those with a place."""

    words: Words
    worst: Sequence[Ranked]
    legend: Sequence[Legend]
    ground: Ground
    labels: Sequence[Label]
    communities: Sequence[Settlement]


def shading_of(picture: CountyPicture, code: str, name: str) -> Shading:
    """The map of a county.

    Args:
        code, name: of the finding that the colour shows; without one it shows what is missing or how far it is.
    """
    if code and picture.extract:
        told = list(_shares(picture, code, picture.extract))
        title = _("Households with: %(finding)s, of 100 assessed") % {"finding": name}
        return _shaded(picture, told, Words(title, _("Have it"), _("of 100"), _("nobody")))
    if picture.kind:
        told = [_distance(row) for row in picture.rows]
        title = _("How far the nearest is, in km")
        words = Words(title, _("Asked"), pgettext("needs", "km"), _("there is one in the UAT"))
        return _shaded(picture, told, words)
    told = [_missing(row) for row in picture.rows]
    title = _("Kinds of service asked for, none within %(km)s km") % {"km": picture.near_km}
    return _shaded(picture, told, Words(title, _("Asked"), _("Missing"), pgettext("needs", "none missing")))


def shown_findings(picture: CountyPicture) -> list[str]:
    """The codes of which at least one UAT of the county has a published number."""
    if picture.extract is None:
        return []
    counts = picture.extract.counts.filter(county=picture.county, uat__isnull=False, households__isnull=False)
    return list(counts.exclude(code="").order_by("code").values_list("code", flat=True).distinct())


def _missing(row: UatRow) -> Told:
    if not row.needs and not row.missing:
        return Told(row, None, "–", _("states no need"))
    return Told(row, len(row.missing), str(len(row.needs)), str(len(row.missing)))


def _distance(row: UatRow) -> Told:
    nearest = row.reach[0].nearest if row.reach else None
    need = str(len(row.needs)) if row.needs else "–"
    if nearest is None:
        return Told(row, None, need, _("none known"))
    kilometres = 0 if row.here.services else max(1, round(nearest.km))
    return Told(row, kilometres, need, str(kilometres))


def _shares(picture: CountyPicture, code: str, extract: Extract) -> Iterable[Told]:
    """Of those assessed in each UAT, how many of a hundred have the finding, as far as both numbers are published."""
    counts = extract.counts.filter(county=picture.county, uat__isnull=False, code=code)
    found: dict[int | None, PublishedCount] = {count.uat_id: count for count in counts}
    for row in picture.rows:
        yield _share(row, found.get(row.uat.pk))


def _share(row: UatRow, count: PublishedCount | None) -> Told:
    if row.assessed is None:
        return Told(row, None, "–", _("nobody assessed"))
    if row.assessed.households is None or (count is not None and count.households is None):
        return Told(row, None, "–", pgettext("needs", "held back"))
    # Where nobody has it no number is published, and none is held back.
    have, assessed = (count.households or 0) if count else 0, row.assessed.households
    share = round(100 * have / assessed)
    need = _("%(have)s of %(all)s") % {"have": have, "all": assessed}
    return Told(row, share, need, str(share))


def _shaded(picture: CountyPicture, told: Sequence[Told], words: Words) -> Shading:
    steps = steps_of(one.value for one in told)
    worst = [
        Ranked(number, one, steps.of(one.value))
        for number, one in enumerate(sorted(told, key=lambda one: one.order)[:_RANKED], start=1)
        if one.value
    ]
    seats = {
        one.row.uat.pk: (one.row.uat.longitude, one.row.uat.latitude)
        for one in told
        if one.row.uat.longitude is not None and one.row.uat.latitude is not None
    }
    shades = {one.row.uat.pk: _shade(one, steps, words, picture.near_km) for one in told}
    frame, below = county_ground(picture.county, seats, shades)
    labels, communities = _labels(told, worst, frame), list(_communities(picture, frame))
    return Shading(words, worst, list(_legend(told, steps, words)), below, labels, communities)


def _communities(picture: CountyPicture, frame: Frame) -> Iterable[Settlement]:
    """Those of the county whose place is known (R170)."""
    placed = Community.objects.filter(
        uat__county=picture.county, latitude__isnull=False, longitude__isnull=False
    )
    for one in placed.select_related("uat"):
        x, y = frame.at(one.longitude or 0.0, one.latitude or 0.0)
        href = f"{reverse('needs_uat', args=[one.uat_id])}?km={picture.near_km}"
        caption = _("%(community)s, a marginalised community in %(uat)s") % {
            "community": one.name,
            "uat": one.uat.name,
        }
        yield Settlement(diamond(x, y, _SETTLEMENT), caption, href)


def _shade(told: Told, steps: Steps, words: Words, km: int) -> Shade:
    caption = f"{told.row.uat.name}: {told.words} ({words.value})" if told.value is not None else ""
    href = f"{reverse('needs_uat', args=[told.row.uat.pk])}?km={km}"
    return Shade(steps.of(told.value), caption or f"{told.row.uat.name}: {told.words}", href)


def _legend(told: Sequence[Told], steps: Steps, words: Words) -> Iterable[Legend]:
    """Each step that some UAT has, the worst first."""
    uats = Counter(steps.of(one.value) for one in told)
    for step, first, last in steps.named:
        yield Legend(step, str(first) if first == last else f"{first}–{last}", uats[step])
    if uats["step1"]:
        yield Legend("step1", words.zero, uats["step1"])
    if uats[UNKNOWN]:
        why = dict.fromkeys(one.words for one in told if one.value is None)
        yield Legend(UNKNOWN, ", ".join(why), uats[UNKNOWN])


def _labels(told: Sequence[Told], worst: Sequence[Ranked], frame: Frame) -> list[Label]:
    """The numbers of the table, then the names of large towns, none upon another; what has no room is left out."""
    taken: list[Box] = []
    found: list[Label] = []

    def put(uat: Uat, text: str, style: str, size: tuple[float, float], shifts: Sequence[float]) -> None:
        if uat.longitude is None or uat.latitude is None:
            return
        x, y = frame.at(uat.longitude, uat.latitude)
        for shift in shifts:
            box = Box(x, y + shift, *size).within(frame.width, frame.height)
            if is_clear(box, taken):
                taken.append(box)
                # A word stands on its line, a third of its height below its middle.
                found.append(Label(text, round(box.x, 1), round(box.y + size[1] / 3, 1), style))
                return

    for one in worst:
        put(one.told.row.uat, str(one.number), "nth", _RANK, (0, -_RANK[1], _RANK[1]))
    for uat in sorted((one.row.uat for one in told), key=lambda uat: -(uat.population or 0)):
        if (uat.population or 0) >= NAMED_FROM:
            put(uat, uat.name, "name", (len(uat.name) * _LETTER, _LINE), (0, -_LINE, _LINE, -30, 30))
    return found
