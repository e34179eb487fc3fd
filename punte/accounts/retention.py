"""What names somebody is erased when its time is over, by the years that an institution has set; else it stays.

No law that is read here sets the years: they are in each institution's archives' nomenclature. So the rules that ship
are proposals; those of the operator's own folder are done, in the name of an account, with a line in the trail.
"""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.guests import Due, Erasing, guests
from punte.accounts.models import KeptLonger, User
from punte.accounts.verbs import record, verb
from punte.deadlines.model import OFF_UNTIL_CONFIRMED
from punte.kernel.errors import DomainError
from punte.kernel.evidence import EVIDENCE
from punte.methodology.errors import PackError, gettext_noop
from punte.methodology.source_files import Section, read_yaml

_KEYS = {"key", "years", "by", "source", "evidence"}
_MOST = 150


@dataclass(frozen=True)
class Keeping:
    """How long something is kept.

    Attributes:
        years: whole calendar years after it ended.
        by: the e-mail of the account in whose name it is erased; empty in a proposal.
        is_on: whether it is done: the operator wrote it, and somebody has read where the years come from.
    """

    key: str
    years: int
    by: str
    source: str
    evidence: str
    is_on: bool

    def before(self, today: dt.date) -> dt.date:
        """What ended before this day is over."""
        return dt.date(today.year - self.years, 1, 1)


@dataclass(frozen=True)
class Over:
    """Rows of one institution whose time is over."""

    keeping: Keeping
    keeper: UUID
    rows: int


def erasings() -> dict[str, Erasing]:
    """What can be erased, by its key."""
    kept = (one for guest in guests() for one in guest.keeps)
    return {one.erasing.key: one.erasing for one in kept if one.erasing}


def keepings() -> list[Keeping]:
    """The rules: the operator's own, and the proposals for what these leave open.

    Raises:
        PackError: a file does not hold together, with its line.
    """
    proposed = _read(settings.CONTENT / "retention.yaml", own=False)
    own_file = settings.OWN_CONTENT / "retention.yaml" if settings.OWN_CONTENT else None
    own = _read(own_file, own=True) if own_file and own_file.exists() else {}
    return list((proposed | own).values())


def _read(path: Path, *, own: bool) -> dict[str, Keeping]:
    found: dict[str, Keeping] = {}
    for section in read_yaml(path).items_of("rules"):
        one = _keeping(section, own=own)
        if one.key in found:
            raise section.error(gettext_noop("%(key)s is given twice"), "key", key=one.key)
        found[one.key] = one
    return found


def _keeping(section: Section, *, own: bool) -> Keeping:
    for key in section:
        if key not in _KEYS:
            raise section.error(gettext_noop("unknown word: %(word)s"), key, word=key)
    key, years, evidence = (section.text(name) for name in ("key", "years", "evidence"))
    if key not in erasings():
        raise section.error(gettext_noop("unknown %(key)s: %(value)s"), "key", key="key", value=key)
    if not years.isdecimal() or not 1 <= int(years) <= _MOST:
        raise section.error(gettext_noop("years is a whole number above 0"), "years")
    if evidence not in EVIDENCE:
        names = ", ".join(EVIDENCE)
        raise section.error(
            gettext_noop("%(key)s is one of %(names)s"), "evidence", key="evidence", names=names
        )
    return Keeping(
        key=key,
        years=int(years),
        by=section.text("by") if own else "",
        source=section.text("source"),
        evidence=evidence,
        is_on=own and evidence not in OFF_UNTIL_CONFIRMED,
    )


def over(today: dt.date) -> Iterator[Over]:
    """What the rules would erase, be they on or not: of each institution how many rows."""
    known = erasings()
    for keeping in keepings():
        counted = known[keeping.key].over(keeping.before(today))
        yield from (Over(keeping, keeper, rows) for keeper, rows in sorted(counted.items()) if rows)


def erase_over(today: dt.date) -> int:
    """Erase what the rules that are on say is over, but for what somebody reads first; how many rows it was.

    Raises:
        PackError: a file does not hold together, or the account of a rule is not there.
        NotAllowed: that account does not read the trail of an institution whose rows are over.
    """
    return sum(
        erase_kept(by=_account(one.keeping), keeping=one.keeping, keeper=one.keeper, today=today)
        for one in list(over(today))
        if one.keeping.is_on and erasings()[one.keeping.key].due is None
    )


