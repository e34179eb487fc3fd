"""The manual, inside the product."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from punte.www.frame.help import CONTENTS
from punte.www.manual.rendering import page_named, picture_named


@require_safe
def contents(request: HttpRequest) -> HttpResponse:
    """What the manual answers, and where."""
    return _show(request, CONTENTS)


@require_safe
def page(request: HttpRequest, page: str) -> HttpResponse:
    """One page of the manual."""
    return redirect("manual") if page == CONTENTS else _show(request, page)


@require_safe
def picture(_request: HttpRequest, name: str) -> HttpResponse:
    """A picture of a page."""
    path = picture_named(name)
    if path is None:
        raise Http404
    return HttpResponse(path.read_bytes(), content_type="image/png")


def _show(request: HttpRequest, name: str) -> HttpResponse:
    found = page_named(name)
    if found is None:
        raise Http404
    return render(request, "manual/page.html", {"page": found, "is_contents": name == CONTENTS})
