"""What becomes of each line of a register: new, joined to somebody who is there, or asked about. Never two of them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.kernel.encryption import blind_index
from punte.kernel.tables.kept import to_json
from punte.organizations.models import Organization
from punte.people.matching.evidence import weigh
from punte.people.models import TakenRow
from punte.people.registers.known import Candidate, Described, KnownPeople, described
from punte.people.registers.rows import RegisterRow

NEW, JOINED, ASKED = "new", "joined", "asked"
LEAVE = "leave"
ROW = "row:"
_AT_ONCE = 400


@dataclass
class Planned:
    """What becomes of one line.

    Attributes:
        state: `new`, `joined` or `asked`.
        why: of a joined one `same_cnp`, `before` (taken in before), `repeat` (of an earlier line) or `said`; of one
            asked about `problem`, `likely`, `waits` (for an earlier line), `left` (out, as somebody said) or `refused`.
        who: of a joined one: the identifier of the person, or `row:` and the key of the earlier line.
        candidates: who it may be, with `pro` and `contra`.
        taken: whether it is in already.
    """

    key: str
    sheet: str
    line: int
    name: str
    group: str
    state: str
    why: str = ""
    who: str = ""
    taken: bool = False
    candidates: list[dict[str, Any]] = field(default_factory=list)
    problems: list[dict[str, str]] = field(default_factory=list)

    def kept(self) -> dict[str, Any]:
        """As plain values."""
        return asdict(self)

    @classmethod
    def back(cls, kept: Mapping[str, Any]) -> Self:
        """Undo `kept`."""
        return cls(**kept)


def counts_of(planned: Iterable[Planned]) -> dict[str, int]:
    """How many lines there are of each state, and of each that was taken in already; they add up to `lines`."""
    lines = list(planned)
    states = Counter(one.state for one in lines)
    taken = Counter(one.state for one in lines if one.taken)
    return {
        "lines": len(lines),
        **{state: states[state] for state in (NEW, JOINED, ASKED)},
        "taken_new": taken[NEW],
        "taken_joined": taken[JOINED],
        "waiting": states[NEW] + states[JOINED] - taken.total(),
    }


def digest_of(row: RegisterRow) -> str:
    """By which the same line is known again when the register is sent once more; tells nothing to who has no key."""
    values = {name: value for name, value in sorted(row.values.items()) if name != "remarks"}
    return blind_index(to_json(values))


def plan(
    rows: Sequence[RegisterRow],
    *,
    keeper: Organization,
    user: User,
    decisions: Mapping[str, str],
    taken: Mapping[str, TakenRow],
    refused: Mapping[str, str],
) -> list[Planned]:
    """What becomes of each line, in order.

    Args:
        decisions: by the key of a line what somebody said: `new`, `leave`, or whom it is.
        taken: by their keys the lines that are in already.
        refused: by their keys those that could not be taken in, and why.
    """
    planner = _Planner(rows, keeper, user, decisions)
    planned = []
    for row in rows:
        if row.key in taken:
            planned.append(planner.taken(row, taken[row.key]))
        else:
            planned.append(planner.plan(row, refused.get(row.key, "")))
    return planned


class _Planner:
    def __init__(
        self, rows: Sequence[RegisterRow], keeper: Organization, user: User, decisions: Mapping[str, str]
    ) -> None:
        self._decisions = decisions
        self._known = KnownPeople.of(rows, keeper=keeper, user=user)
        self._inside = KnownPeople()
        self._described: dict[str, Described] = {}
        self._digests = {row.key: digest_of(row) for row in rows}
        self._before = _taken_before(self._digests.values(), keeper)
        self._first: dict[str, str] = {}
        self._planned: dict[str, Planned] = {}

    def taken(self, row: RegisterRow, taken: TakenRow) -> Planned:
        planned = self._new(row, NEW if taken.is_new else JOINED, who=str(taken.person_id), taken=True)
        planned.why = "" if taken.is_new else "taken"
        return planned

    def plan(self, row: RegisterRow, refused: str) -> Planned:
        planned = self._plan(row, refused)
        if planned.state == NEW:
            self._inside.add(self._described[row.key])
        if not row.problems:
            self._first.setdefault(self._digests[row.key], row.key)
        return planned

    def _plan(self, row: RegisterRow, refused: str) -> Planned:
        said = self._decisions.get(row.key, "")
        if said == LEAVE:
            return self._new(row, ASKED, "left", problems=row.problems)
        if refused:
            problem = {"column": "", "title": "", "written": "", "message": refused}
            return self._new(row, ASKED, "refused", problems=[problem])
        if row.problems:
            return self._new(row, ASKED, "problem", problems=row.problems)
        digest = self._digests[row.key]
        if digest in self._before:
            return self._new(row, JOINED, "before", who=self._before[digest])
        if digest in self._first:
            return self._joined(row, f"{ROW}{self._first[digest]}", "repeat")
        one = self._described[row.key] = described(row)
        return self._of_cnp(row, one, said) or self._of_likeness(row, one, said)

    def _of_cnp(self, row: RegisterRow, one: Described, said: str) -> Planned | None:
        cnp = one.file.cnp
        same = self._known.by_cnp.get(cnp) or self._inside.by_cnp.get(cnp) if cnp else None
        if same is None:
            return None
        if said == same.who:
            return self._joined(row, same.who, "said")
        if same.who in self._known.sealed or one.bears_a_name_of(same):
            return self._joined(row, same.who, "repeat" if same.who.startswith(ROW) else "same_cnp")
        message = _(
            "This CNP is of somebody with another name. Correct it, or say that it is the same person."
        )
        problem = {"column": "cnp", "title": _("CNP"), "written": row.values["cnp"], "message": message}
        return self._asked(row, [Candidate(same.who, weigh(one.file, same.file))], [problem])

    def _of_likeness(self, row: RegisterRow, one: Described, said: str) -> Planned:
        likely = [*self._known.may_be(one), *self._inside.may_be(one)]
        if any(said == candidate.who for candidate in likely):
            return self._joined(row, said, "said")
        if likely and said != NEW:
            return self._asked(row, likely)
        return self._new(row, NEW)

    def _joined(self, row: RegisterRow, who: str, why: str) -> Planned:
        """Joined to a person, or to what an earlier line becomes; while that is not known, it waits."""
        if not who.startswith(ROW):
            return self._new(row, JOINED, why, who=who)
        earlier = self._planned[who.removeprefix(ROW)]
        if earlier.state == ASKED:
            return self._new(row, ASKED, "waits", who=who)
        return self._new(row, JOINED, why, who=earlier.who or who)

    def _asked(
        self, row: RegisterRow, likely: Sequence[Candidate], problems: Sequence[dict[str, str]] = ()
    ) -> Planned:
        candidates = [
            {
                "who": one.who,
                "pro": one.evidence.speaks_for,
                "contra": one.evidence.speaks_against,
                "sure": one.evidence.is_sure,
            }
            for one in likely
        ]
        return self._new(row, ASKED, "likely", candidates=candidates, problems=list(problems))

    def _new(self, row: RegisterRow, state: str, why: str = "", **more: Any) -> Planned:
        planned = Planned(row.key, row.sheet, row.line, row.name, row.group, state, why, **more)
        self._planned[row.key] = planned
        return planned


def _taken_before(digests: Iterable[str], keeper: Organization) -> dict[str, str]:
    """By the digest of a line the person that it became when it was taken in before."""
    listed = sorted(set(digests))
    found: dict[str, str] = {}
    for at in range(0, len(listed), _AT_ONCE):
        before = TakenRow.objects.filter(keeper=keeper, digest__in=listed[at : at + _AT_ONCE])
        pairs = before.order_by("created_at", "pk").values_list("digest", "person")
        found |= {digest: str(person) for digest, person in pairs}
    return found
