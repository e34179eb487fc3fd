"""What is asked at each step of a notification."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from punte.accounts.models import User
from punte.cases.enums import Regime
from punte.notifications.content import content
from punte.notifications.enums import CLOSING, RESULTS, TRIED, Certainty, Danger, Level
from punte.notifications.models import Notification
from punte.notifications.permission import LONGEST, LONGEST_LINE
from punte.notifications.routing import Proposal
from punte.people.models import Household, Person
from punte.www.frame.fields import MomentField, writing


def hour(label: Any, help_text: Any = "") -> MomentField:
    """A moment that may stay empty: then it is now."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return MomentField(label=label, help_text=help_text or _("Empty: now."), required=False, widget=widget)


def text(label: Any, *, rows: int = 3, required: bool = True, ready: str = "") -> forms.CharField:
    """A few sentences."""
    return forms.CharField(
        label=label, widget=writing(rows, ready=ready), required=required, max_length=LONGEST
    )


class TriageForm(forms.Form):
    """What it is and how urgent."""

    kind = forms.ChoiceField(label=_("What it is about"))
    danger = forms.ChoiceField(
        label=_("Is somebody in danger now?"), choices=Danger.choices, widget=forms.RadioSelect
    )
    reasons = forms.MultipleChoiceField(
        label=_("Why it is urgent"), required=False, widget=forms.CheckboxSelectMultiple
    )
    judged = forms.TypedChoiceField(
        label=_("How soon somebody goes"),
        help_text=_("The reasons say how soon. Judge otherwise only with a reason: it stays on record."),
        choices=[("", _("As the reasons say")), *Level.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    why = text(_("Why you judge otherwise"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        chosen["kind"].choices = content().choices("kinds")
        chosen["reasons"].choices = content().choices("reasons")


class AssignForm(forms.Form):
    """Who checks it; those proposed come first, each with how many they have."""

    worker = forms.ModelChoiceField(label=_("Who checks it"), queryset=User.objects.none(), empty_label=None)

    def __init__(self, *args: Any, proposed: Sequence[Proposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["worker"]
        chosen.queryset = User.objects.filter(pk__in=[one.worker.pk for one in proposed])
        # In the order of the proposal, not in that of the names.
        chosen.choices = [(one.worker.pk, f"{one.worker} ({one.open})") for one in proposed]


class TeamForm(forms.Form):
    """Who goes out."""

    users = forms.ModelMultipleChoiceField(
        label=_("Who goes"), queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    left_at = hour(_("Left at"))

    def __init__(self, *args: Any, users: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["users"].queryset = users  # type: ignore[attr-defined]


class ArrivedForm(forms.Form):
    """The team is there."""

    at = hour(_("Arrived at"))


class BackForm(forms.Form):
    """What the team found."""

    found = text(_("What the team found"), rows=5)
    at = hour(_("Back at"))


class CheckForm(forms.Form):
    """A way to the family."""

    outcome = forms.ChoiceField(
        label=_("What came of it"),
        choices=[(one.value, one.label) for one in TRIED],
        widget=forms.RadioSelect,
    )
    text = text(_("What was seen"), rows=5)
    at = hour(_("When"))


class ConcludeForm(forms.Form):
    """What the check came to."""

    result = forms.ChoiceField(
        label=_("What the check came to"),
        choices=[(one.value, one.label) for one in RESULTS],
        widget=forms.RadioSelect,
    )
    confirmed = forms.MultipleChoiceField(
        label=_("Confirmed forms of violence, abuse or neglect"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    suspected = forms.MultipleChoiceField(
        label=_("Suspected forms"), required=False, widget=forms.CheckboxSelectMultiple
    )
    text = text(_("In a few words"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        for name in ("confirmed", "suspected"):
            chosen[name].choices = content().choices("abuse")

    def clean(self) -> dict[str, Any]:
        """Both lists become one: a form that is confirmed is suspected no more."""
        given = super().clean() or {}
        abuse = dict.fromkeys(given.pop("suspected", ()), Certainty.SUSPECTED.value)
        abuse |= dict.fromkeys(given.pop("confirmed", ()), Certainty.CONFIRMED.value)
        return {**given, "abuse": abuse}


class CaseForm(forms.Form):
    """A case of a household that is known."""

    household = forms.ModelChoiceField(
        label=_("Household"), queryset=Household.objects.none(), empty_label=None, widget=forms.RadioSelect
    )
    regime = forms.ChoiceField(label=_("Regime"), choices=Regime.choices, widget=forms.RadioSelect)
    reason = text(_("Why"), ready="opening_reason")

    def __init__(self, *args: Any, households: QuerySet[Household], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["household"].queryset = households  # type: ignore[attr-defined]


class SendOnForm(forms.Form):
    """To whom it is sent, and what goes along."""

    to = forms.CharField(label=_("Institution"), max_length=LONGEST_LINE)
    package = forms.MultipleChoiceField(
        label=_("Papers that go along"), required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = text(_("Why"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["package"].choices = content().choices("package")  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    """Closed without a case."""

    decision = forms.ChoiceField(
        label=_("What is decided"),
        choices=[(one.value, one.label) for one in CLOSING],
        widget=forms.RadioSelect,
    )
    reason = text(_("Why"))


class NoteForm(forms.Form):
    """A note for colleagues."""

    note = text(_("Note for colleagues"), rows=2)


class JoinForm(forms.Form):
    """An earlier notification about the same."""

    into = forms.ModelChoiceField(
        label=_("Notification"), queryset=Notification.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, offered: QuerySet[Notification], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = offered  # type: ignore[attr-defined]


class LinkForm(forms.Form):
    """Which household or person is meant."""

    household = forms.ModelChoiceField(queryset=Household.objects.none(), required=False)
    person = forms.ModelChoiceField(queryset=Person.objects.none(), required=False)
    notified = forms.UUIDField(required=False)

    def __init__(
        self, *args: Any, households: QuerySet[Household], people: QuerySet[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        chosen["household"].queryset, chosen["person"].queryset = households, people
