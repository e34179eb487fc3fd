"""What is asked about people and households, and how. The verbs decide what can be so."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.formats import localize
from django.utils.translation import gettext_lazy as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.organizations.models import Organization
from punte.people.enums import DocumentKind, KinshipKind, OtherNameKind, Relation, Sex
from punte.people.models import DwellingQuerySet, Household, Person, Residence
from punte.people.residences import first_known_on
from punte.territory.models import Community, Uat
from punte.www.office.people.forms.finding_dwellings import FindsDwelling

_ISO = "%Y-%m-%d"
LONGEST_NOTE = 4_000


class DayField(forms.DateField):
    """A day, by the browser's own calendar; typed in the Romanian order where there is none."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format=_ISO)
        super().__init__(widget=widget, input_formats=[_ISO, "%d.%m.%Y", "%d/%m/%Y"], **options)


class Text(forms.CharField):
    """One line of text that the browser does not offer to others."""

    def __init__(self, *, max_length: int, autocomplete: str = "off", **options: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": autocomplete})
        super().__init__(max_length=max_length, widget=widget, **options)


class Note(forms.CharField):
    """Several lines of text, no longer than a note may be."""

    def __init__(self, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 3, "autocomplete": "off"})
        super().__init__(max_length=LONGEST_NOTE, widget=widget, **options)


class CommunityChoice(forms.ModelChoiceField):
    """Communities, each after its UAT."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.uat}: {obj.name}"


class HouseholdForm(FindsDwelling):
    """Where a household lives and how it is reached.

    Args:
        dwellings: those that it may live in, of the ones that are recorded by themselves.
    """

    name = Text(
        label=_("Name of the household"), max_length=120, help_text=_("As a rule, the family name. E.g. Dinu")
    )
    uat = forms.ModelChoiceField(label=_("UAT"), queryset=Uat.objects.none())
    locality = Text(label=_("Village or district"), max_length=120, required=False)
    address = Text(label=_("Address"), max_length=250, required=False)
    community = CommunityChoice(
        label=_("Marginalised community"),
        queryset=Community.objects.none(),
        required=False,
        empty_label=_("none"),
    )
    phone = Text(label=_("Phone"), max_length=40, required=False)
    safe_contact = Note(
        label=_("How to contact them safely"),
        required=False,
        help_text=_("When and on which number it is safe to call, what not to say to others in the house."),
    )
    field_order = ["name", "words", "dwelling"]

    def __init__(self, *args: Any, keeper: Organization, dwellings: DwellingQuerySet, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer(dwellings.filter(keeper=keeper).select_related("uat"))
        near = uats_of([keeper], also=getattr(self.initial.get("uat"), "pk", None))
        self.fields["uat"].queryset = near  # type: ignore[attr-defined]
        self.fields["community"].queryset = (  # type: ignore[attr-defined]
            Community.objects.filter(uat__in=near).select_related("uat").order_by("uat__name", "name")
        )
        if keeper.uat_id and "uat" not in self.initial:
            self.initial["uat"] = keeper.uat_id


class ChangeForm(forms.Form):
    """About a record that a colleague or a tablet may change while the page is open.

    The page carries what it showed, as signed digests: what was not touched stays as the record has it by now, and what
    both changed comes back with what the other wrote.
    """

    seen = forms.CharField(widget=forms.HiddenInput(attrs={"data-drafted": True}), required=False)

    def __init__(self, data: Any = None, *, initial: dict[str, Any], **options: Any) -> None:
        now = signing.dumps(_digests(initial))
        super().__init__(data, initial={**initial, "seen": now}, **options)

    def clean(self) -> dict[str, Any]:
        """Only what was changed on the page."""
        cleaned = super().clean() or {}
        given = str(cleaned.pop("seen", ""))
        stands, said = _digests(self.initial), _digests(cleaned)
        seen = self._seen(given, stands)
        changed = [name for name in said if said[name] != seen.get(name)]
        for name in changed:
            if stands[name] not in (seen.get(name), said[name]):
                message = _(
                    "Somebody wrote here meanwhile: %(theirs)s. Save again to put yours in its place."
                )
                self.add_error(name, message % {"theirs": self._shown(name)})
        data = self.data.copy()  # type: ignore[attr-defined]
        data["seen"] = self.initial["seen"]
        self.data = data
        return {name: cleaned[name] for name in changed if name in cleaned}

    @staticmethod
    def _seen(given: str, otherwise: dict[str, str]) -> dict[str, str]:
        try:
            return signing.loads(given)  # type: ignore[no-any-return]
        except signing.BadSignature:
            return otherwise

    def _shown(self, name: str) -> str:
        value, field = self.initial[name], self.fields[name]
        if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
            value = dict(field.choices).get(value, value)  # type: ignore[arg-type]
        return str(localize(value) if value else _("nothing"))


def _digests(fields: Mapping[str, Any]) -> dict[str, str]:
    """What stands in each field, as something to compare that tells nothing."""
    values = {name: getattr(value, "pk", value) for name, value in fields.items() if name != "seen"}
    plain = {
        name: "" if value is None else str(value).replace("\r\n", "\n") for name, value in values.items()
    }
    return {name: salted_hmac(name, text).hexdigest()[:16] for name, text in plain.items()}


class HouseholdChangeForm(ChangeForm, HouseholdForm):
    """The same about a household on record, and since when it lives there."""

    since = DayField(
        label=_("They live there since"),
        required=False,
        help_text=_(
            "If they moved, write the day of the move: where they lived before stays known. Left as it is, the address"
            " is only corrected."
        ),
    )
    field_order = ["name", "words", "dwelling", "uat", "locality", "address", "since"]


class PersonForm(forms.Form):
    """Who a person is."""

    family_name = Text(
        label=_("Family name"),
        max_length=80,
        required=False,
        help_text=_("Leave a name empty as long as it is not known, or if the person has only one."),
    )
    given_name = Text(label=_("Given name"), max_length=80, required=False)
    cnp = forms.CharField(
        label=_("CNP"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Leave empty if the person has none, or if you do not know it."),
    )
    birth_date = DayField(
        label=_("Birth date"), required=False, help_text=_("It is filled in from the CNP, if there is one.")
    )
    sex = forms.ChoiceField(
        label=_("Sex"),
        required=False,
        choices=[*Sex.choices, ("", _("not known"))],
        widget=forms.RadioSelect,
    )
    phone = Text(label=_("Phone"), max_length=40, required=False)


class PersonChangeForm(ChangeForm, PersonForm):
    """All that is kept of a person."""

    email = forms.EmailField(
        label=_("E-mail"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    ethnicity = Text(
        label=_("Ethnicity"),
        max_length=80,
        required=False,
        help_text=_(
            "Only if the person wants to declare it, in their own words. It is kept encrypted and appears in no list"
            " and no export."
        ),
    )
    died_on = DayField(
        label=_("Date of death"),
        required=False,
        help_text=_(
            "From that day on the person lives in no household, is in no new questionnaire, count or term, and stays on"
            " record with the age at death. Empty the field to take back a death noted by mistake: all is as before."
        ),
    )
    name_change = forms.ChoiceField(
        label=_("If you change the name"),
        required=False,
        choices=[
            ("former", _("The person bore the other name until now: keep it as a former name")),
            ("correction", _("It was written wrong: forget it")),
        ],
        widget=forms.RadioSelect,
    )
    field_order = ["family_name", "given_name", "name_change"]


class MemberForm(PersonForm):
    """A person, and what they are in the household."""

    relation = forms.ChoiceField(label=_("What they are to the reference person"), choices=Relation.choices)
    start = DayField(label=_("Lives here since"))
    decision = forms.CharField(required=False, widget=forms.HiddenInput)

    field_order = ["family_name", "given_name", "cnp", "birth_date", "sex", "relation", "start", "phone"]


class OtherNameForm(forms.Form):
    """A name by which a person is known besides today's."""

    kind = forms.ChoiceField(label=_("Kind of name"), choices=OtherNameKind.choices, widget=forms.RadioSelect)
    family_name = Text(label=_("Family name"), max_length=80, required=False)
    given_name = Text(label=_("Given name or nickname"), max_length=80, required=False)


