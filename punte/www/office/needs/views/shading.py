"""What the colour of a county's map shows, UAT by UAT, worst first: the same numbers on the map and in the table."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from punte.statistics.models import Extract, PublishedCount
from punte.statistics.picture import CountyPicture, UatRow
from punte.territory.models import Community, County, Uat
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
        value: what the colour shows, the more the darker; None where it is not known.
        words: the value in words, or why it is not known.
        href: where its area leads.
    """

    uat: Uat
    value: int | None
    words: str
    href: str

    @property
    def order(self) -> tuple[bool, int, int]:
        """The darkest first; of two alike that with more people; the unknown last."""
        return self.value is None, -(self.value or 0), -(self.uat.population or 0)


@dataclass(frozen=True)
class Needing(Told):
    """What is known of the needs of one UAT; `need` stands beside its places, in words."""

    row: UatRow
    need: str


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
    """What the colour shows, the heading of the value, what a value of zero means, and the heading of the need."""

    title: str
    value: str
    zero: str
    need: str = ""


@dataclass(frozen=True)
class Shading:
    """A shaded county; `worst` are the first UATs that have a colour, numbered; `communities` those with a place."""

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
        return _of_needs(picture, told, Words(title, _("of 100"), _("nobody"), _("Have it")))
    if picture.kind:
        told = [_distance(row, picture.near_km) for row in picture.rows]
        title = _("How far the nearest is, in km")
        words = Words(title, pgettext("needs", "km"), _("there is one in the UAT"), _("Asked"))
        return _of_needs(picture, told, words)
    told = [_missing(row, picture.near_km) for row in picture.rows]
    title = _("Kinds of service asked for, none within %(km)s km") % {"km": picture.near_km}
    words = Words(title, _("Missing"), pgettext("needs", "none missing"), _("Asked"))
    return _of_needs(picture, told, words)


def shown_findings(picture: CountyPicture) -> list[str]:
    """The codes of which at least one UAT of the county has a published number."""
    if picture.extract is None:
        return []
    counts = picture.extract.counts.filter(county=picture.county, uat__isnull=False, households__isnull=False)
    return list(counts.exclude(code="").order_by("code").values_list("code", flat=True).distinct())


def _needing(row: UatRow, km: int, value: int | None, need: str, words: str) -> Needing:
    href = f"{reverse('needs_uat', args=[row.uat.pk])}?km={km}"
    return Needing(row.uat, value, words, href, row, need)


def _missing(row: UatRow, km: int) -> Needing:
    if not row.needs and not row.missing:
        return _needing(row, km, None, "–", _("states no need"))
    return _needing(row, km, len(row.missing), str(len(row.needs)), str(len(row.missing)))


def _distance(row: UatRow, km: int) -> Needing:
    nearest = row.reach[0].nearest if row.reach else None
    need = str(len(row.needs)) if row.needs else "–"
    if nearest is None:
        return _needing(row, km, None, need, _("none known"))
    kilometres = 0 if row.here.services else max(1, round(nearest.km))
    return _needing(row, km, kilometres, need, str(kilometres))


def _shares(picture: CountyPicture, code: str, extract: Extract) -> Iterable[Needing]:
    """Of those assessed in each UAT, how many of a hundred have the finding, as far as both numbers are published."""
    counts = extract.counts.filter(county=picture.county, uat__isnull=False, code=code)
    found: dict[int | None, PublishedCount] = {count.uat_id: count for count in counts}
    for row in picture.rows:
        yield _share(row, picture.near_km, found.get(row.uat.pk))


def _share(row: UatRow, km: int, count: PublishedCount | None) -> Needing:
    if row.assessed is None:
        return _needing(row, km, None, "–", _("nobody assessed"))
    if row.assessed.households is None or (count is not None and count.households is None):
        return _needing(row, km, None, "–", pgettext("needs", "held back"))
    # Where nobody has it no number is published, and none is held back.
    have, assessed = (count.households or 0) if count else 0, row.assessed.households
    share = round(100 * have / assessed)
    need = _("%(have)s of %(all)s") % {"have": have, "all": assessed}
    return _needing(row, km, share, need, str(share))


def _of_needs(picture: CountyPicture, told: Sequence[Needing], words: Words) -> Shading:
    return shaded(picture.county, told, words, lambda frame: list(_communities(picture, frame)))


def shaded(
    county: County,
    told: Sequence[Told],
    words: Words,
    settlements: Callable[[Frame], Sequence[Settlement]] = lambda _frame: (),
) -> Shading:
    """The map of a county with its UATs in the colours of what is told of them.

    Args:
        settlements: what else stands on the drawing.
    """
    steps = steps_of(one.value for one in told)
    worst = [
        Ranked(number, one, steps.of(one.value))
        for number, one in enumerate(sorted(told, key=lambda one: one.order)[:_RANKED], start=1)
        if one.value
    ]
    seats = {
        one.uat.pk: (one.uat.longitude, one.uat.latitude)
        for one in told
        if one.uat.longitude is not None and one.uat.latitude is not None
    }
    shades = {one.uat.pk: _shade(one, steps, words) for one in told}
    frame, below = county_ground(county, seats, shades)
    legend = list(_legend(told, steps, words))
    return Shading(words, worst, legend, below, _labels(told, worst, frame), settlements(frame))


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


def _shade(told: Told, steps: Steps, words: Words) -> Shade:
    caption = f"{told.uat.name}: {told.words} ({words.value})" if told.value is not None else ""
    return Shade(steps.of(told.value), caption or f"{told.uat.name}: {told.words}", told.href)


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
        put(one.told.uat, str(one.number), "nth", _RANK, (0, -_RANK[1], _RANK[1]))
    for uat in sorted((one.uat for one in told), key=lambda uat: -(uat.population or 0)):
        if (uat.population or 0) >= NAMED_FROM:
            put(uat, uat.name, "name", (len(uat.name) * _LETTER, _LINE), (0, -_LINE, _LINE, -30, 30))
    return found
