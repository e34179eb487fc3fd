"""What people think of the services of a county, for those who see totals."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from punte.accounts.enums import Capability as Can
from punte.directory.models import Service
from punte.satisfaction.models import Opinion
from punte.satisfaction.results import results_of
from punte.www.frame.access import SignedIn, needs

_MOST = 100


@require_safe
@needs(Can.SEE_TOTALS)
def opinions(request: SignedIn) -> HttpResponse:
    """Each service that people answered about, with its newest quarters."""
    answered = Service.objects.filter(pk__in=Opinion.objects.values("service")).select_related("provider")
    services = list(answered.order_by("folded_name", "pk")[:_MOST])
    found = results_of([one.pk for one in services])
    rows = [(one, found[one.pk][:2]) for one in services]
    return render(request, "office_needs/opinions.html", {"rows": rows})
