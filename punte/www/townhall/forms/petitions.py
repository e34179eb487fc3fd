"""What a resident fills in."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from punte.organizations.models import Organization
from punte.petitions.actions import Letter, Sender
from punte.petitions.actions.receiving import LONGEST_TEXT, new_token
from punte.petitions.attachments import ALLOWED, MOST_BYTES, MOST_FILES, Upload
from punte.petitions.enums import PetitionKind
from punte.www.frame.fields import writing
from punte.www.frame.uploads import FilesField

_EMPTY_TRAP = {"autocomplete": "off", "tabindex": "-1"}


class PetitionForm(forms.Form):
    """A request, a complaint or a petition."""

    organization = forms.ModelChoiceField(
        label=gettext_lazy("To whom"),
        queryset=Organization.objects.none(),
        empty_label=gettext_lazy("Choose"),
        error_messages={"required": gettext_lazy("Choose to whom you write.")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What do you send?"),
        choices=[
            (PetitionKind.REQUEST, gettext_lazy("A request: I ask for something or want to know something")),
            (PetitionKind.COMPLAINT, gettext_lazy("A complaint: something was not done well")),
            (PetitionKind.PETITION, gettext_lazy("A petition or a proposal")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what you send.")},
    )
    text = forms.CharField(
        label=gettext_lazy("What is it about?"),
        help_text=gettext_lazy("Write in your own words: what happened, when, and what you ask for."),
        widget=writing(8),
        max_length=LONGEST_TEXT,
        error_messages={"required": gettext_lazy("Write in a few words what it is about.")},
    )
    about_words = forms.CharField(
        label=gettext_lazy("Is it about a worker? Write the name"),
        help_text=gettext_lazy("That person will not see what you write; only those who lead there will."),
        required=False,
        max_length=200,
    )
    attached = FilesField(
        kinds=ALLOWED,
        most_bytes=MOST_BYTES,
        label=gettext_lazy("Files"),
        required=False,
    )
    anonymous = forms.BooleanField(
        label=gettext_lazy("I do not want to give my name"),
        help_text=gettext_lazy(
            "We read it, but the law says that what comes without a name is filed without an answer"
            " (OG 27/2002, art. 7)."
        ),
        required=False,
    )
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        error_messages={
            "required": gettext_lazy("Write your name, or tick that you do not want to give it.")
        },
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("The law asks for an e-mail or a postal address. Only one is enough."),
        required=False,
        max_length=200,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    address = forms.CharField(
        label=gettext_lazy("Postal address"),
        required=False,
        max_length=250,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64, initial=new_token)
    website = forms.CharField(
        label=gettext_lazy("Leave this empty"), required=False, widget=forms.TextInput(attrs=_EMPTY_TRAP)
    )

    def __init__(self, *args: Any, addressees: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["organization"]
        chosen.queryset = addressees
        chosen.label_from_instance = _called
        self.fields["attached"].help_text = _(
            "At most %(most)s files of %(size)s MB: PDF, JPG, PNG, HEIC, DOCX or ODT. Large photos are made smaller. "
            "If something on this page must be corrected, add the files again."
        ) % {"most": MOST_FILES, "size": MOST_BYTES // (1024 * 1024)}
        only = list(addressees[:2])
        if len(only) == 1:
            chosen.initial = only[0].pk
        self.fields["name"].required = "anonymous" not in self.data

    def clean_website(self) -> str:
        """What a person does not see, only a machine fills in."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave this field empty and send again."))
        return ""

    @property
    def trapped(self) -> bool:
        """Whether the hidden field was filled in, and so must be shown."""
        return "website" in self.errors

    def letter(self, service: Any) -> Letter:
        """What is sent."""
        given = self.cleaned_data
        # One byte more than may be kept is enough to know that a file is too large.
        uploads = [Upload(one.name, one.read(MOST_BYTES + 1)) for one in given["attached"]]
        return Letter(
            given["kind"], given["text"], given["about_words"], service, uploads, token=given["token"]
        )

    def sender(self) -> Sender:
        """Who sends it; nobody where no name is given."""
        given = self.cleaned_data
        if given["anonymous"]:
            return Sender()
        return Sender(given["name"], given["email"], given["phone"], given["address"])


def _called(organization: Organization) -> str:
    return organization.name


class FollowForm(forms.Form):
    """Number and code."""

    number = forms.CharField(
        label=gettext_lazy("Number"),
        help_text=gettext_lazy("Example: 12/2026"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write the number of the petition.")},
    )
    code = forms.CharField(
        label=gettext_lazy("Code"),
        help_text=gettext_lazy("The 12 letters and figures that you were given, with or without hyphens."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": gettext_lazy("Write the code.")},
    )


class MessageForm(forms.Form):
    """What a petitioner adds later."""

    message = forms.CharField(
        label=gettext_lazy("Your message"),
        widget=writing(5),
        max_length=5_000,
        error_messages={"required": gettext_lazy("Write a few words.")},
    )
