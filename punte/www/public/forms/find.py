"""What a resident asks for; sent by GET, so that the answer has an address and works without JavaScript."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from punte.directory.help.gazetteer import Place, gazetteer
from punte.directory.help.need import VIOLENCE, Reading, needs, people, read_need, title_in
from punte.directory.help.search import Search

_KILOMETRES = (2, 5, 10, 25, 50)


class FindForm(forms.Form):
    """The question. Nothing is required, and nothing makes it wrong: what is not understood is said beside it."""

    q = forms.CharField(label=_("What do you need help with?"), required=False, max_length=300)
    nevoie = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    cine = forms.ChoiceField(label=_("For whom"), required=False)
    loc = forms.CharField(label=_("Near"), required=False, max_length=100)
    km = forms.TypedChoiceField(label=_("How far"), required=False, coerce=float, empty_value=None)
    liber = forms.BooleanField(label=_("Has free places"), required=False)
    deschis = forms.BooleanField(label=_("Open now"), required=False)
    trepte = forms.BooleanField(label=_("Without steps"), required=False)

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        language = get_language() or "ro"
        self.fields["cine"].choices = [  # type: ignore[attr-defined]
            ("", _("anybody")),
            *((one.key, title_in(one.name, language)) for one in people().values()),
        ]
        self.fields["km"].choices = [  # type: ignore[attr-defined]
            ("", _("any distance")),
            *((str(km), _("at most %(km)s km") % {"km": km}) for km in _KILOMETRES),
        ]
        places: Any = self.fields["loc"].widget
        places.attrs.update(
            {"list": "places", "autocomplete": "off", "placeholder": _("neighbourhood or locality")}
        )


class Question:
    """A question understood: what is wanted, and what was not found in it."""

    def __init__(self, asked: QueryDict) -> None:
        self.form = FindForm(asked)
        valid = self.form.is_valid()
        data = self.form.cleaned_data
        self.text: str = data.get("q", "") or ""
        self.place_text: str = data.get("loc", "") or ""
        known = gazetteer()
        self.offered = known.offered
        self.place: Place | None = known.find(self.place_text) if self.place_text else None
        rest = self.text
        if not self.place_text:
            self.place, rest = known.named_in(self.text)
        self.place_unknown = bool(self.place_text) and self.place is None
        self.search = Search(
            reading=self._reading(rest, data.get("nevoie", "")),
            for_whom=(data["cine"],) if data.get("cine") else (),
            near=self.place,
            within_km=data.get("km") if self.place else None,
            open_at=timezone.localtime() if data.get("deschis") else None,
            free=bool(data.get("liber")),
            step_free=bool(data.get("trepte")),
        )
        self.asked = any(value for value in data.values()) or not valid

    @property
    def quiet_way_out(self) -> bool:
        """Whether who reads the answer may have to leave it quickly."""
        return VIOLENCE in {*self.search.reading.who, *self.search.for_whom}

    @property
    def ticks(self) -> list[forms.BoundField]:
        """What may be ticked."""
        return [self.form[name] for name in ("liber", "deschis", "trepte")]

    @property
    def wider(self) -> str:
        """The same question with nothing but the need and the place, as a query string."""
        need = str(self.form.cleaned_data.get("nevoie", ""))
        kept = {"q": self.text, "nevoie": need, "loc": self.place_text}
        return urlencode({name: value for name, value in kept.items() if value})

    @staticmethod
    def _reading(text: str, need: str) -> Reading:
        """What was typed; where nothing was, the need chosen from the list."""
        if not text.strip() and need in needs():
            return Reading(needs=(needs()[need],))
        return read_need(text, language=get_language() or "ro")

    @property
    def narrowed(self) -> bool:
        """Whether something besides the need narrows the answer, so that less may find more."""
        search = self.search
        return bool(search.for_whom or search.within_km or search.open_at or search.free or search.step_free)
