"""The verbs of reports as the trail says them."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "report": _("read a report"),
    "begin_report": _("began a report"),
    "write_part": _("wrote a part of a report"),
    "count_anew": _("put newer figures in a report"),
    "issue_report": _("issued a report"),
    "add_photograph": _("put a photograph in a report"),
    "remove_photograph": _("took a photograph out of a report"),
}
