"""A table of entries taken over after it was looked at: all of it, or nothing."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.cases.actions.refresh_deadlines import terms_once
from punte.kernel.tables import TableRow
from punte.kernel.tables.preview import CHANGED, NEW, Outcome, require_seen
from punte.registers.actions.add import locked_subject, write_down
from punte.registers.actions.change import correct_entry
from punte.registers.catalogue import register_named
from punte.registers.importing import judge_entries
from punte.registers.importing.lines import Line
from punte.registers.models import Entry


@verb
def import_entries(
    *, by: User, register: str, readable: Sequence[str], rows: Sequence[TableRow], seen: str
) -> list[Outcome]:
    """Write down the lines of a table that are new, and correct the entries that others name.

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
    corrected = [outcome.values for outcome in outcomes if outcome.kind == CHANGED]
    # What is corrected makes room before anything takes it: two entries may change places.
    making_room = [line.corrects.pk for line in corrected if not line.sight.outside]
    Entry.objects.filter(pk__in=making_room).update(overlap_key=None)
    with terms_once():
        for line in corrected:
            _correct(by, line, readable)
        for line in new:
            write_down(by, locked_subject(by, line.subject), line.sight, line.found)
    changes: dict[str, str | int] = {"register": definition.key, "lines": len(outcomes), "written": len(new)}
    if corrected:
        changes["corrected"] = len(corrected)
    record(by=by, verb="import_entries", keeper=None, changes=changes)
    return outcomes


def _correct(by: User, line: Line, readable: Sequence[str]) -> None:
    assert line.corrects is not None
    correct_entry(
        by=by,
        entry=line.corrects,
        start=line.start,
        last=line.last,
        state=line.state,
        given={name: value for name, value in line.given.items() if name in readable},
        why=_("Corrected by a table that was taken over."),
        revision=line.corrects.revision,
        confirmed=True,
    )
