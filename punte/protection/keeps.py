"""What the search for a family keeps of somebody: the measure tells it, the search itself is about others too."""

from django.utils.translation import pgettext_lazy

from punte.people.keeps import REPEATS, kept_with_file

KEEPS = (
    kept_with_file(
        pgettext_lazy("own file", "Search for a family"),
        "protection.FamilySearch",
        "protection.SearchedChild",
        "protection.Placement",
        why_not=REPEATS,
    ),
)
