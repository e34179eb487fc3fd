"""A table of entries taken over after it was looked at: all of it, or nothing."""

from collections.abc import Sequence

from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.kernel.tables import TableRow
from punte.kernel.tables.preview import NEW, Outcome, require_seen
from punte.registers.actions.add import locked_subject, write_down
from punte.registers.catalogue import register_named
from punte.registers.importing import judge_entries


@verb
def import_entries(
    *, by: User, register: str, readable: Sequence[str], rows: Sequence[TableRow], seen: str
) -> list[Outcome]:
    """Write down the lines of a table that are new.

    Args:
        register: its key.
        readable: the fields that are the columns of the table.
        seen: the mark (`mark_of`) of what was shown.

    Raises:
        DamagedTable: a line is wrong or unclear.
        EditedMeanwhile: something else would come of it than what was shown.
        DomainError: there is no such register; meanwhile another entry holds at the time of a line.
    """
    definition = register_named(register)
    outcomes = judge_entries(rows, by=by, definition=definition, readable=readable)
    require_seen(outcomes, seen)
    new = [outcome.values for outcome in outcomes if outcome.kind == NEW]
    for line in new:
        write_down(by, locked_subject(by, line.subject), line.sight, line.found)
    changes = {"register": definition.key, "lines": len(outcomes), "written": len(new)}
    record(by=by, verb="import_entries", keeper=None, changes=changes)
    return outcomes
