"""The office decides about what devices send, and about what they may take along."""

from punte.fieldwork.actions.forms import Sent, mend_form, receive_form, set_aside, settle_form

__all__ = ["Sent", "mend_form", "receive_form", "set_aside", "settle_form"]
