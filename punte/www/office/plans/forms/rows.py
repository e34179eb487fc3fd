"""Forms of a plan: one row, the plan's own fields, a year, the words of an approval."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from punte.annual_plans.editing import PLAN_FIELDS, fields_of, values_of
from punte.annual_plans.models import AnnualPlan, PlanRow
from punte.directory.enums import CapacityUnit
from punte.directory.models import NomenclatureCode, Service
from punte.kernel.tables import Unreadable, money
from punte.kernel.tables.letters import tidy
from punte.organizations.models import Organization
from punte.www.frame.fields import DayInput, OfOrganization, writing
from punte.www.office.plans.forms.labels import HINTS, LABELS

_PER = {CapacityUnit.PER_DAY: "/zi", CapacityUnit.PER_MONTH: "/lună", CapacityUnit.PER_YEAR: "/an"}
LEI_DIGITS = 14
"""Of an amount of lei, which tells it from a percentage or an area."""
_NOT_ASKED = {"code_printed"}
_PRINTED_BESIDE = {"capacity": "capacity_printed", "per_day": "per_day_printed", "places": "places_printed"}


class LeiField(forms.Field):
    """An amount of lei, written as Romanians write it."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Decimal | None:
        """The amount; None where nothing is written."""
        if value is None or isinstance(value, Decimal):
            return value
        text = tidy(str(value))
        if not text:
            return None
        try:
            amount: Decimal = money()(text)
        except Unreadable as wrong:
            raise forms.ValidationError(str(wrong.message)) from wrong
        return amount

    def prepare_value(self, value: Any) -> Any:
        """An amount as it is written in the field: without needless decimals."""
        if not isinstance(value, Decimal):
            return value
        return f"{value:.2f}".removesuffix(".00").replace(".", ",")


class _Revised(forms.Form):
    """What was there when the form was opened goes along, so that only what was changed is sent."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def values(self) -> dict[str, Any]:
        """What was changed, by field."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name != "revision"}


class RowForm(_Revised):
    """One row of a plan."""

    def __init__(self, *args: Any, model: type[PlanRow], plan: AnnualPlan, **options: Any) -> None:
        super().__init__(*args, **options)
        self._model = model
        for name in sorted(fields_of(model), key=list(LABELS).index):
            if name not in _NOT_ASKED:
                self.fields[name] = _form_field(model._meta.get_field(name), plan)

    @property
    def values(self) -> dict[str, Any]:
        """What was changed, by field, with what is printed for it."""
        changed = super().values
        for counted, printed in _PRINTED_BESIDE.items():
            if counted in self.fields and counted in changed and printed not in changed:
                changed[printed] = self._printed(counted)
        return changed

    def _printed(self, counted: str) -> str:
        number = self.cleaned_data[counted]
        unit = self.cleaned_data.get("capacity_unit") if counted == "capacity" else ""
        return "" if number is None else f"{number}{_PER.get(unit, '')}"  # type: ignore[arg-type]


class PlanForm(_Revised):
    """The plan's own fields."""

    def __init__(self, *args: Any, plan: AnnualPlan, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in PLAN_FIELDS:
            self.fields[name] = _form_field(AnnualPlan._meta.get_field(name), plan)


class PrepareForm(OfOrganization):
    """Whose plan, and for which year."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["year"].initial = timezone.localdate().year + 1


class SubmitForm(forms.Form):
    """What those who approve should know."""

    note = forms.CharField(
        label=_("What those who approve should know"),
        help_text=_("Such as why something the check found stays as it is."),
        required=False,
        max_length=4000,
        widget=writing(3),
    )


class AnswerForm(forms.Form):
    """Why something that the check asks about stays as it is."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=1000)
    answer = forms.CharField(
        label=_("Why it stays as it is"),
        help_text=_("The answer goes with the plan to those who approve it. Empty takes it back."),
        required=False,
        max_length=1000,
        widget=writing(3, ready="plan_remark"),
    )


class ApproveForm(forms.Form):
    """By which decision the plan is approved."""

    decision = forms.CharField(label=_("Number of the decision"), max_length=120)
    decided_on = forms.DateField(
        label=_("Day of the decision"),
        required=False,
        widget=DayInput(),
    )

    def clean_decided_on(self) -> dt.date | None:
        """The day, not after today."""
        day: dt.date | None = self.cleaned_data["decided_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day


class ReopenForm(forms.Form):
    """Why a plan is changed again."""

    reason = forms.CharField(label=_("Why the plan is changed again"), max_length=2000, widget=writing(2))


def as_typed(row: PlanRow) -> dict[str, Any]:
    """What the form of a row starts from."""
    values = {name: _typed(row, name, value) for name, value in values_of(row, fields_of(type(row))).items()}
    return {**values, "revision": row.revision}


def _typed(row: PlanRow, name: str, value: Any) -> Any:
    """A percentage or an area without needless decimals; an amount is the field's own to write."""
    amount = getattr(row._meta.get_field(name), "max_digits", 0) == LEI_DIGITS
    return f"{value.normalize():f}" if isinstance(value, Decimal) and not amount else value


def _form_field(field: Any, plan: AnnualPlan) -> Any:
    made: Any = _lei(field) or _link(field, plan) or _plain(field)
    made.label = LABELS[field.name]
    made.help_text = HINTS.get(field.name, "")
    made.show_hidden_initial = True
    return made


def _lei(field: Any) -> forms.Field | None:
    money_field = isinstance(field, models.DecimalField) and field.max_digits == LEI_DIGITS
    return LeiField(required=False) if money_field else None


def _link(field: Any, plan: AnnualPlan) -> forms.Field | None:
    if field.name == "code":
        return forms.ModelChoiceField(NomenclatureCode.objects.all(), required=False)
    if field.name == "service":
        return forms.ModelChoiceField(_services(plan), required=False)
    if field.name == "organization":
        offering = Organization.objects.filter(services__in=_services(plan)).distinct().order_by("name")
        return forms.ModelChoiceField(offering, required=False)
    return None


def _services(plan: AnnualPlan) -> Any:
    services = Service.objects.order_by("name")
    uat = plan.organization.uat_id
    return services.in_uat(uat) if uat else services


def _plain(field: Any) -> Any:
    kept: Any = field
    if isinstance(field, models.TextField):
        made = kept.formfield(widget=writing(4))
        made.max_length = 20_000
        return made
    if isinstance(field, models.DateField):
        return kept.formfield(widget=DayInput())
    if isinstance(field, models.CharField) and not field.choices and (field.max_length or 0) > 200:
        return kept.formfield(widget=writing(2))
    return kept.formfield()
