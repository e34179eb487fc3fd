"""The verbs of the search for a family, and its pages, as the trail says them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: Mapping[str, str | Promise] = {
    "family_search": _("looked at the search for a family"),
    "family_search_form": _("opened the page on which a family is looked for"),
    "centre_closing": _("looked at the children of a centre, one by one"),
    "life_book": _("took the life book"),
    "begin_search": _("began to look for a family"),
    "widen_search": _("made the search for a family wider"),
    "give_up_search": _("gave up the search for a family"),
    "choose_family": _("chose a family for a child"),
}
