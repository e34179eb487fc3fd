from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy


class Registers(AppConfig):
    name = "punte.registers"
    label = "registers"

    def ready(self) -> None:
        """Entries tell of cases and are shown by hosts; two files of one person are not joined while theirs overlap."""
        from punte.accounts.guests import Field, Guest, hand_over
        from punte.operations.doctor import look_also
        from punte.people.signals import joining_files
        from punte.registers.events import HAPPENINGS
        from punte.registers.extract import tables
        from punte.registers.field import both, down, up
        from punte.registers.keeps import KEEPS

        look_also("registers", gettext_lazy("registers"), _examined)
        # Named apart from the screens of the registers, which hand over too.
        field = Field(
            kind="register",
            called=pgettext_lazy("entry from a device", "Entry of a register"),
            part="registers",
            reference=down.reference,
            down=down.down,
            rows=down.rows,
            apply=up.apply,
            sides=both.sides,
            take=both.take,
        )
        guest = Guest("register_entries", events=HAPPENINGS, field=field, extract=tables, keeps=KEEPS)
        hand_over(guest)
        joining_files.connect(_refuse_two_entries, dispatch_uid="registers_refuse_two")


def _refuse_two_entries(*, kept: Any, joined: Any, **_named: Any) -> None:
    from punte.registers.joined import refuse_two_of_a_time

    refuse_two_of_a_time(kept, joined)


def _examined() -> Any:
    """Files that changed without a new version, or cannot be read: nobody at the desk can mend them."""
    from punte.operations.doctor import Examined, State
    from punte.registers.checking import faults

    wrong = faults()
    if wrong:
        says = _("%(first)s (run: punte register check)") % {"first": wrong[0]}
        return Examined("registers", State.ATTENTION, says)
    return Examined("registers", State.OK)
