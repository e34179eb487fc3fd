"""The verbs of returns as the trail says them."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "sheet": _("read a quarterly sheet"),
    "correct_cell": _("corrected a cell of a quarterly sheet"),
    "answer_rule": _("answered what a rule found in a quarterly sheet"),
    "sign_sheet": _("signed a quarterly sheet"),
    "send_sheet": _("sent a quarterly sheet"),
    "freeze_sheet": _("received a quarterly sheet"),
    "return_sheet": _("sent a quarterly sheet back"),
}
