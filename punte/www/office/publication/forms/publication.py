"""What is filled in to publish something, or to say that a duty was met."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from punte.accounts.models import User
from punte.organizations.models import Organization
from punte.publication.actions import Upload
from punte.publication.actions.items import ALLOWED, MOST_BYTES, MOST_FILES
from punte.publication.duties import duties
from punte.publication.enums import ItemKind
from punte.www.frame.fields import DayInput, OfOrganization, writing
from punte.www.frame.uploads import FilesField


def with_uploads(given: dict[str, Any]) -> dict[str, Any]:
    """What a form says, its files read; one byte more than may be kept is enough to know that one is too large."""
    others = {name: value for name, value in given.items() if name != "attached"}
    return {**others, "uploads": [Upload(one.name, one.read(MOST_BYTES + 1)) for one in given["attached"]]}


class _OfInstitution(OfOrganization):
    """About one of the organisations for which the account publishes."""

    organization = forms.ModelChoiceField(
        label=gettext_lazy("Institution"), queryset=Organization.objects.none()
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "duty" in self.fields:
            listed: Any = self.fields["duty"]
            own = [(one.key, f"{one.key} {one.title}") for one in duties().duties if one.applies]
            listed.choices = [("", _("none")), *own] if not listed.required else own


class ItemForm(_OfInstitution):
    """Something to publish."""

    kind = forms.ChoiceField(label=gettext_lazy("What it is"), choices=ItemKind.choices)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    year = forms.IntegerField(label=gettext_lazy("Year"), required=False, min_value=1990, max_value=2100)
    duty = forms.ChoiceField(label=gettext_lazy("The duty that it meets"), required=False)
    summary = forms.CharField(
        label=gettext_lazy("What it is for, in a few words"),
        widget=writing(4),
        required=False,
        max_length=3000,
    )
    attached = FilesField(label=gettext_lazy("Files"), required=False, kinds=ALLOWED, most_bytes=MOST_BYTES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attached"].help_text = files_hint()


def files_hint() -> str:
    """Which files are taken."""
    return _("At most %(most)s files of %(size)s MB: DOCX, ODT, XLSX, ODS or PDF.") % {
        "most": MOST_FILES,
        "size": MOST_BYTES // (1024 * 1024),
    }


class RenewForm(forms.Form):
    """Newer files, where there are any."""

    attached = FilesField(
        label=gettext_lazy("Newer files"), required=False, kinds=ALLOWED, most_bytes=MOST_BYTES
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attached"].help_text = files_hint()


class WithdrawForm(forms.Form):
    """Why something is withdrawn."""

    reason = forms.CharField(label=gettext_lazy("Why it is withdrawn"), max_length=250)


class MetForm(_OfInstitution):
    """A duty met in another way."""

    duty = forms.ChoiceField(label=gettext_lazy("Duty"))
    on = forms.DateField(
        label=gettext_lazy("On"),
        widget=DayInput(),
        initial=timezone.localdate,
    )
    words = forms.CharField(
        label=gettext_lazy("How, or where it can be seen"),
        help_text=gettext_lazy("Example: sent by e-mail to 40 partners"),
        max_length=300,
    )


class OwnerForm(_OfInstitution):
    """Who sees to a duty."""

    duty = forms.ChoiceField(label=gettext_lazy("Duty"))
    owner = forms.ModelChoiceField(label=gettext_lazy("Who sees to it"), queryset=User.objects.none())

    def __init__(self, *args: Any, organizations: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, organizations=organizations, **kwargs)
        from punte.accounts.models import Appointment

        posts = Appointment.objects.current().filter(organization__in=organizations)
        self.fields["owner"].queryset = User.objects.filter(  # type: ignore[attr-defined]
            is_active=True, pk__in=posts.values("user")
        ).order_by("name")
