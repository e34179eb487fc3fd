"""What a person says of their own account."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy

from punte.accounts.models import User


class ProfileForm(forms.ModelForm[User]):
    """What a person may change about their own account."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )

    class Meta:
        model = User
        fields = ["name", "profession", "phone", "language"]
