from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

WORDS = {
    "add_entry": gettext_lazy("wrote an entry in a register"),
    "import_entries": gettext_lazy("took entries of a register over from a table"),
    "move_entry": gettext_lazy("carried an entry in a register on"),
    "correct_entry": gettext_lazy("corrected an entry in a register"),
    "withdraw_entry": gettext_lazy("withdrew an entry in a register that was a mistake"),
}


class Registers(AppConfig):
    name = "punte.registers"
    label = "registers"

    def ready(self) -> None:
        """Entries tell of cases and end with whom they are about; files whose entries overlap are not joined."""
        from punte.accounts.guests import Field, Guest, hand_over
        from punte.cases.approvals import guest_deeds
        from punte.cases.signals import tying_cases
        from punte.operations.doctor import look_also
        from punte.people.signals import death_changed, files_joined, files_parted, joining_files
        from punte.registers.events import HAPPENINGS
        from punte.registers.extract import tables
        from punte.registers.field import both, down, up
        from punte.registers.keeps import KEEPS
        from punte.registers.second_person import DEED, STEPS

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
        guest = Guest(
            "register_entries", events=HAPPENINGS, field=field, extract=tables, keeps=KEEPS, words=WORDS
        )
        hand_over(guest)
        guest_deeds[DEED] = STEPS
        death_changed.connect(_follow_death, dispatch_uid="registers_follow_death")
        tying_cases.connect(_refuse_across_orders, dispatch_uid="registers_refuse_across_orders")
        joining_files.connect(_refuse_two_entries, dispatch_uid="registers_refuse_two")
        files_joined.connect(_hold_places_again, dispatch_uid="registers_hold_places_join")
        files_parted.connect(_hold_places_again, dispatch_uid="registers_hold_places_parting")


def _refuse_two_entries(*, kept: Any, joined: Any, **_named: Any) -> None:
    from punte.registers.joined import refuse_two_of_a_time

    refuse_two_of_a_time(kept, joined)


def _hold_places_again(*, kept: Any, joined: Any, by: Any, **_named: Any) -> None:
    from punte.registers.joined import hold_places_again

    hold_places_again(kept, joined, by=by)


def _follow_death(*, person: Any, households: Any, by: Any, **_named: Any) -> None:
    from punte.registers.actions.death import follow_death

    follow_death(by=by, person=person, households=households)


def _refuse_across_orders(*, cases: Any, **_named: Any) -> None:
    from punte.registers.across_orders import refuse_across_orders

    refuse_across_orders(cases)


def _examined() -> Any:
    """Files that changed without a new version, or cannot be read: nobody at the desk can mend them."""
    from punte.operations.doctor import Examined, State
    from punte.registers.applying import not_in_force
    from punte.registers.checking import faults

    wrong = faults()
    if wrong:
        says = _("%(first)s (run: punte register check)") % {"first": wrong[0]}
        return Examined("registers", State.ATTENTION, says)
    if waiting := not_in_force():
        says = _("%(name)s has a new version (run: punte register apply)") % {"name": waiting[0].key}
        return Examined("registers", State.ATTENTION, says)
    return Examined("registers", State.OK)
