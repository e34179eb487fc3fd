"""Everything that changes a notification."""

from punte.notifications.actions.adding import add_words, log_call, opened_by
from punte.notifications.actions.deciding import close_notification, open_case_from, send_on
from punte.notifications.actions.joining import answer_sought, join_case, join_notification, link_known
from punte.notifications.actions.receiving import (
    About,
    Notifier,
    Said,
    Sent,
    call_for_help,
    notify_as_partner,
    record_from_petition,
    record_notification,
    send_notification,
)
from punte.notifications.actions.working import (
    assign_notification,
    check_notification,
    conclude_check,
    dispatch_team,
    note_notification,
    team_arrived,
    team_back,
    triage_notification,
)

__all__ = [
    "About",
    "Notifier",
    "Said",
    "Sent",
    "add_words",
    "answer_sought",
    "assign_notification",
    "call_for_help",
    "check_notification",
    "close_notification",
    "conclude_check",
    "dispatch_team",
    "join_case",
    "join_notification",
    "link_known",
    "log_call",
    "note_notification",
    "notify_as_partner",
    "open_case_from",
    "opened_by",
    "record_from_petition",
    "record_notification",
    "send_notification",
    "send_on",
    "team_arrived",
    "team_back",
    "triage_notification",
]
