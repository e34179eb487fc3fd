"""What is asked before two files of one person are joined."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Case, When
from django.utils.translation import gettext_lazy as _

from punte.people.models import Household, Person
from punte.www.office.people.forms.people import Note


class JoinForm(forms.Form):
    """Which file is kept, where the person lives if the files do not agree, and why they are one."""

    keep = forms.ModelChoiceField(
        label=_("Which file is kept?"),
        help_text=_(
            "What it does not say is filled in from the other, and all that hangs on the other comes to it."
        ),
        queryset=Person.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    household = forms.ModelChoiceField(
        label=_("Where does the person live today?"),
        queryset=Household.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    why = Note(label=_("How do you know that it is one person?"))

    def __init__(
        self, *args: Any, pair: Sequence[Person], homes: Sequence[Household], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        keep: Any = self.fields["keep"]
        # Two files may read alike: each is named as its column is, and they stand in the order of the columns.
        places = {one.pk: place for place, one in enumerate(pair, start=1)}
        as_columns = Case(*(When(pk=pk, then=place) for pk, place in places.items()), default=0)
        both = Person.objects.filter(pk__in=places).order_by(as_columns)
        keep.queryset = both.defer("cnp", "ethnicity")
        keep.label_from_instance = lambda one: (
            _("File %(place)d: %(name)s")
            % {
                "place": places[one.pk],
                "name": one,
            }
        )
        if len(homes) < 2:
            del self.fields["household"]
        else:
            home: Any = self.fields["household"]
            home.queryset = Household.objects.filter(pk__in=[one.pk for one in homes])
            home.label_from_instance = lambda one: f"{one.name}, {one.address}".rstrip(", ")
