"""What is said when a rule of terms is switched on or off."""

from django import forms
from django.utils.translation import gettext_lazy as _

from punte.www.office.cases.forms.inputs import reason_field


class SwitchForm(forms.Form):
    """Why."""

    reason = reason_field(_("Why"))