@verb
def erase_kept(*, by: User, keeping: Keeping, keeper: UUID, today: dt.date) -> int:
    """Erase the rows of one institution whose time is over; how many they were.

    Raises:
        NotAllowed: the account does not read the trail of the institution.
    """
    by.standing.require(Capability.SEE_AUDIT, keeper)
    before = keeping.before(today)
    rows = erasings()[keeping.key].erase(keeper, before)
    changes = {"kept": keeping.key, "rows": rows, "before": before.isoformat(), "years": keeping.years}
    record(by=by, verb="erase_kept", keeper=keeper, reason=keeping.source, changes=changes)
    return rows


def due(keeping: Keeping, keeper: UUID, today: dt.date) -> list[Due]:
    """What of one institution is over by a rule, one by one; empty where its room tells only how many there are."""
    one_by_one = erasings()[keeping.key].due
    return list(one_by_one(keeper, keeping.before(today))) if one_by_one else []


def kept_longer(key: str, today: dt.date) -> QuerySet[KeptLonger]:
    """What somebody decided to keep longer, by a day."""
    return KeptLonger.objects.filter(key=key, until__gt=today)


@verb
def erase_due(
    *, by: User, keeping: Keeping, keeper: UUID, subjects: Collection[UUID], reason: str, today: dt.date
) -> int:
    """Erase some of what is over, which somebody has read; how many they were.

    Raises:
        NotAllowed: the account does not look after the data of the institution.
        DomainError: the rule is off, or no reason is given; nothing of it is over.
    """
    _require_decided(by, keeping, keeper, reason)
    some = erasings()[keeping.key].erase_some
    rows = some(keeper, keeping.before(today), subjects) if some else 0
    if not rows:
        raise DomainError(
            _("Choose what is erased. What is over may have changed meanwhile."), field="subjects"
        )
    changes = {"kept": keeping.key, "rows": rows, "years": keeping.years}
    record(by=by, verb="erase_kept", keeper=keeper, reason=reason.strip(), changes=changes)
    return rows


@verb
def keep_longer(
    *,
    by: User,
    keeping: Keeping,
    keeper: UUID,
    subjects: Collection[UUID],
    reason: str,
    until: dt.date,
    today: dt.date,
) -> int:
    """Keep some of what is over until a day, for a reason; how many they are.

    Raises:
        NotAllowed: the account does not look after the data of the institution.
        DomainError: on what is missing or cannot be.
    """
    _require_decided(by, keeping, keeper, reason)
    if until <= today:
        raise DomainError(_("Choose a day that is to come."), field="until")
    over_now = {one.subject for one in due(keeping, keeper, today)}
    kept = [subject for subject in subjects if subject in over_now]
    if not kept:
        raise DomainError(_("Choose what is kept longer."), field="subjects")
    KeptLonger.objects.bulk_create(
        KeptLonger(keeper_id=keeper, key=keeping.key, subject=one, until=until, reason=reason.strip(), by=by)
        for one in kept
    )
    changes = {"kept": keeping.key, "rows": len(kept), "until": until.isoformat()}
    record(by=by, verb="keep_longer", keeper=keeper, reason=reason.strip(), changes=changes)
    return len(kept)


def _require_decided(by: User, keeping: Keeping, keeper: UUID, reason: str) -> None:
    by.standing.require(Capability.KEEP_PRIVACY, keeper)
    if not keeping.is_on:
        raise DomainError(_("The institution has not set these years yet: nothing is erased by a proposal."))
    if not reason.strip():
        raise DomainError(_("Write a reason. It stays on record."), field="reason")


def _account(keeping: Keeping) -> User:
    found = User.objects.filter(email__iexact=keeping.by, is_active=True).first()
    if found is None:
        said = gettext_noop("there is no account %(email)s in whose name %(key)s is erased")
        raise PackError(said, "retention.yaml", 1, email=keeping.by, key=keeping.key)
    return found
