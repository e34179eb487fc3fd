"""What one asks of the directory, and what a provider says of its places."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from punte.directory.enums import ServiceMode
from punte.directory.models import NomenclatureCode, ServiceQuerySet
from punte.territory.models import Uat

_ANY = ("", _("any"))


class ServiceSearch(forms.Form):
    """The filters of the list of services; an unknown value filters nothing."""

    q = forms.CharField(label=_("Service or provider"), required=False, max_length=120)
    mode = forms.ChoiceField(label=_("Kind"), required=False, choices=[_ANY, *ServiceMode.choices])
    beneficiaries = forms.ChoiceField(label=_("For whom"), required=False)
    code = forms.ChoiceField(label=_("Code"), required=False)
    uat = forms.TypedChoiceField(label=_("Where"), required=False, coerce=int, empty_value=None)
    free = forms.BooleanField(label=_("With free places"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = list(NomenclatureCode.objects.filter(services__isnull=False).distinct())
        self._choose("code", [(code.code, str(code)) for code in offered])
        self._choose(
            "beneficiaries", [(text, text) for text in sorted({code.beneficiaries for code in offered})]
        )
        uats = Uat.objects.filter(Q(locations__services__isnull=False)).distinct()
        self._choose("uat", [(str(uat.siruta), uat.name) for uat in uats])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [_ANY, *choices]  # type: ignore[attr-defined]

    def narrow(self, services: ServiceQuerySet) -> ServiceQuerySet:
        """The services that were asked for; they must have their places."""
        self.is_valid()
        asked = self.cleaned_data
        if asked.get("q"):
            services = services.named(asked["q"])
        if asked.get("mode"):
            services = services.filter(code__mode=asked["mode"])
        if asked.get("beneficiaries"):
            services = services.filter(code__beneficiaries=asked["beneficiaries"])
        if asked.get("code"):
            services = services.filter(code=asked["code"])
        if asked.get("uat"):
            services = services.in_uat(asked["uat"])
        if asked.get("free"):
            services = services.with_free_places()
        return services


class OccupancyForm(forms.Form):
    """How many places are taken now."""

    taken = forms.IntegerField(label=_("Places taken now"), min_value=0)