class LeaveForm(forms.Form):
    """Since when a member no longer lives in the household."""

    end = DayField(label=_("No longer lives here since"))


class DocumentForm(forms.Form):
    """A paper of a person."""

    kind = forms.ChoiceField(label=_("Kind of paper"), choices=DocumentKind.choices)
    number = Text(label=_("Series and number"), max_length=60, required=False)
    issued_on = DayField(label=_("Issued on"), required=False)
    expires_on = DayField(label=_("Valid until"), required=False)


class KinshipForm(forms.Form):
    """Somebody else and what they are to the person."""

    relative = forms.ModelChoiceField(
        label=_("Relative"), queryset=Person.objects.none(), widget=forms.RadioSelect, empty_label=None
    )
    kind = forms.ChoiceField(
        label=_("What they are to this person"), choices=KinshipKind.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, candidates: Iterable[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        chosen = Person.objects.filter(pk__in=[person.pk for person in candidates])
        self.fields["relative"].queryset = chosen.defer("cnp", "ethnicity")  # type: ignore[attr-defined]


class SealForm(forms.Form):
    """Why a seal is set or lifted."""

    reason = Note(label=_("Why?"), help_text=_("It stays on record; only the circle of the person reads it."))


class ReasonForm(forms.Form):
    """Why a record is opened in an emergency."""

    reason = Note(
        label=_("Why do you need the record now?"),
        help_text=_(
            "The data protection officer reads it. E.g. child found alone, hospital calls about the mother."
        ),
    )


class CnpReasonForm(ReasonForm):
    """The same, for somebody known by CNP alone."""

    cnp = forms.CharField(
        label=_("CNP of the person"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    field_order = ["cnp", "reason"]


def uats_of(keepers: Iterable[Organization], *, also: int | None = None) -> Any:
    """The UATs of the counties where the organisations are; of the whole country for one without a county."""
    counties = {keeper.uat.county_id if keeper.uat else None for keeper in keepers}
    if not counties or None in counties:
        return Uat.objects.all()
    near = Uat.objects.filter(county__in=counties)
    return (near | Uat.objects.filter(pk=also)) if also else near


def keepers_of(user: User, capability: Capability) -> list[Organization]:
    """The organisations in which an account has a capability, with their UATs, by name."""
    ids = user.standing.organizations(capability)
    return list(Organization.objects.filter(pk__in=ids).select_related("uat"))


def of_household(household: Household, lives: Residence | None) -> dict[str, Any]:
    """What a form about a household starts from."""
    names = ("name", "uat", "locality", "address", "community", "phone", "safe_contact")
    said = {name: getattr(household, name) for name in names}
    since = lives.start if lives else first_known_on(household)
    return {**said, "since": since, "dwelling": lives.dwelling if lives else None}


def of_person(person: Person) -> dict[str, Any]:
    """What a form about a person starts from."""
    names = PersonChangeForm.base_fields.keys() - {"seen", "name_change"}
    return {**{name: getattr(person, name) for name in names}, "name_change": "former"}


def new_member(household: Household, *, first: bool) -> dict[str, Any]:
    """What a form about a new member starts from: the reference person first, then the children."""
    return {
        "family_name": household.name if " " not in household.name else "",
        "relation": Relation.REFERENCE if first else Relation.CHILD,
        "start": timezone.localdate(),
    }
