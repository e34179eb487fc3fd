"""Lists that are narrowed by what was found and answered at the newest assessment: several things, of one person."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from punte.assessments.narrowing import Ages, Narrowing
from punte.assessments.offers import Offer, offers_within
from punte.programmes.models import Programme
from punte.programmes.queries import enrolled_households
from punte.www.frame.fields import ManyChoices
from punte.www.frame.listing import Listing
from punte.www.frame.listing_shown import Chip

_MOST = 12
_ADDED = "facts_add"

AGES = {
    "child": (gettext_lazy("Child under 18"), Ages(most=17)),
    "infant": (gettext_lazy("Child under one year"), Ages(most=0)),
    "small": (gettext_lazy("Child of 1 to 5"), Ages(1, 5)),
    "school": (gettext_lazy("Child of 6 to 17"), Ages(6, 17)),
    "adult": (gettext_lazy("Adult of 18 to 64"), Ages(18, 64)),
    "older": (gettext_lazy("Person of 65 or more"), Ages(65)),
}


class _FactsInput(forms.Widget):
    """What is chosen already, hidden, and a choice of one thing more."""

    offers: Mapping[str, Offer] = {}

    def id_for_label(self, id_: str) -> str:
        return id_

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        groups: dict[str, list[tuple[str, str]]] = {}
        for key, offer in self.offers.items():
            groups.setdefault(offer.domain, []).append((key, offer.words))
        choices = [("", _("Choose")), *groups.items()]
        select = ManyChoices(choices=choices).render(_ADDED, "", attrs)
        kept = format_html('<input type="hidden" name="{}" value="{}">', name, value) if value else ""
        return format_html("{}{}", kept, select)


class FactsFilter(forms.Form):
    """What was found or answered, and how old the person is of whom it is true; everything is optional.

    Args:
        offers: what may be asked, by its key.
        programmes: what may be asked for; asked on the way from a programme alone.
    """

    aged = forms.ChoiceField(
        label=gettext_lazy("Who"),
        choices=[("", gettext_lazy("Anybody")), *((key, words) for key, (words, _ages) in AGES.items())],
        required=False,
    )
    facts = forms.CharField(
        label=gettext_lazy("What was found or answered"), required=False, widget=_FactsInput
    )

    programme = forms.ChoiceField(label=gettext_lazy("Takes part in the programme"), required=False)

    def __init__(
        self,
        *arguments: Any,
        offers: Mapping[str, Offer],
        programmes: Sequence[tuple[str, str]] = (),
        **named: Any,
    ) -> None:
        super().__init__(*arguments, **named)
        if programmes:
            offered: Any = self.fields["programme"]
            offered.choices = [("", _("Any")), *programmes]
        else:
            del self.fields["programme"]
        self.offers = offers
        self.fields["facts"].widget.offers = offers
        self.order_fields([*(name for name in self.fields if name not in ("aged", "facts")), "aged", "facts"])

    def clean_facts(self) -> list[Offer]:
        """What is offered of all that the address says."""
        return [self.offers[key] for key in self.cleaned_data["facts"].split(",") if key in self.offers]


class FactsListing(Listing):
    """A list before one account, narrowed by what that account reads of the households."""

    @cached_property
    def offers(self) -> Mapping[str, Offer]:
        """What the account may ask: of nothing that it reads nowhere."""
        return offers_within(self.user.standing.every_compartment())

    @cached_property
    def given(self) -> dict[str, str]:
        """What the address says; of facts, what is offered, with the one that was just added."""
        given = dict(super().given)
        said = [*given.pop("facts", "").split(","), self.request.GET.get(_ADDED, "")]
        chosen = [key for key in dict.fromkeys(said) if key in self.offers][:_MOST]
        return {**given, "facts": ",".join(chosen)} if chosen else given

    def form_options(self) -> Mapping[str, Any]:
        return {"offers": self.offers, "programmes": self._programmes}

    @cached_property
    def _programmes(self) -> Sequence[tuple[str, str]]:
        """The programmes that the account reads, where the address names one."""
        if "programme" not in self.given:
            return ()
        rows = Programme.objects.visible_to(self.user).values_list("pk", "short")
        return [(str(pk), short) for pk, short in rows]

    def of_programme(self, rows: QuerySet[Any], asked: Mapping[str, Any], *, home: str) -> QuerySet[Any]:
        """Those whose household, which `home` names, takes part in the programme that is asked for."""
        if not asked.get("programme"):
            return rows
        return rows.filter(**{f"{home}__in": enrolled_households(self.user, asked["programme"])})

    def narrowing(self, asked: Mapping[str, Any]) -> Narrowing:
        """What is asked, as the account may ask it."""
        aged, offers = asked.get("aged") or "", tuple(asked.get("facts") or ())
        ages = AGES[aged][1] if aged in AGES else None
        return self._narrowings.setdefault((offers, ages), Narrowing(self.user, offers, ages))

    @cached_property
    def _narrowings(self) -> dict[Any, Narrowing]:
        """Each remembers what it looked up, and a page asks of the same several times."""
        return {}

    def chips(self) -> Sequence[Chip]:
        chosen = self.given.get("facts", "").split(",") if "facts" in self.given else []
        chips = [
            Chip(self.offers[key].words, self._without(facts=",".join(one for one in chosen if one != key)))
            for key in chosen
        ]
        aged = self.given.get("aged", "")
        return [Chip(AGES[aged][0], self._without(aged="")), *chips] if aged in AGES else chips

    def _without(self, **changed: str) -> str:
        # Of a kept view all that it asks is said again: what is taken off would else come back with it.
        return self.address(kept="", p="", **changed)

    @property
    def is_of_one_person(self) -> bool:
        """Whether several of the things asked must be true of the same person."""
        of_people = [one for one in self.narrowing(self.asked).offers if one.about == "member"]
        questions = {one.name for one in of_people}
        return bool(questions) and len(questions) + (self.given.get("aged", "") in AGES) > 1
