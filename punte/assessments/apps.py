from typing import Any

from django.apps import AppConfig


class Assessments(AppConfig):
    name = "punte.assessments"
    label = "assessments"

    def ready(self) -> None:
        """What could not be assessed of a person follows their file."""
        from punte.people.signals import files_joined, files_parted

        files_joined.connect(_follow_join, dispatch_uid="assessments_follow_join")
        files_parted.connect(_follow_parting, dispatch_uid="assessments_follow_parting")


def _follow_join(*, kept: Any, joined: Any, **_named: Any) -> None:
    from punte.assessments.joined_files import rename_gaps

    rename_gaps(was=joined, now=kept)


def _follow_parting(*, kept: Any, joined: Any, **_named: Any) -> None:
    from punte.assessments.joined_files import rename_gaps

    rename_gaps(was=kept, now=joined)
