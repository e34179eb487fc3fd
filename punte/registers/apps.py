from typing import Any

from django.apps import AppConfig


class Registers(AppConfig):
    name = "punte.registers"
    label = "registers"

    def ready(self) -> None:
        """Two files of one person are not joined while their entries would speak of one time."""
        from punte.people.signals import joining_files

        joining_files.connect(_refuse_two_entries, dispatch_uid="registers_refuse_two")


def _refuse_two_entries(*, kept: Any, joined: Any, **_named: Any) -> None:
    from punte.registers.joined import refuse_two_of_a_time

    refuse_two_of_a_time(kept, joined)
