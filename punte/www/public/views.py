"""Finding help: what a resident sees without an account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from punte.www.everybody import for_everybody


@for_everybody()
@require_safe
def find_help(request: HttpRequest) -> HttpResponse:
    """The need in plain words, and what answers it."""
    return render(request, "public/find.html", {"section": "help"})
