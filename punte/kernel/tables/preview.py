"""What an import would do, line by line, before anything is done; and a mark by which a stale preview is known."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from punte.kernel.errors import EditedMeanwhile
from punte.kernel.tables.shape import damaged

NEW, CHANGED, SAME = "new", "changed", "same"
MOST_LINES = 1_000


@dataclass(frozen=True)
class Difference:
    """A value that would change: what it is called, what it is and what it would be, as they are read."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Outcome:
    """What would come of one line.

    Attributes:
        kind: `new`, `changed` or `same`.
        name: what the line is about.
        target: the key of the row that it is, empty for a new one.
        differences: what would change; of a new one, what it would say.
        values: what the line says, for those who carry it out.
    """

    line: int
    kind: str
    name: str
    target: str = ""
    differences: tuple[Difference, ...] = ()
    values: Any = None


def mark_of(outcomes: Sequence[Outcome]) -> str:
    """A mark of a preview: another one where anything would come out otherwise."""
    content = [
        [one.line, one.kind, one.name, one.target, [[d.label, d.before, d.after] for d in one.differences]]
        for one in outcomes
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()[:32]


def require_seen(outcomes: Sequence[Outcome], seen: str) -> None:
    """See that what would be done is what was shown.

    Raises:
        EditedMeanwhile: something changed since.
    """
    if mark_of(outcomes) != seen:
        raise EditedMeanwhile(
            _("Something changed since you looked. Nothing was taken over; look at the list again.")
        )


def refuse_long(rows: Sequence[object]) -> None:
    """See that a person can still look the table over.

    Raises:
        DamagedTable: it has more lines than are taken at once.
    """
    if len(rows) > MOST_LINES:
        raise damaged(
            _("At most %(most)s lines at once, so that they can be looked over. Divide the table.")
            % {"most": MOST_LINES}
        )
