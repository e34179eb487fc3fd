from typing import Any

from django.apps import AppConfig


class WaitingLists(AppConfig):
    name = "punte.waiting"
    label = "waiting"

    def ready(self) -> None:
        """What is kept of who waits, and the table of an extract; lists follow deaths and files that are joined."""
        from punte.accounts.guests import Guest, hand_over
        from punte.people.signals import death_changed, files_joined, files_parted, joining_files
        from punte.waiting.extract import tables
        from punte.waiting.keeps import KEEPS

        hand_over(Guest("waiting_lists", extract=tables, keeps=KEEPS))
        death_changed.connect(_follow_death, dispatch_uid="waiting_follow_death")
        joining_files.connect(_wait_once, dispatch_uid="waiting_wait_once")
        files_joined.connect(_follow_files, dispatch_uid="waiting_follow_join")
        files_parted.connect(_follow_files, dispatch_uid="waiting_follow_parting")


def _follow_death(*, person: Any, by: Any, **_named: Any) -> None:
    from punte.waiting.actions.following import follow_death

    follow_death(by=by, person=person)


def _wait_once(*, kept: Any, joined: Any, by: Any, **_named: Any) -> None:
    from punte.waiting.actions.following import wait_once

    wait_once(by=by, kept=kept, joined=joined)


def _follow_files(*, kept: Any, joined: Any, by: Any, **_named: Any) -> None:
    from punte.waiting.actions.following import follow_files

    follow_files(by=by, kept=kept, joined=joined)
