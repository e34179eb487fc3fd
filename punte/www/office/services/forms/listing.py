"""What services are narrowed by."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from punte.directory.enums import ServiceMode
from punte.directory.models import NomenclatureCode
from punte.territory.models import Uat
from punte.www.frame.fields import ManyChoices

_ANY = ("", _("any"))


class ServiceFilter(forms.Form):
    """Which services to show; everything is optional.

    Args:
        codes, uats: what is offered.
    """

    q = forms.CharField(label=_("Service or provider"), required=False, max_length=120)
    mode = forms.ChoiceField(label=_("Kind"), required=False, choices=[_ANY, *ServiceMode.choices])
    beneficiaries = forms.ChoiceField(label=_("For whom"), required=False, widget=ManyChoices)
    code = forms.ChoiceField(label=_("Code"), required=False, widget=ManyChoices)
    uat = forms.ChoiceField(label=_("Where"), required=False, widget=ManyChoices)
    free = forms.BooleanField(label=_("With free places"), required=False)

    def __init__(self, *args: Any, codes: list[NomenclatureCode], uats: list[Uat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("code", [(code.code, str(code)) for code in codes])
        self._offer(
            "beneficiaries", [(text, text) for text in sorted({code.beneficiaries for code in codes})]
        )
        self._offer("uat", [(str(uat.siruta), uat.name) for uat in uats])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [_ANY, *choices]  # type: ignore[attr-defined]
