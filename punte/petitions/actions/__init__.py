"""Everything that changes a petition."""

from punte.petitions.actions.answering import (
    answer_petition,
    close_petition,
    extend_petition,
    redirect_petition,
)
from punte.petitions.actions.messages import add_message
from punte.petitions.actions.receiving import Letter, Sender, Sent, register_petition, send_petition
from punte.petitions.actions.working import assign_petition, name_workers, note_petition

__all__ = [
    "Letter",
    "Sender",
    "Sent",
    "add_message",
    "answer_petition",
    "assign_petition",
    "close_petition",
    "extend_petition",
    "name_workers",
    "note_petition",
    "redirect_petition",
    "register_petition",
    "send_petition",
]
