from typing import Any

from django.apps import AppConfig


class Gatherings(AppConfig):
    name = "punte.gatherings"
    label = "gatherings"

    def ready(self) -> None:
        """What is kept of groups; their lists follow deaths and files that are joined."""
        from punte.accounts.guests import hand_over
        from punte.gatherings.groups_guest import GROUPS
        from punte.people.signals import death_changed, files_parted, joining_files

        hand_over(GROUPS)
        death_changed.connect(_follow_death, dispatch_uid="groups_follow_death")
        joining_files.connect(_enrol_once, dispatch_uid="groups_enrol_once")
        files_parted.connect(_follow_parting, dispatch_uid="groups_follow_parting")


def _follow_death(*, person: Any, by: Any, **_named: Any) -> None:
    from punte.gatherings.actions.following_groups import follow_death

    follow_death(by=by, person=person)


def _enrol_once(*, kept: Any, joined: Any, by: Any, **_named: Any) -> None:
    from punte.gatherings.actions.following_groups import enrol_once

    enrol_once(by=by, kept=kept, joined=joined)


def _follow_parting(*, kept: Any, joined: Any, by: Any, **_named: Any) -> None:
    from punte.gatherings.actions.following_groups import follow_parting

    follow_parting(by=by, kept=kept, joined=joined)
