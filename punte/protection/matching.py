"""Which families fit a child, and why: pure, and without a name. A person decides."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from punte.protection.criteria import Criteria, Criterion
from punte.territory.distance import kilometres

Point = tuple[float, float]


@dataclass(frozen=True)
class Wanted:
    """The children for whom one family is looked for.

    Attributes:
        ages: in completed years; of whose birth date is not known none.
        sexes: "f" and "m", of those known.
        needs: as the attestation names them.
        together: how many children.
        place: the town or commune where they live now; empty where it is not known.
        point: where that is.
    """

    ages: Sequence[int]
    sexes: frozenset[str]
    needs: frozenset[str]
    together: int
    place: str = ""
    point: Point | None = None


@dataclass(frozen=True)
class Family:
    """A family with an attestation, without a name; what it did not say is None or empty."""

    key: UUID
    free: int
    age_from: int | None = None
    age_to: int | None = None
    sex: str = ""
    needs: frozenset[str] = frozenset()
    siblings: bool | None = None
    place: str = ""
    point: Point | None = None


@dataclass(frozen=True)
class Reason:
    """One criterion and whether it is met; `met` is None where nothing is known of it."""

    criterion: Criterion
    met: bool | None
    detail: int | None = None


@dataclass(frozen=True)
class Fit:
    """How a family fits.

    Attributes:
        fits: whether everything strict is met.
        widened: the strict ones that are not met and may be passed over in a wider search.
    """

    family: Family
    reasons: tuple[Reason, ...]
    fits: bool
    widened: tuple[Reason, ...]

    @property
    def points(self) -> int:
        """What it comes to in the order."""
        return sum(one.criterion.points for one in self.reasons if one.met)


def ranked(wanted: Wanted, families: Iterable[Family], by: Criteria, *, wider: bool) -> list[Fit]:
    """The families that fit, the best first; in a wider search also those that miss what may be passed over.

    Whoever meets everything strict stands before whoever does not; then by points, then by distance.
    """
    found = [one for one in (fit(wanted, family, by) for family in families) if _is_candidate(one, wider)]
    return sorted(found, key=lambda one: (len(one.widened), -one.points, _far(one), str(one.family.key)))


def fit(wanted: Wanted, family: Family, by: Criteria) -> Fit:
    """How one family fits. What is not known of it is held neither for it nor against it, except free places."""
    reasons = tuple(_judged(one, wanted, family) for one in by.each.values() if _asked(one, wanted))
    missed = tuple(one for one in reasons if one.criterion.strict and one.met is False)
    return Fit(family, reasons, not missed, missed)


def _is_candidate(one: Fit, wider: bool) -> bool:
    return one.fits or (wider and all(_may_pass(reason) for reason in one.widened))


def _may_pass(reason: Reason) -> bool:
    """Whether a wider search passes over it; of an age, where it is off by no more than the measure."""
    limit = reason.criterion.measure
    near = reason.criterion.key != "age" or not limit or (reason.detail or 0) <= limit
    return reason.criterion.relaxes and near


def _far(one: Fit) -> int:
    found = next((reason.detail for reason in one.reasons if reason.criterion.key == "distance"), None)
    return found if found is not None else 10_000


def _asked(one: Criterion, wanted: Wanted) -> bool:
    """Whether it says anything of these children."""
    match one.key:
        case "siblings":
            return wanted.together > 1
        case "needs":
            return bool(wanted.needs)
        case "age":
            return bool(wanted.ages)
        case "sex":
            return bool(wanted.sexes)
    return True


def _judged(one: Criterion, wanted: Wanted, family: Family) -> Reason:
    match one.key:
        case "free_places":
            return Reason(one, family.free >= wanted.together, family.free)
        case "age":
            off = _years_off(wanted, family)
            return Reason(
                one, off == 0 if family.age_from is not None or family.age_to is not None else None, off
            )
        case "sex":
            known = {"girls": frozenset("f"), "boys": frozenset("m"), "any": frozenset("fm")}.get(family.sex)
            return Reason(one, None if known is None else wanted.sexes <= known)
        case "needs":
            return Reason(one, wanted.needs <= family.needs, len(wanted.needs - family.needs))
        case "siblings":
            return Reason(one, family.siblings)
        case "school":
            return Reason(one, wanted.place == family.place if wanted.place and family.place else None)
    away = _away(wanted, family)
    return Reason(one, None if away is None else away <= one.measure, away)


def _years_off(wanted: Wanted, family: Family) -> int:
    """By how many years the age of a child is outside what the attestation says; of several the furthest."""
    lowest = family.age_from if family.age_from is not None else 0
    highest = family.age_to if family.age_to is not None else 99
    return max(max(lowest - age, age - highest, 0) for age in wanted.ages)


def _away(wanted: Wanted, family: Family) -> int | None:
    """How many whole kilometres lie between them, as the crow flies."""
    if wanted.place and wanted.place == family.place:
        return 0
    if wanted.point is None or family.point is None:
        return None
    return round(kilometres(*wanted.point, *family.point))
