"""In which order the columns can be computed: four stages, each a table.

0 households alone; 1 members with their household; 2 households with what their members say; 3 members with
what the household then says. Each stage is a chain of selects, as columns may read columns of their own stage.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from punte.methodology.columns import MAXIMUM_FACTS, Column, askable, columns_of, quoted
from punte.methodology.errors import PackError, gettext_noop
from punte.methodology.model import Pack

STAGES = ("households_alone", "members_alone", "households", "members")


@dataclass(frozen=True)
class Plan:
    """The select of each stage; each reads the stages before it and the inputs ``household`` and ``member``.

    ``columns`` are the same columns, stage by stage, each after those that it reads.
    """

    stages: Mapping[str, str]
    columns: tuple[tuple[Column, ...], ...]


@lru_cache(maxsize=32)
def plan_of(pack: Pack) -> Plan:
    """The plan of a pack.

    Raises:
        PackError: a condition goes back and forth between household and members more often than the stages.
    """
    return _Planner(pack).plan()


class _Planner:
    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.columns = {column.name: column for column in columns_of(pack)}
        self.stage: dict[str, int] = {}
        for fact in pack.facts.values():
            self.stage[fact.name] = 0 if fact.table == "household" else 1
        if len(askable(pack)) > MAXIMUM_FACTS:
            raise self._error(
                gettext_noop("too many facts: at most %(count)s can be missing"), count=MAXIMUM_FACTS
            )

    def _error(self, message: str, **params: object) -> PackError:
        return PackError(message, str(self.pack.path / "pack.yaml"), 1, **params)

    def plan(self) -> Plan:
        for name in self.columns:
            self._stage_of(name)
        stages = {name: self._select(number) for number, name in enumerate(STAGES)}
        return Plan(stages, tuple(tuple(self._in_order(number)) for number in range(len(STAGES))))

    def _stage_of(self, name: str) -> int:
        if name not in self.stage:
            column = self.columns[name]
            latest = max((self._stage_of(read) for read in column.reads), default=0)
            self.stage[name] = self._place(column, latest)
        return self.stage[name]

    def _place(self, column: Column, latest: int) -> int:
        if column.aggregate and latest <= 1:
            return 2
        if column.table == "household" and not column.aggregate and latest in (0, 2):
            return latest
        if column.table == "member" and not column.aggregate:
            return 1 if latest <= 1 else 3
        raise self._error(gettext_noop("%(name)s cannot be computed from what it reads"), name=column.name)

    def _of_stage(self, number: int) -> list[Column]:
        return [column for column in self.columns.values() if self.stage[column.name] == number]

    def _select(self, number: int) -> str:
        columns = self._of_stage(number)
        select = self._source(number, columns)
        for ready in _layers([column for column in columns if not column.aggregate]):
            added = ", ".join(f"{column.sql} AS {quoted(column.name)}" for column in ready)
            select = f"SELECT *, {added} FROM ({select})"
        return select

    def _in_order(self, number: int) -> Iterator[Column]:
        columns = self._of_stage(number)
        yield from (column for column in columns if column.aggregate)
        for ready in _layers([column for column in columns if not column.aggregate]):
            yield from ready

    def _source(self, number: int, columns: Sequence[Column]) -> str:
        if number == 0:
            return "SELECT * FROM household"
        if number == 1:
            return f"SELECT m.*{self._pulled(0)} FROM member m JOIN {STAGES[0]} h USING (household_id)"
        if number == 2:
            return self._aggregated([column for column in columns if column.aggregate])
        return f"SELECT m.*{self._pulled(2)} FROM {STAGES[1]} m JOIN {STAGES[2]} h USING (household_id)"

    def _pulled(self, number: int) -> str:
        """What a member row takes over from its household at this stage."""
        names = [name for name, stage in self.stage.items() if stage == number and name != "household_id"]
        return "".join(f", h.{quoted(name)}" for name in names)

    def _aggregated(self, columns: Sequence[Column]) -> str:
        if not columns:
            return f"SELECT * FROM {STAGES[0]}"
        inner = ", ".join(f"{column.sql} AS {quoted(column.name)}" for column in columns)
        outer = ", ".join(
            f"CASE WHEN a.household_id IS NULL THEN {column.empty} ELSE a.{quoted(column.name)} END "
            f"AS {quoted(column.name)}"
            for column in columns
        )
        return (
            f"SELECT h.*, {outer} FROM {STAGES[0]} h LEFT JOIN "
            f"(SELECT household_id, {inner} FROM {STAGES[1]} GROUP BY household_id) a USING (household_id)"
        )


def _layers(columns: Sequence[Column]) -> Iterator[list[Column]]:
    """The columns in layers, each reading only what stands before it."""
    waiting = {column.name: column for column in columns}
    while waiting:
        ready = [column for column in waiting.values() if not any(read in waiting for read in column.reads)]
        yield ready
        for column in ready:
            del waiting[column.name]
