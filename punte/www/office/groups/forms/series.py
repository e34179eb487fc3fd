"""What is asked about a group, its meetings and who is enrolled."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from punte.accounts.models import User
from punte.directory.models import Service
from punte.gatherings.actions.series import MOST_AT_ONCE, days_by_rule
from punte.gatherings.enums import EnrolmentEnd, ListKind
from punte.gatherings.groups_content import groups
from punte.gatherings.models import Series
from punte.gatherings.roll import leaders_in
from punte.organizations.models import Organization
from punte.people.enums import ConsentGiver, ConsentWay
from punte.www.frame.fields import DayInput, OfOrganization, within_calendar, writing


class HourField(forms.TimeField):
    """An hour, by the browser's own clock."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **options)


class SeriesForm(forms.Form):
    """A group as it is begun or changed; what a kind proposes is written where nothing is said."""

    kind = forms.ChoiceField(label=_("Kind"))
    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        help_text=_("Everybody who works here reads it: no names of people."),
    )
    start = forms.DateField(label=_("From"), widget=DayInput)
    end = forms.DateField(label=_("Until (not including)"), widget=DayInput, required=False)
    list_kind = forms.ChoiceField(
        label=_("Who comes"), choices=ListKind.choices, widget=forms.RadioSelect, initial=ListKind.OPEN
    )
    planned = forms.IntegerField(
        label=_("Meetings meant"),
        min_value=1,
        max_value=2_000,
        required=False,
        help_text=_("Left empty at the beginning, what the kind proposes: 11 for parents' school."),
    )
    least = forms.IntegerField(
        label=_("People at least in each"), min_value=1, max_value=5_000, required=False
    )
    edition = forms.IntegerField(label=_("Edition"), min_value=1, max_value=200, required=False)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    service = forms.ModelChoiceField(
        label=_("Of which service"), queryset=Service.objects.none(), required=False, empty_label=_("none")
    )
    parallel_to = forms.ModelChoiceField(
        label=_("In parallel with the adults of"),
        queryset=Series.objects.none(),
        required=False,
        empty_label=_("none"),
    )
    places = forms.IntegerField(
        label=_("Places, of a training"), min_value=1, max_value=5_000, required=False
    )
    cost = forms.DecimalField(
        label=_("Cost, in lei"), min_value=0, max_digits=10, decimal_places=2, required=False
    )
    facilitators = forms.ModelMultipleChoiceField(
        label=_("Who leads it"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *arguments: Any, keeper: Organization | None, **named: Any) -> None:
        super().__init__(*arguments, **named)
        kinds = sorted((str(one), key) for key, one in groups().kinds.items())
        self._offer("kind", choices=[(key, label) for label, key in kinds])
        if keeper is not None:
            self._offer("service", queryset=Service.objects.filter(provider=keeper).order_by("name", "pk"))
            beside = Series.objects.filter(keeper=keeper).order_by("title", "pk")
            self._offer("parallel_to", queryset=beside)
            self._offer("facilitators", queryset=leaders_in([keeper.pk]))

    def _offer(self, name: str, **options: Any) -> None:
        for key, value in options.items():
            setattr(self.fields[name], key, value)

    def clean(self) -> dict[str, Any]:
        """Money is kept in bani."""
        said = super().clean() or {}
        if said.get("cost") is not None:
            said["cost"] = int(said["cost"] * 100)
        return said


class NewSeriesForm(OfOrganization, SeriesForm):
    """A group that is begun, in one of the account's institutions."""

    field_order = ["organization"]


class PlanForm(forms.Form):
    """Meetings by a rule, or one."""

    day = forms.DateField(label=_("First day"), widget=DayInput)
    hour = HourField(label=_("Hour"), required=False)
    length = forms.IntegerField(label=_("How long, in minutes"), min_value=5, max_value=1_440, required=False)
    many = forms.IntegerField(
        label=_("How many meetings"),
        min_value=1,
        max_value=MOST_AT_ONCE,
        initial=1,
        help_text=_("More than one: on the same day of each week."),
    )
    every = forms.ChoiceField(
        label=_("How often"),
        choices=[("1", _("each week")), ("2", _("every second week")), ("0", _("each working day"))],
        initial="1",
    )
    place = forms.CharField(label=_("Place, if another"), max_length=200, required=False)


def planned_days(said: dict[str, Any]) -> list[dt.date]:
    """The days that the form says."""
    first, many = said["day"], said["many"]
    if said["every"] != "0":
        return days_by_rule(first, first.weekday(), many=many, every=int(said["every"]))
    days: list[dt.date] = []
    day = first
    while len(days) < many:
        if day.weekday() < 5:
            days.append(day)
        day += dt.timedelta(days=1)
    return days


class EndForm(forms.Form):
    """Since when somebody comes no more, and why."""

    end = forms.DateField(label=_("Comes no more since"), widget=DayInput, initial=timezone.localdate)
    why = forms.ChoiceField(
        label=_("Why"),
        widget=forms.RadioSelect,
        choices=[
            (one.value, one.label)
            for one in (
                EnrolmentEnd.FINISHED,
                EnrolmentEnd.LEFT,
                EnrolmentEnd.MOVED_AWAY,
                EnrolmentEnd.MISTAKE,
            )
        ],
    )


class EnrolForm(forms.Form):
    """Who is looked for, and since when they are on the list. The names travel in what is sent, never in an address."""

    start = forms.DateField(label=_("Comes since"), widget=DayInput, initial=timezone.localdate)
    text = forms.CharField(
        label=_("Name"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Words in any order, with or without diacritics."),
    )


class MoveForm(forms.Form):
    """Another day for a meeting."""

    day = forms.DateField(label=_("Day"), widget=DayInput)
    hour = HourField(label=_("Hour"), required=False)
    why = forms.CharField(label=_("Why"), max_length=300, required=False)


class WhyForm(forms.Form):
    """Why a meeting is called off."""

    why = forms.CharField(label=_("Why"), max_length=4_000, widget=writing(2))


class AgreeForm(forms.Form):
    """Who agreed, how and until when."""

    giver = forms.ChoiceField(label=_("Who agreed"), choices=ConsentGiver)
    given_by = forms.CharField(
        label=_("Their name, and by which right they agree for the other"), max_length=200, required=False
    )
    way = forms.ChoiceField(label=_("How"), choices=ConsentWay)
    start = forms.DateField(label=_("Given on"), widget=DayInput(), validators=[within_calendar])
    last_day = forms.DateField(
        label=_("Holds until"),
        widget=DayInput(),
        required=False,
        help_text=_("The last day. Empty: until it is withdrawn."),
        validators=[within_calendar],
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["start"].initial = timezone.localdate()
