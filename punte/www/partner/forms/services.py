"""What a provider types about its services."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from punte.directory.enums import CapacityUnit, ServiceStatus, Weekday
from punte.directory.models import NomenclatureCode
from punte.directory.services.details import (
    LABELS,
    LANGUAGES,
    LONG,
    MIDDLE,
    TIMES_A_DAY,
    Details,
    check,
    check_together,
    day_name,
)
from punte.kernel.errors import DomainError
from punte.organizations.models import Organization
from punte.territory.models import Uat
from punte.www.frame.fields import DayInput, OfOrganization, over_capacity, writing

_UNKNOWN = (("", _("not known")), ("yes", _("yes")), ("no", _("no")))
_COUNTED = [choice for choice in CapacityUnit.choices if choice[0] != CapacityUnit.OTHER]
_LICENCE = ("number", "issued_by", "start", "end")
_WORKING_DAYS = range(2, 6)


class TimeInput(forms.TimeInput):
    """The browser's own choice of an hour."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class HourField(forms.TimeField):
    """An hour; 24:00 is the midnight at which a day ends."""

    widget = TimeInput

    def to_python(self, value: Any) -> dt.time | None:
        """The hour, None where nothing is written."""
        return super().to_python("00:00" if str(value).strip() == "24:00" else value)


def _yes_no(name: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=LABELS[name],
        choices=_UNKNOWN,
        coerce=lambda word: {"yes": True, "no": False}[word],
        empty_value=None,
        required=False,
    )


class PlacesForm(forms.Form):
    """How many places are taken, and how many people wait for one."""

    taken = forms.IntegerField(label=_("Places taken now"), min_value=0, max_value=10_000)
    waiting = forms.IntegerField(label=_("People who wait"), min_value=0, max_value=10_000, required=False)
    reason = over_capacity()


