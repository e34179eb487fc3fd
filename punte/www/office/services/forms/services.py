"""What a provider says of its places."""

from django import forms
from django.utils.translation import gettext_lazy as _

from punte.www.frame.fields import over_capacity


class OccupancyForm(forms.Form):
    """How many places are taken now."""

    taken = forms.IntegerField(label=_("Places taken now"), min_value=0)
    reason = over_capacity()
