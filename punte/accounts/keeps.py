"""What this room keeps of people beside the accounts themselves."""

from django.utils.translation import pgettext_lazy

from punte.accounts.guests import Guest, Kept

_OF_LINES = pgettext_lazy("own file", "who looked at the record is told on a page of its own")
_OF_DRAFTS = pgettext_lazy("own file", "it is part of no record yet, and may tell of other people")

KEPT = Guest(
    "accounts_kept",
    keeps=(
        Kept(
            ("accounts.TrailEntry",),
            pgettext_lazy("own file", "Who looked and who changed"),
            pgettext_lazy("own file", "for good"),
            pgettext_lazy("own file", "never: no line of the trail can be removed"),
            why_not=_OF_LINES,
        ),
        Kept(
            ("accounts.DataBreach",),
            pgettext_lazy("own file", "Breaches of data"),
            pgettext_lazy("own file", "for good"),
            pgettext_lazy("own file", "by decision of the institution"),
            why_not=pgettext_lazy("own file", "it tells what happened, and names nobody"),
        ),
        Kept(
            ("accounts.FormDraft", "accounts.KeptView", "accounts.KeptRow", "accounts.WaitingMail"),
            pgettext_lazy("own file", "What somebody began to write, and views of lists"),
            pgettext_lazy("own file", "until the form or the mail is sent, or the worker drops it"),
            pgettext_lazy("own file", "when the form or the mail is sent, or by who made it"),
            why_not=_OF_DRAFTS,
        ),
    ),
)
