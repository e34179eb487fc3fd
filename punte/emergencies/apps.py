from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

WORDS = {
    "open_emergency": _("opened an emergency"),
    "change_emergency_workers": _("said who works on an emergency"),
    "end_emergency": _("ended an emergency"),
    "list_person": _("put somebody on the list of an emergency"),
    "correct_listed": _("corrected a line of the list of an emergency"),
    "merge_listed": _("joined two lines of the list of an emergency"),
    "leave_list": _("noted where somebody of an emergency went"),
    "come_back_to_list": _("noted that somebody of an emergency is there again"),
    "look_for": _("noted whom somebody of an emergency looks for"),
    "say_found": _("noted that somebody of a family was found"),
    "make_file": _("gave somebody of an emergency a file"),
}


class Emergencies(AppConfig):
    name = "punte.emergencies"
    label = "emergencies"

    def ready(self) -> None:
        """What is kept of somebody, and the words of its verbs; lines follow files that are joined."""
        from punte.accounts.guests import Guest, hand_over
        from punte.emergencies.extract import tables
        from punte.emergencies.field import FIELD
        from punte.emergencies.keeps import KEEPS
        from punte.people.signals import files_joined, files_parted

        hand_over(Guest("emergencies", field=FIELD, extract=tables, keeps=KEEPS, words=WORDS))
        files_joined.connect(_follow_files, dispatch_uid="emergencies_follow_join")
        files_parted.connect(_follow_files, dispatch_uid="emergencies_follow_parting")


def _follow_files(*, kept: Any, joined: Any, by: Any, **_named: Any) -> None:
    from punte.directory.actions import hold_for
    from punte.emergencies.models import Listed

    for person in (kept, joined):
        held = Listed.objects.filter(person=person).values_list("pk", flat=True)
        hold_for(holders=held, person=person.pk, by=by)
