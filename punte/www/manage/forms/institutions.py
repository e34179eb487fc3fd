"""Forms of institutions, of who answers there, and of communities."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from punte.organizations.contacts import contact_duties
from punte.organizations.enums import OrganizationKind
from punte.territory.models import Uat
from punte.www.frame.fields import DayInput, OfOrganization, writing


class InstitutionFilter(forms.Form):
    """Which institutions to show; everything is optional.

    Args:
        uats: what is offered.
    """

    q = forms.CharField(label=_("Name"), max_length=100, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("Any")), *OrganizationKind.choices], required=False
    )
    uat = forms.ChoiceField(label=_("UAT"), required=False)
    known = forms.ChoiceField(
        label=_("Known how"),
        choices=[
            ("", _("Any")),
            ("contacts", _("With somebody to call")),
            ("accounts", _("With accounts")),
            ("brought", _("Brought in by us")),
        ],
        required=False,
    )

    def __init__(self, *arguments: Any, uats: Iterable[Uat], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["uat"].choices = [("", _("Any")), *((str(uat.pk), uat.name) for uat in uats)]  # type: ignore[attr-defined]


class InstitutionForm(forms.Form):
    """What is known of an institution.

    Args:
        uats: where it may be.
    """

    name = forms.CharField(label=_("Name"), max_length=250, help_text=_("As on its stamp."))
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", "—"), *OrganizationKind.choices])
    uat = forms.ModelChoiceField(label=_("UAT"), queryset=Uat.objects.none())
    short_name = forms.CharField(
        label=_("Short name"), max_length=80, required=False, help_text=_("As colleagues say it.")
    )
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    address = forms.CharField(label=_("Address"), max_length=250, required=False)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    fiscal_code = forms.CharField(label=_("Fiscal code"), max_length=12, required=False)

    def __init__(self, *args: Any, uats: QuerySet[Uat], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["uat"].queryset = uats  # type: ignore[attr-defined]


class NewInstitutionForm(InstitutionForm, OfOrganization):
    """An institution that is not known yet, and for which of one's own it is brought in."""


class ContactForm(OfOrganization):
    """Who answers at an institution for something."""

    duty = forms.ChoiceField(label=_("What the person answers for"))
    name = forms.CharField(label=_("Name and surname"), max_length=120, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    remark = forms.CharField(
        label=_("Good to know"),
        max_length=500,
        required=False,
        widget=writing(2),
        help_text=_("When to call, whom to ask for."),
    )

    field_order = ["duty", "name", "phone", "email", "remark"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        language = get_language() or "ro"
        named = [(key, words.get(language, words["ro"])) for key, words in contact_duties().items()]
        self.fields["duty"].choices = [("", "—"), *named]  # type: ignore[attr-defined]


class EndContactForm(forms.Form):
    """Since when somebody answers there no more."""

    end = forms.DateField(label=_("Since when not any more"), widget=DayInput(), initial=timezone.localdate)


class CommunityForm(forms.Form):
    """A marginalised community, and where it is.

    Args:
        uats: where it may be.
    """

    uat = forms.ModelChoiceField(label=_("UAT"), queryset=Uat.objects.none())
    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("As people of the place say it."))
    source = forms.CharField(
        label=_("Where it is known from"),
        max_length=200,
        help_text=_("E.g. the local development strategy, decision 12/2025 of the council."),
    )
    point = forms.CharField(
        label=_("Point on the map"),
        max_length=60,
        required=False,
        help_text=_("Latitude and longitude, as a map gives them: 46.7712, 23.6236"),
    )

    def __init__(self, *args: Any, uats: QuerySet[Uat], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["uat"].queryset = uats  # type: ignore[attr-defined]

    def clean_point(self) -> tuple[float, float] | None:
        """Latitude and longitude in degrees."""
        said = self.cleaned_data["point"].strip()
        if not said:
            return None
        parts = said.replace(";", " ").replace(", ", " ").split()
        try:
            latitude, longitude = (float(part.strip(",").replace(",", ".")) for part in parts)
        except ValueError:
            raise forms.ValidationError(_("Write two numbers, such as 46.7712, 23.6236.")) from None
        if not (43.5 <= latitude <= 48.3 and 20.2 <= longitude <= 29.8):
            raise forms.ValidationError(_("This point is not in Romania. Latitude comes first."))
        return latitude, longitude
