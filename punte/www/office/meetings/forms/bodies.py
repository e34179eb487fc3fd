"""A body that was made, and who sits in it."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from punte.accounts.models import User
from punte.directory.models import Service
from punte.gatherings.content import BodyKind, bodies
from punte.gatherings.queries import Known
from punte.organizations.models import Organization
from punte.territory.models import Uat
from punte.www.frame.fields import DayInput, ManyChoices, OfOrganization, within_calendar, writing
from punte.www.office.meetings.forms.known import KnownChoice


class BodyForm(OfOrganization):
    """A body: its kind and name, its mandate, the decision that made it."""

    kind = forms.ChoiceField(label=_("Kind"), widget=ManyChoices)
    title = forms.CharField(label=_("Name"), max_length=200)
    uat = forms.ModelChoiceField(label=_("Town"), queryset=Uat.objects.none(), required=False)
    service = forms.ModelChoiceField(
        label=_("Residential unit"), queryset=Service.objects.none(), required=False
    )
    start = forms.DateField(label=_("Mandate from"), widget=DayInput, validators=[within_calendar])
    until = forms.DateField(
        label=_("Mandate until"), required=False, widget=DayInput, validators=[within_calendar]
    )
    act = forms.CharField(
        label=_("Decision that made it"),
        help_text=_("For example HCL 12/2026."),
        required=False,
        max_length=120,
    )
    act_on = forms.DateField(
        label=_("Day of the decision"), required=False, widget=DayInput, validators=[within_calendar]
    )
    quorum = forms.IntegerField(label=_("How many must be there"), required=False, min_value=1, max_value=200)

    def __init__(self, *args: Any, uats: QuerySet[Uat], services: QuerySet[Service], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["kind"].choices = [(one.key, str(one)) for one in bodies().kinds.values()]
        fields["uat"].queryset = uats
        fields["service"].queryset = services
        fields["start"].initial = timezone.localdate()


class EndForm(forms.Form):
    """The last day of a mandate, or of a seat."""

    on = forms.DateField(label=_("Last day"), widget=DayInput, validators=[within_calendar])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate()


class SeatForm(forms.Form):
    """Who sits in a body, in which role, since when."""

    role = forms.ChoiceField(label=_("Role"), widget=ManyChoices)
    user = forms.ChoiceField(label=_("Colleague"), required=False, widget=ManyChoices)
    known = KnownChoice()
    name = forms.CharField(label=_("Or by name"), required=False, max_length=120)
    organization = forms.ModelChoiceField(
        label=_("On behalf of"), queryset=Organization.objects.none(), required=False
    )
    start = forms.DateField(label=_("From"), widget=DayInput, validators=[within_calendar])
    until = forms.DateField(label=_("Until"), required=False, widget=DayInput, validators=[within_calendar])
    promised_on = forms.DateField(
        label=_("Promised confidentiality on"), required=False, widget=DayInput, validators=[within_calendar]
    )

    def __init__(
        self,
        *args: Any,
        kind: BodyKind | None,
        colleagues: list[User],
        partners: QuerySet[Organization],
        known: list[Known],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["known"].offer(known)
        if not known:
            del self.fields["known"]
        self.users = {str(one.pk): one for one in colleagues}
        fields["role"].choices = [(one.key, str(one)) for one in kind.roles] if kind else []
        fields["user"].choices = [("", _("Choose")), *((key, one.name) for key, one in self.users.items())]
        fields["organization"].queryset = partners
        fields["start"].initial = timezone.localdate()

    def clean_user(self) -> User | None:
        """The colleague."""
        return self.users.get(self.cleaned_data["user"])

    def said(self) -> dict[str, Any]:
        """What the verb takes."""
        given = dict(self.cleaned_data)
        known = given.pop("known", None)
        return given | known.who if known else given


class ReportForm(forms.Form):
    """What a report says besides its figures."""

    remarks = forms.CharField(
        label=_("What the sessions came to"),
        help_text=_("What was achieved, what stood in the way, what is proposed. Nobody of a case is named."),
        required=False,
        max_length=8000,
        widget=writing(8),
    )
