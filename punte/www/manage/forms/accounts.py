"""Forms of accounts, appointments and teams."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from punte.accounts.enums import Capability, Role
from punte.accounts.models import Team, User
from punte.accounts.queries import teams_managed_by
from punte.organizations.models import Organization
from punte.www.frame.fields import DayInput, OfOrganization, writing


class OfManaged(OfOrganization):
    """About one of the organisations that the account manages."""

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        managed = by.standing.organizations(Capability.MANAGE_ACCOUNTS)
        super().__init__(*args, organizations=Organization.objects.filter(pk__in=managed), **kwargs)
        own = sorted(managed - by.standing.looked_after)
        self.fields["organization"].initial = self.initial.get("organization") or own[0]


class AppointmentForm(OfManaged):
    """A role, in a team, for a while."""

    role = forms.ChoiceField(label=_("Role"), choices=[("", "—"), *Role.choices])
    team = forms.ModelChoiceField(label=_("Team"), queryset=Team.objects.none(), required=False)
    start = forms.DateField(label=_("First day"), widget=DayInput())
    until = forms.DateField(label=_("Last day"), widget=DayInput(), required=False)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        self.fields["start"].initial = timezone.localdate
        teams = self.fields["team"]
        assert isinstance(teams, forms.ModelChoiceField)
        teams.queryset = teams_managed_by(by).select_related("organization")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        start, until = cleaned.get("start"), cleaned.get("until")
        if start and until and until < start:
            self.add_error("until", _("The last day must not come before the first."))
        return cleaned

    @property
    def appointment(self) -> dict[str, Any]:
        """The arguments of the verb that appoints."""
        given = self.cleaned_data
        return {
            "organization": given["organization"],
            "role": Role(given["role"]),
            "team": given["team"],
            "start": given["start"],
            "end": after(given["until"]),
        }


class NewUserForm(AppointmentForm):
    """An account and its first appointment."""

    name = forms.CharField(label=_("Name and surname"), max_length=120)
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    profession = forms.CharField(label=_("Qualification"), max_length=120, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)

    field_order = ["name", "email", "profession", "phone", "organization", "role", "team", "start", "until"]


class EndForm(forms.Form):
    """When an appointment ends."""

    until = forms.DateField(
        label=_("Last day"),
        widget=DayInput(),
        initial=timezone.localdate,
        help_text=_("To end it at once, choose yesterday."),
    )


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), widget=writing(3), max_length=2000)


class EmailForm(ReasonForm):
    """Another address of an account, and why."""

    email = forms.EmailField(label=_("New e-mail"), max_length=254)

    field_order = ["email", "reason"]


class AnswerForm(forms.Form):
    """Whether a second person agrees."""

    GRANT, REFUSE = "grant", "refuse"

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[(GRANT, _("I agree")), (REFUSE, _("I refuse"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Needed where you refuse."),
        widget=writing(3),
        max_length=2000,
        required=False,
    )


class TeamNameForm(forms.Form):
    """A team by its name."""

    name = forms.CharField(label=_("Name of the team"), max_length=120)


class TeamForm(TeamNameForm, OfManaged):
    """A new team."""


class TrailForm(forms.Form):
    """What the data protection officer looks for."""

    actor = forms.ModelChoiceField(label=_("Who"), queryset=User.objects.none(), required=False)
    since = forms.DateField(label=_("From"), widget=DayInput(), required=False)
    until = forms.DateField(label=_("Until"), widget=DayInput(), required=False)
    verb = forms.ChoiceField(label=_("What"), required=False)
    about = forms.CharField(
        label=_("Person, household or case"),
        help_text=_("By name, or by the number of a case: 2026/0142"),
        max_length=200,
        required=False,
    )
    household = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, actors: Any, verbs: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who, what = self.fields["actor"], self.fields["verb"]
        assert isinstance(who, forms.ModelChoiceField) and isinstance(what, forms.ChoiceField)
        who.queryset = actors
        what.choices = [("", _("anything")), *verbs]


def after(last_day: dt.date | None) -> dt.date | None:
    """The end of a period whose last day is given."""
    return last_day + dt.timedelta(days=1) if last_day else None
