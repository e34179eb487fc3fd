"""Whether a programme's own figures carry what its source claims.

A claim's expression is of the subset of SQL in which conditions are written, over `target_…`, `achieved_…` and
`percent_…` of the indicators (their codes in small letters, other marks as `_`) and the named facts of the file.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from punte.methodology.database import connect
from punte.methodology.errors import MethodologyError, gettext_noop
from punte.methodology.expressions import Expression, Symbol, read_expression
from punte.programmes.definition import Claim, Definition
from punte.programmes.enums import Verdict
from punte.programmes.figures import Achieved

_OTHER = re.compile(r"[^a-z0-9]+")
_ROUNDING = Decimal("0.5")


@dataclass(frozen=True)
class Judged:
    """A claim and what the figures say: `found` is what they come to, None where one is missing."""

    claim: Claim
    found: Decimal | None
    verdict: Verdict

    @property
    def holds(self) -> bool:
        """Whether it is carried, perhaps by more than it says."""
        return self.verdict in (Verdict.CARRIED, Verdict.LESS)


def named(code: str) -> str:
    """The code of an indicator as part of a name."""
    return _OTHER.sub("_", code.lower()).strip("_")


def expression_of(text: str, programme: Definition) -> Expression:
    """A claim's expression, checked.

    Raises:
        MethodologyError: not of the subset, not a number, or a name that the programme does not have.
    """
    names = {f"{kind}_{named(one.code)}" for one in programme.indicators for kind in _KINDS}
    read = read_expression(text, {name: Symbol("number") for name in (*names, *programme.facts)})
    if read.kind != "number":
        raise MethodologyError(gettext_noop("a claim is carried by a number: %(text)s"), text=text)
    return read


_KINDS = ("target", "achieved", "percent")


def judged(programme: Definition, achieved: Mapping[str, Achieved]) -> list[Judged]:
    """Each claim with its verdict, by the figures of today."""
    if not programme.claims:
        return []
    values: dict[str, Decimal | None] = {name: Decimal(value) for name, value in programme.facts.items()}
    for one in programme.indicators:
        has = achieved[one.code]
        values |= dict(
            zip((f"{k}_{named(one.code)}" for k in _KINDS), (one.goal, has.value, has.share), strict=True)
        )
    read = [expression_of(claim.value, programme) for claim in programme.claims]
    known = ", ".join(
        f'CAST({"NULL" if v is None else v} AS DOUBLE) AS "{name}"' for name, v in values.items()
    )
    asked = ", ".join(one.sql for one in read)
    connection = connect(threads=1)
    try:
        found = connection.execute(f"SELECT {asked} FROM (SELECT {known})").fetchall()[0]  # noqa: S608 checked above
    finally:
        connection.close()
    return [
        _judge(claim, None if v is None else Decimal(str(v)))
        for claim, v in zip(programme.claims, found, strict=True)
    ]


def _judge(claim: Claim, found: Decimal | None) -> Judged:
    if found is None:
        return Judged(claim, None, Verdict.UNFOUNDED)
    said = Decimal(claim.figure)
    places = Decimal(1).scaleb(int(said.as_tuple().exponent))
    if abs(found - said) < places * _ROUNDING:
        return Judged(claim, found, Verdict.CARRIED)
    more = claim.kind == "reached" and found > said
    return Judged(claim, found, Verdict.LESS if more else Verdict.CONTRADICTED)
