from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

WORDS = {
    "record_notification": _("registered a notification"),
    "triage_notification": _("decided how urgent a notification is"),
    "assign_notification": _("gave a notification to a worker"),
    "dispatch_team": _("sent a mobile team"),
    "team_arrived": _("noted that the mobile team arrived"),
    "team_back": _("noted what the mobile team found"),
    "check_notification": _("noted a way to the family of a notification"),
    "conclude_check": _("said what the check of a notification came to"),
    "note_notification": _("wrote a note about a notification"),
    "join_notification": _("joined two notifications"),
    "join_notification_case": _("joined a notification to a case"),
    "link_known": _("said whom a notification is about"),
    "answer_sought": _("said whether a notification is about the sealed case"),
    "open_case_from": _("opened a case from a notification"),
    "send_on": _("sent a notification on to another institution"),
    "close_notification": _("closed a notification"),
    "log_call": _("counted a call to a hot line"),
}


class Notifications(AppConfig):
    name = "punte.notifications"
    label = "notifications"

    def ready(self) -> None:
        """What is kept of somebody, the tables of an extract, and the words of its verbs."""
        from punte.accounts.guests import Guest, hand_over
        from punte.notifications.extract import tables
        from punte.notifications.keeps import KEEPS

        hand_over(Guest("notified", extract=tables, keeps=KEEPS, words=WORDS))
