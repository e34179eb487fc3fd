"""Teren as a browser installs it: a shell without anybody's data, its service worker, and the parts of packs.

What is personal goes by `/teren/api/` alone, and is kept encrypted by the application itself.
"""

import hashlib
import json

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from punte.accounts.enums import Capability
from punte.assessments.packs import pack_of, version_named
from punte.kernel.errors import DomainError
from punte.organizations.models import Organization
from punte.www.frame.access import SignedIn
from punte.www.frame.middleware import policy
from punte.www.teren.views.built import ADDRESS, built
from punte.www.teren.views.parts import PARTS

_NAME, _SERVED = "Punte Teren", '{"__SERVED__":0}'
_PAPER, _ACCENT = "#faf9f5", "#0b5b4c"


@login_not_required
@gzip_page
@require_safe
def shell(_request: HttpRequest) -> HttpResponse:
    """The page that holds the application, the same for everybody, so that a device keeps it."""
    response = HttpResponse(_shell())
    patch_cache_control(response, no_cache=True)
    return response


def _shell() -> str:
    return render_to_string("teren/shell.html", {"built": built(), "login": reverse("account_login")})


@login_not_required
@gzip_page
@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """The service worker, told what else to keep; its bytes change whenever something that it keeps does."""
    digest = hashlib.sha256((_shell() + policy()).encode()).hexdigest()[:16]
    others = [{"url": reverse("teren"), "revision": digest}]
    others += [{"url": static(name), "revision": "1"} for name in ("img/punte.svg", "img/teren-192.png")]
    served = json.dumps({"folder": ADDRESS, "others": others})
    response = HttpResponse(built().worker.replace(_SERVED, served), content_type="text/javascript")
    patch_cache_control(response, no_cache=True)
    return response


@login_not_required
@gzip_page
@require_safe
def manifest(_request: HttpRequest) -> JsonResponse:
    """What a phone needs to know to put Teren among its applications."""
    icons = [
        {
            "src": static(f"img/teren-{name}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": use,
        }
        for name, size, use in (
            ("192", 192, "any"),
            ("512", 512, "any"),
            ("maskable-192", 192, "maskable"),
            ("maskable-512", 512, "maskable"),
        )
    ]
    response = JsonResponse(
        {
            "id": reverse("teren"),
            "name": _NAME,
            "short_name": "Teren",
            "description": "Vizite la gospodării, și fără semnal.",
            "lang": "ro",
            "dir": "ltr",
            "start_url": reverse("teren"),
            "scope": reverse("teren"),
            "display": "standalone",
            "background_color": _PAPER,
            "theme_color": _ACCENT,
            "icons": icons,
        },
        content_type="application/manifest+json",
    )
    patch_cache_control(response, public=True, max_age=3600)
    return response


@require_safe
def worker_of_session(request: SignedIn) -> JsonResponse:
    """Who is signed in, for the first start: their name, and the organisations they may visit for.

    Who is not is answered 401 with the address of the sign-in page.
    """
    where = request.user.standing.organizations(Capability.ASSESS)
    organizations = Organization.objects.filter(pk__in=where).order_by("name")
    return JsonResponse(
        {
            "name": request.user.name,
            "organizations": [{"id": str(one.pk), "name": one.name} for one in organizations],
            "csrf": get_token(request),
        }
    )


@login_not_required
@gzip_page
@require_safe
def pack_part(_request: HttpRequest, name: str, version: str, part: str) -> HttpResponse:
    """A part of one version of a pack: nobody's data, and never another under the same address."""
    try:
        pack = pack_of(version_named(name, version))
    except DomainError as unknown:
        raise Http404 from unknown
    made, content_type = PARTS[part]
    response = HttpResponse(made(pack), content_type=content_type)
    patch_cache_control(response, public=True, max_age=31_536_000, immutable=True)
    return response
