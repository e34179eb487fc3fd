"""What the register of petitions keeps of people."""

from django.utils.translation import pgettext_lazy

from punte.accounts.guests import Guest, Kept

KEPT = Guest(
    "petitions_kept",
    keeps=(
        Kept(
            ("petitions.Petition", "petitions.PetitionEvent", "petitions.Attachment"),
            pgettext_lazy("own file", "Petitions"),
            pgettext_lazy("own file", "as many whole years after it ended as the institution has set"),
            pgettext_lazy("own file", "what names anybody is erased; number, dates and kind stay"),
            why_not=pgettext_lazy(
                "own file", "it is tied to nobody's file: who wrote it reads it with its number and code"
            ),
        ),
    ),
)
