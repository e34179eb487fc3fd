"""What the frame of every page shows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from punte.accounts.enums import Capability as Can
from punte.accounts.standing import Standing
from punte.organizations.models import Organization


@dataclass(frozen=True)
class Door:
    """An entry of the main menu: its page, its words, and who finds it there."""

    page: str
    label: str | Promise
    open_to: Callable[[Standing], bool]


@dataclass(frozen=True)
class Item:
    """A door as it stands in the menu of one page."""

    url: str
    label: str | Promise
    current: bool


def _may(*capabilities: Can) -> Callable[[Standing], bool]:
    return lambda standing: any(standing.may(capability) for capability in capabilities)


# The order is the menu's, and the first open door is where signing in leads.
DOORS = (
    Door("team_day", _("Team"), _may(Can.ASSIGN)),
    Door("my_day", _("My day"), _may(Can.INTERVENE, Can.SEE_TEAM_CASES)),
    Door("cases", _("Cases"), _may(Can.SEE_TEAM_CASES, Can.SEE_ALL_CASES)),
    Door("households", _("Households"), _may(Can.SEE_PEOPLE)),
    Door("referrals_received", _("Referrals received"), _may(Can.ANSWER_REFERRALS)),
    Door("petitions", _("Petitions"), _may(Can.ANSWER_PETITIONS)),
    Door("trail", _("Who saw what"), _may(Can.SEE_AUDIT)),
    Door("emergencies", _("Emergency openings"), _may(Can.SEE_AUDIT)),
    Door("users", _("Accounts"), _may(Can.MANAGE_ACCOUNTS)),
    Door("teams", _("Teams"), _may(Can.MANAGE_ACCOUNTS)),
    Door("services", _("Services"), _may(Can.SEE_PEOPLE, Can.REFER, Can.SEE_TOTALS, Can.ANSWER_REFERRALS)),
    Door("own_services", _("Our services"), _may(Can.KEEP_SERVICES)),
    Door("service_checks", _("Checking the directory"), _may(Can.KEEP_DIRECTORY)),
    Door("needs", _("Needs"), _may(Can.SEE_TOTALS)),
    Door("plans", _("Annual plans"), _may(Can.PLAN, Can.APPROVE_PLAN)),
    Door("devices", _("Devices"), _may(Can.ASSESS, Can.KEEP_DEVICES)),
    Door("publication", _("Published"), _may(Can.PUBLISH)),
    Door("methodology", _("Methodology"), _may(Can.SEE_METHODOLOGY)),
)


def shell(request: HttpRequest) -> dict[str, object]:
    """The frame's context; worked out only on pages that show a frame."""
    return {
        "shell": SimpleLazyObject(lambda: _frame(request)),
        "public_languages": SimpleLazyObject(lambda: _languages(request)),
        "demonstration": settings.DEMONSTRATION,
        "LANGUAGE_CODE": get_language() or settings.LANGUAGE_CODE,
    }


def open_doors(standing: Standing) -> list[tuple[Door, str]]:
    """The doors that the account may open, with their addresses; a page that is not there has no door."""
    found = []
    for door in DOORS:
        url = address(door.page)
        if url and door.open_to(standing):
            found.append((door, url))
    return found


def address(page: str) -> str:
    """The address of a page by its name; empty where there is none."""
    try:
        return reverse(page)
    except NoReverseMatch:
        return ""


def _frame(request: HttpRequest) -> dict[str, Any]:
    user: Any = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"organization": "", "navigation": [], "searches": False}
    doors = open_doors(user.standing)
    here = _here(request.path, [url for _door, url in doors])
    return {
        "organization": ", ".join(_organizations(user.standing)),
        "navigation": [Item(url, door.label, url == here) for door, url in doors],
        "searches": bool(address("search")) and user.standing.may(Can.SEE_PEOPLE),
    }


def _languages(request: HttpRequest) -> list[dict[str, Any]]:
    """The languages of the public pages, each with the address of this page in it."""
    found = []
    for code, name in settings.PUBLIC_LANGUAGES:
        asked = request.GET.copy()
        asked["limba"] = code
        url = f"{request.path}?{asked.urlencode()}"
        found.append({"code": code, "name": name, "url": url, "current": code == get_language()})
    return found


def _organizations(standing: Standing) -> list[str]:
    ids = {post.organization_id for post in standing.posts}
    return [str(organization) for organization in Organization.objects.filter(pk__in=ids)] if ids else []


def _here(path: str, urls: list[str]) -> str:
    """The most precise menu address that the page lies under."""
    return max((url for url in urls if path.startswith(url)), key=len, default="")
