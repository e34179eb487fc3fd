from typing import Any

from django.apps import AppConfig


class Assessments(AppConfig):
    name = "punte.assessments"
    label = "assessments"

    def ready(self) -> None:
        """What could not be assessed of a person follows their file; what lists are narrowed by follows who lives."""
        from django.db.models.signals import post_migrate

        from punte.accounts.guests import Guest, hand_over
        from punte.assessments.events import HAPPENINGS
        from punte.assessments.extract import tables
        from punte.assessments.in_force import lay_down_again, look_there
        from punte.assessments.keeps import KEEPS
        from punte.people.signals import death_changed, files_joined, files_parted

        hand_over(Guest("assessments_made", events=HAPPENINGS, keeps=KEEPS, extract=tables))
        look_there()
        # A database that was brought in from elsewhere comes without the folder.
        post_migrate.connect(lay_down_again, sender=self, dispatch_uid="assessments_lay_down_packs")
        death_changed.connect(_follow_who_lives, dispatch_uid="assessments_follow_who_lives")
        files_joined.connect(_follow_join, dispatch_uid="assessments_follow_join")
        files_parted.connect(_follow_parting, dispatch_uid="assessments_follow_parting")


def _follow_join(*, kept: Any, joined: Any, **_named: Any) -> None:
    from punte.assessments.joined_files import rename_gaps

    rename_gaps(was=joined, now=kept)


def _follow_parting(*, kept: Any, joined: Any, **_named: Any) -> None:
    from punte.assessments.joined_files import rename_gaps

    rename_gaps(was=kept, now=joined)


def _follow_who_lives(*, person: Any, **_named: Any) -> None:
    """Of the living alone lists know something; the signal is sent for each file that was joined or parted, too."""
    from punte.assessments.listed import list_anew
    from punte.assessments.models import Assessment

    assessed = Assessment.objects.filter(members__person=person).order_by()
    list_anew(set(assessed.values_list("household", flat=True)))
