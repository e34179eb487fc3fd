from typing import Any

from django.apps import AppConfig


class Registers(AppConfig):
    name = "punte.registers"
    label = "registers"

    def ready(self) -> None:
        """Entries tell of cases; two files of one person are not joined while entries would speak of one time."""
        from punte.accounts.guests import Guest, hand_over
        from punte.people.signals import joining_files
        from punte.registers.events import HAPPENINGS

        # Named apart from the screens of the registers, which hand over too.
        hand_over(Guest("entries", events=HAPPENINGS))

        joining_files.connect(_refuse_two_entries, dispatch_uid="registers_refuse_two")


def _refuse_two_entries(*, kept: Any, joined: Any, **_named: Any) -> None:
    from punte.registers.joined import refuse_two_of_a_time

    refuse_two_of_a_time(kept, joined)
