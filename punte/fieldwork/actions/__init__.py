"""The office decides about what devices send, and about what they may take along."""

from punte.fieldwork.actions.forms import Sent, receive_form, set_aside, settle_form

__all__ = ["Sent", "receive_form", "set_aside", "settle_form"]
