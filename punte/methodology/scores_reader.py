"""Read the scores of a pack: each is a fact worked out of the answers of one row, with bands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation

from punte.kernel.evidence import EVIDENCE
from punte.methodology.errors import gettext_noop
from punte.methodology.model import Band, DerivedFact, Fact, Score, Table
from punte.methodology.source_files import Section
from punte.methodology.symbols import read_text


def read_score(
    name: str,
    section: Section,
    fact: DerivedFact,
    *,
    facts: Mapping[str, Fact],
    derived: Mapping[str, DerivedFact],
    compartments: Collection[str],
    sources: Mapping[str, str],
) -> Score:
    """What stands beside the number of a score.

    Args:
        fact: its number.
        facts, derived: what the number may read.

    Raises:
        PackError: no bands, bands out of order, an unknown source, evidence or compartment, or a compartment more open
            than an answer that it reads.
    """
    for key, known in (("compartment", compartments), ("source", sources), ("evidence", EVIDENCE)):
        if section.text(key) not in known:
            raise section.error(
                gettext_noop("unknown %(key)s: %(value)s"), key, key=key, value=section.text(key)
            )
    read = tuple(_answers(fact, facts, derived))
    closed = sorted({facts[one].compartment for one in read} - {"general", section.text("compartment")})
    if closed:
        raise section.error(
            gettext_noop("%(code)s reads answers of the compartment %(name)s and cannot be of another"),
            "compartment",
            code=name,
            name=", ".join(closed),
        )
    return Score(
        name,
        fact.table,
        fact.label,
        section.text("compartment"),
        read,
        _bands(section),
        sources[section.text("source")],
        section.text("evidence"),
        section.text("lowered_by", ""),
    )


def table_of(section: Section) -> Table:
    """Of whom a score is."""
    return "member" if section.text("table") == "member" else "household"


def _answers(
    fact: DerivedFact, facts: Mapping[str, Fact], derived: Mapping[str, DerivedFact]
) -> Iterable[str]:
    found = dict.fromkeys(_reads(fact, facts, derived))
    return (name for name in facts if name in found)


def _reads(fact: DerivedFact, facts: Mapping[str, Fact], derived: Mapping[str, DerivedFact]) -> Iterator[str]:
    for name in fact.expression.reads if fact.expression else ():
        if name in facts:
            yield name
        elif name in derived:
            yield from _reads(derived[name], facts, derived)


def _bands(section: Section) -> tuple[Band, ...]:
    bands = tuple(
        Band(_number(item), read_text(item, "name"), read_text(item, "means"))
        for item in section.items_of("bands")
    )
    starts = [band.start for band in bands]
    if not bands or starts != sorted(set(starts)):
        raise section.error(gettext_noop("the bands begin at numbers that grow"), "bands")
    return bands


def _number(item: Section) -> Decimal:
    try:
        return Decimal(item.text("from"))
    except InvalidOperation as error:
        raise item.error(gettext_noop("not a number: %(text)s"), "from", text=item.text("from")) from error
