"""What a worker fills in about a petition."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from punte.accounts.models import User
from punte.organizations.models import Organization
from punte.petitions.actions import Letter, Sender
from punte.petitions.actions.answering import LONGEST_ANSWER
from punte.petitions.actions.receiving import new_token
from punte.petitions.actions.working import LONGEST_NOTE
from punte.petitions.attachments import ALLOWED, MOST_BYTES, Upload
from punte.petitions.enums import Channel, ClosingReason, PetitionKind
from punte.www.frame.fields import OfOrganization, writing
from punte.www.frame.uploads import FilesField


class WorkerForm(forms.Form):
    """To whom a petition is given."""

    worker = forms.ModelChoiceField(
        label=gettext_lazy("Who answers it"), queryset=User.objects.none(), empty_label=gettext_lazy("Choose")
    )

    def __init__(self, *args: Any, workers: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worker"].queryset = workers  # type: ignore[attr-defined]


class NoteForm(forms.Form):
    """A note for colleagues."""

    note = forms.CharField(
        label=gettext_lazy("Note for colleagues"),
        help_text=gettext_lazy("The petitioner does not see it."),
        widget=writing(3, ready="petition_note"),
        max_length=LONGEST_NOTE,
    )


class AboutForm(forms.Form):
    """The colleagues that a petition is about."""

    workers = forms.ModelMultipleChoiceField(
        label=gettext_lazy("It is about"),
        help_text=gettext_lazy(
            "They do not see it from now on; only those who lead do. Tick nobody if it is about none of them."
        ),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, workers: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["workers"].queryset = workers  # type: ignore[attr-defined]


class RedirectForm(forms.Form):
    """Where a petition is sent on."""

    institution = forms.CharField(label=gettext_lazy("Competent institution"), max_length=250)
    reason = forms.CharField(
        label=gettext_lazy("What the petitioner is told"),
        widget=writing(3, ready="petition_redirect"),
        required=False,
        max_length=LONGEST_NOTE,
    )


class ExtendForm(forms.Form):
    """A longer term."""

    days = forms.IntegerField(label=gettext_lazy("By how many days"), min_value=1)
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("The petitioner reads it."),
        widget=writing(3, ready="petition_extension"),
        max_length=LONGEST_NOTE,
    )

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].help_text = ngettext(
            "At most %(most)s day, once.", "At most %(most)s days, once.", most
        ) % {"most": most}


class AnswerForm(forms.Form):
    """The answer."""

    answer = forms.CharField(
        label=gettext_lazy("The answer"),
        help_text=gettext_lazy("In plain words. The petitioner reads it on the page they follow."),
        widget=writing(12, ready="petition_answer"),
        max_length=LONGEST_ANSWER,
    )
    basis = forms.CharField(
        label=gettext_lazy("Legal basis"),
        help_text=gettext_lazy("The act on which the solution stands. Example: Legea 292/2011, art. 33"),
        max_length=300,
    )


class CloseForm(forms.Form):
    """Why a petition is filed."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why it is filed"), choices=ClosingReason.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=gettext_lazy("What the petitioner is told"),
        widget=writing(3),
        required=False,
        max_length=LONGEST_NOTE,
    )


class RegisterForm(OfOrganization):
    """A petition that came on paper or by e-mail."""

    organization = forms.ModelChoiceField(label=gettext_lazy("To whom"), queryset=Organization.objects.none())
    channel = forms.ChoiceField(
        label=gettext_lazy("How it came"),
        choices=[one for one in Channel.choices if one[0] != Channel.ONLINE],
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"), choices=PetitionKind.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(label=gettext_lazy("What it says"), widget=writing(8), max_length=20_000)
    about_words = forms.CharField(
        label=gettext_lazy("The worker that it is about"), required=False, max_length=200
    )
    attached = FilesField(label=gettext_lazy("Files"), required=False, kinds=ALLOWED, most_bytes=MOST_BYTES)
    name = forms.CharField(
        label=gettext_lazy("Name of the petitioner"),
        help_text=gettext_lazy("Empty if it is anonymous."),
        required=False,
        max_length=200,
    )
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False, max_length=200)
    address = forms.CharField(label=gettext_lazy("Postal address"), required=False, max_length=250)
    phone = forms.CharField(label=gettext_lazy("Phone"), required=False, max_length=40)
    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64, initial=new_token)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attached"].help_text = _("PDF, JPG, PNG, DOCX or ODT.")

    def letter(self) -> Letter:
        """What came."""
        given = self.cleaned_data
        uploads = [Upload(one.name, one.read(MOST_BYTES + 1)) for one in given["attached"]]
        return Letter(given["kind"], given["text"], given["about_words"], None, uploads, given["token"])

    def sender(self) -> Sender:
        """Who sent it."""
        given = self.cleaned_data
        return Sender(given["name"], given["email"], given["phone"], given["address"])
