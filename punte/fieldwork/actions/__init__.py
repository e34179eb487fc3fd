"""Everything that happens to what devices send."""

from punte.fieldwork.actions.receive import Sent, receive_form
from punte.fieldwork.actions.settle import set_aside, settle_form

__all__ = ["Sent", "receive_form", "set_aside", "settle_form"]