class CapacityForm(forms.Form):
    """How many the service can serve in a year."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    value = forms.IntegerField(label=_("How many"), min_value=1, max_value=100_000)
    unit = forms.ChoiceField(label=_("Counted as"), choices=_COUNTED)


class DetailsForm(forms.Form):
    """Everything that is published of a service."""

    name = forms.CharField(label=LABELS["name"], max_length=300)
    name_confirmed = forms.BooleanField(
        label=_("The person agrees that everybody reads the name"), required=False
    )
    description = forms.CharField(
        label=LABELS["description"], required=False, max_length=LONG, widget=writing(5)
    )
    address = forms.CharField(label=LABELS["address"], required=False, max_length=250)
    phone = forms.CharField(label=LABELS["phone"], required=False, max_length=40)
    email = forms.CharField(label=LABELS["email"], required=False, max_length=254)
    website = forms.CharField(
        label=LABELS["website"], required=False, max_length=200, help_text=_("It begins with https://")
    )
    eligibility = forms.CharField(
        label=LABELS["eligibility"], required=False, max_length=MIDDLE, widget=writing(3)
    )
    min_age = forms.IntegerField(label=LABELS["min_age"], required=False)
    max_age = forms.IntegerField(label=LABELS["max_age"], required=False)
    free_of_charge = _yes_no("free_of_charge")
    price = forms.CharField(label=LABELS["price"], required=False, max_length=MIDDLE, widget=writing(2))
    required_papers = forms.CharField(
        label=LABELS["required_papers"],
        required=False,
        max_length=MIDDLE,
        widget=writing(4),
        help_text=_("One a line."),
    )
    languages = forms.MultipleChoiceField(
        label=LABELS["languages"],
        required=False,
        choices=list(LANGUAGES.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    step_free = _yes_no("step_free")
    accessibility = forms.CharField(
        label=LABELS["accessibility"],
        required=False,
        max_length=MIDDLE,
        widget=writing(2),
        help_text=_("For example: lift, wide doors, adapted toilet, parking place."),
    )
    always_open = forms.BooleanField(label=LABELS["always_open"], required=False)
    hours_note = forms.CharField(
        label=LABELS["hours_note"],
        required=False,
        max_length=250,
        help_text=_("For example: closed on public holidays; by appointment."),
    )
    staff = forms.IntegerField(label=LABELS["staff"], required=False)
    licence_number = forms.CharField(label=_("Number of the licence"), required=False, max_length=60)
    licence_issued_by = forms.CharField(label=_("Licence issued by"), required=False, max_length=200)
    licence_start = forms.DateField(label=_("First day"), required=False, widget=DayInput())
    licence_end = forms.DateField(label=_("Last day"), required=False, widget=DayInput())
    words = forms.CharField(
        label=_("Message for those who check"), required=False, max_length=2000, widget=writing(2)
    )
    before = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, details: Details | None = None, shown: Details | None = None, **rest: Any
    ) -> None:
        """A form on `details`, what is published now, filled with `shown`, what it would be."""
        super().__init__(*args, **rest)
        self.details = details or {}
        if details and details["address"] is None:
            del self.fields["address"]
        for day in Weekday:
            for turn in range(1, TIMES_A_DAY + 1):
                for edge, words in (("opens", _("opens")), ("closes", _("closes"))):
                    self.fields[f"{edge}_{day}_{turn}"] = HourField(
                        label=f"{day_name(day)} {words}", required=False
                    )
        self.initial = {**_initial(shown or self.details), "before": sign(self.details)}

    @property
    def asks_about_name(self) -> bool:
        """Whether the name was a colleague's, so that the box about it is shown."""
        return bool("name_confirmed" in self.errors or self["name_confirmed"].value())

    def days(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """The fields of the opening hours, day by day."""
        for day in Weekday:
            yield (
                day_name(day),
                [
                    self[f"{edge}_{day}_{turn}"]
                    for turn in range(1, TIMES_A_DAY + 1)
                    for edge in ("opens", "closes")
                ],
            )

    def clean(self) -> dict[str, Any]:
        """Every field by the rules of the directory, so that all that is wrong is said at once."""
        super().clean()
        values: Details = {}
        for name, value in self._asked().items():
            try:
                values[name] = check(name, value)
            except DomainError as error:
                self.add_error(self._field(name), str(error.message))
        try:
            check_together(values)
        except DomainError as error:
            self.add_error(self._field(error.field), str(error.message))
        self.values = values
        return self.cleaned_data

    def read_before(self) -> Details:
        """What was published when the author opened the form; as it is now where that cannot be told."""
        try:
            found: Details = signing.loads(self.data.get("before", ""), salt="details")
        except signing.BadSignature:
            return self.details
        return found

    def _asked(self) -> Details:
        given = self.cleaned_data
        asked = {name: given[name] for name in LABELS if name in given}
        if not any(name.startswith(("opens_", "closes_")) for name in self.errors):
            asked["hours"] = list(self._hours())
        licence = {part: given.get(f"licence_{part}") for part in _LICENCE}
        if any(licence.values()):
            asked["licence"] = licence
        elif not self.details.get("licence"):
            asked["licence"] = None
        return asked

    def _hours(self) -> Iterator[list[Any]]:
        for day in Weekday:
            for turn in range(1, TIMES_A_DAY + 1):
                opens, closes = (
                    self.cleaned_data.get(f"{edge}_{day}_{turn}") for edge in ("opens", "closes")
                )
                if opens is not None and closes is not None:
                    yield [int(day), f"{opens:%H:%M}", f"{closes:%H:%M}"]
                elif opens is not None or closes is not None:
                    missing = f"{'opens' if opens is None else 'closes'}_{day}_{turn}"
                    self.add_error(missing, say("Write both hours: from when to when."))

    def _field(self, name: str | None) -> str | None:
        if name == "hours":
            return "opens_1_1"
        if name == "licence":
            return "licence_number"
        return name if name in self.fields else None


def sign(details: Details) -> str:
    """What is published, sealed so that the form can bring it back unchanged."""
    return signing.dumps(details, salt="details", compress=True)


def as_monday(data: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, with the hours of Monday on every working day."""
    made = dict(data.items())
    for turn in range(1, TIMES_A_DAY + 1):
        for edge in ("opens", "closes"):
            for day in _WORKING_DAYS:
                made[f"{edge}_{day}_{turn}"] = data.get(f"{edge}_1_{turn}", "")
    return made


def _initial(details: Details) -> dict[str, Any]:
    found = {name: value for name, value in details.items() if name not in ("hours", "licence")}
    for name in ("free_of_charge", "step_free"):
        found[name] = {True: "yes", False: "no", None: ""}[details.get(name)]
    turns: dict[int, int] = {}
    for day, opens, closes in details.get("hours") or ():
        turns[day] = turns.get(day, 0) + 1
        found[f"opens_{day}_{turns[day]}"], found[f"closes_{day}_{turns[day]}"] = opens, closes
    for part, value in (details.get("licence") or {}).items():
        found[f"licence_{part}"] = value
    return found


class _Provider(forms.ModelChoiceField):
    """One of one's own organisations, by its full name."""

    def __init__(self, label: Any) -> None:
        super().__init__(Organization.objects.none(), label=label, empty_label=None)

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class NewServiceForm(OfOrganization, DetailsForm):
    """A service that the directory does not know: where it is given, and what is published of it."""

    organization = _Provider(_("Provider"))
    code = forms.ModelChoiceField(
        label=_("Code of the nomenclature"), queryset=NomenclatureCode.objects.all(), required=False
    )
    uat = forms.ModelChoiceField(
        label=_("Where"), queryset=Uat.objects.none(), help_text=_("Commune, town or municipality.")
    )

    def __init__(self, *args: Any, uats: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["uat"].queryset = uats  # type: ignore[attr-defined]


class StatusForm(forms.Form):
    """Whether the service receives people."""

    status = forms.ChoiceField(label=_("The service is"), choices=ServiceStatus, widget=forms.RadioSelect)
    start = forms.DateField(label=_("Since"), widget=DayInput(), initial=timezone.localdate)
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=300,
        widget=writing(2),
        help_text=_("Needed where it is suspended or closed; everybody reads it."),
    )
    expected_until = forms.DateField(
        label=_("Opens again on"),
        required=False,
        widget=DayInput(),
        help_text=_("For a suspended service, if the day is known."),
    )


class ClaimForm(OfOrganization):
    """The service is ours."""

    organization = _Provider(_("Your organisation"))
    words = forms.CharField(
        label=_("How one can see that the service is yours"),
        help_text=_("For example: the number of the licence, a contract, your web page."),
        max_length=2000,
        widget=writing(3),
    )
