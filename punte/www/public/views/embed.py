"""The finder within pages of others: a small form, and the snippet to copy."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from punte.www.frame.everybody import for_everybody
from punte.www.frame.middleware import policy
from punte.www.public.forms.find import Question

_HEIGHT = 460


@xframe_options_exempt
@for_everybody(seconds=3600, indexed=False)
@require_safe
def embedded(request: HttpRequest) -> HttpResponse:
    """The question alone, for a frame within a page of somebody else; the answer opens in a window of its own."""
    question = Question(request.GET)
    context = {"question": question, "form": question.form, "ticks": question.ticks}
    response = render(request, "public/embedded.html", context)
    response.headers["Content-Security-Policy"] = policy(frames="*")
    return response


@for_everybody(seconds=3600)
@require_safe
def embed(request: HttpRequest) -> HttpResponse:
    """How to put the finder in a page: the lines to copy, and how it looks."""
    address = request.build_absolute_uri(reverse("embedded_finder"))
    return render(request, "public/embed.html", {"section": "help", "address": address, "height": _HEIGHT})
