"""What the frame of every page shows."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.urls import NoReverseMatch
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from punte.accounts.enums import Capability as Can
from punte.accounts.enums import Role
from punte.accounts.policy import FOR_PARTNERS
from punte.accounts.standing import Standing
from punte.kernel.prepared import Prepared
from punte.organizations.models import Organization
from punte.www.frame.addresses import reverse
from punte.www.frame.help import help_url
from punte.www.frame.middleware import languages_at


@dataclass(frozen=True)
class Door:
    """An entry of the main menu: its page, its words, who finds it there, and the group that it may fold into."""

    page: str
    label: str | Promise
    open_to: Callable[[Standing], bool]
    group: str | Promise = ""


@dataclass(frozen=True)
class Item:
    """A door as it stands in the menu of one page; nothing is folded into it."""

    url: str
    label: str | Promise
    current: bool
    items: tuple["Item", ...] = ()


@dataclass(frozen=True)
class Group:
    """Doors that are folded into one entry, open where the page is behind one of them."""

    label: str | Promise
    items: list[Item]

    @property
    def current(self) -> bool:
        """Whether the page is behind one of its doors."""
        return any(item.current for item in self.items)


def _may(*capabilities: Can) -> Callable[[Standing], bool]:
    return lambda standing: any(standing.may(capability) for capability in capabilities)


def _is_partner(standing: Standing) -> bool:
    """Whether the account is a partner and no more, or besides the administrator of its partners."""
    return Role.PARTNER in standing.roles <= FOR_PARTNERS


def _records_notifications(standing: Standing) -> bool:
    return standing.may(Can.NOTIFY) and standing.may(Can.SEE_PEOPLE)


def _notifies_as_partner(standing: Standing) -> bool:
    return Role.PARTNER in standing.roles


_DIRECTORY, _PLANNING, _HOUSE = _("Directory"), _("Planning"), _("Tools")
_TOGETHER, _BENEFITS = pgettext_lazy("menu", "Together"), pgettext_lazy("menu", "Benefits")
# A menu of more entries than this cannot be read at a glance: what does not belong to every day folds into groups.
_MOST_AT_A_GLANCE = 8

SEARCHERS = (Can.SEE_PEOPLE, Can.REFER, Can.SEE_TOTALS, Can.ANSWER_REFERRALS)
"""Who finds something by the search box: people and what is about them, or services and institutions alone."""

# The order is the menu's, and the first open door is where signing in leads.
DOORS = (
    Door("partner_home", _("Our institution"), _may(Can.ANSWER_REFERRALS)),
    Door("team_day", _("Team"), _may(Can.ASSIGN)),
    # What a partner's day says stands on their first page.
    Door("my_day", _("My day"), lambda standing: bool(standing.posts) and not _is_partner(standing)),
    Door("opened_records", _("Open to me"), _may(Can.READ_OPENED)),
    Door("cases", _("Cases"), _may(Can.SEE_TEAM_CASES, Can.SEE_ALL_CASES)),
    Door("households", _("Households"), _may(Can.SEE_PEOPLE)),
    Door("notifications", _("Notifications"), _records_notifications),
    Door("fast_lists", pgettext_lazy("menu", "Disasters, refugees"), _may(Can.SEE_PEOPLE), _TOGETHER),
    Door("meetings", _("Meetings"), _may(Can.MEET), _TOGETHER),
    Door("tasks", _("Tasks"), _may(Can.MEET), _TOGETHER),
    Door("bodies", _("Bodies"), _may(Can.MEET), _TOGETHER),
    Door("groups", _("Groups"), _may(Can.MEET), _TOGETHER),
    Door("placements", _("Students and volunteers"), _may(Can.MEET), _TOGETHER),
    Door("entitlements", _("Entitlements"), _may(Can.SEE_PEOPLE), _BENEFITS),
    Door("applications", _("Applications from the site"), _may(Can.EDIT_PEOPLE), _BENEFITS),
    Door("protection", _("Child protection"), _may(Can.MANAGE_CASE), _TOGETHER),
    Door("registers", _("Registers"), _may(Can.SEE_PEOPLE, Can.PLAN)),
    Door("referrals_received", _("Referrals received"), _may(Can.ANSWER_REFERRALS)),
    Door("notifications_sent", _("Our notifications"), _notifies_as_partner),
    Door("petitions", _("Petitions"), _may(Can.ANSWER_PETITIONS)),
    Door("privacy", _("People's data"), _may(Can.KEEP_PRIVACY)),
    Door("trail", _("Who saw what"), _may(Can.SEE_AUDIT), _HOUSE),
    Door("emergencies", _("Emergency openings"), _may(Can.SEE_AUDIT), _HOUSE),
    Door("users", _("Accounts"), _may(Can.MANAGE_ACCOUNTS), _HOUSE),
    Door("teams", _("Teams"), _may(Can.MANAGE_ACCOUNTS), _HOUSE),
    Door("to_approve", _("To approve"), _may(Can.SEE_AUDIT, Can.MANAGE_ACCOUNTS), _HOUSE),
    Door(
        "services",
        _("Register of services"),
        _may(Can.SEE_PEOPLE, Can.REFER, Can.SEE_TOTALS, Can.ANSWER_REFERRALS),
        _DIRECTORY,
    ),
    Door(
        "institutions",
        _("Institutions"),
        _may(*SEARCHERS, Can.KEEP_DIRECTORY, Can.MANAGE_ACCOUNTS),
        _DIRECTORY,
    ),
    Door("communities", _("Communities"), _may(Can.KEEP_DIRECTORY, Can.MANAGE_ACCOUNTS), _DIRECTORY),
    Door("own_services", _("Our services"), _may(Can.KEEP_SERVICES), _DIRECTORY),
    Door("service_checks", _("Checking the directory"), _may(Can.KEEP_DIRECTORY), _DIRECTORY),
    Door("needs", _("Needs"), _may(Can.SEE_TOTALS), _PLANNING),
    Door("abuse_totals", _("Abuse by its forms"), _may(Can.SEE_TOTALS), _PLANNING),
    Door("programmes", _("Programmes"), _may(Can.SEE_TOTALS, Can.PLAN, Can.MANAGE_CASE), _PLANNING),
    Door("reports", _("Reports"), _may(Can.PLAN, Can.SEE_TOTALS, Can.APPROVE_PLAN), _PLANNING),
    Door("returns", _("Official figures"), _may(Can.SEE_TOTALS, Can.PLAN), _PLANNING),
    Door("plans", _("Annual plans"), _may(Can.PLAN, Can.APPROVE_PLAN), _PLANNING),
    Door("devices", _("Devices"), _may(Can.ASSESS, Can.KEEP_DEVICES), _HOUSE),
    Door("publication", _("What we publish"), _may(Can.PUBLISH), _PLANNING),
    Door("methodology", _("Methodology"), _may(Can.SEE_METHODOLOGY), _HOUSE),
)


def shell(request: HttpRequest) -> dict[str, object]:
    """The frame's context; worked out only on pages that show a frame."""
    return {
        "shell": SimpleLazyObject(lambda: _frame(request)),
        "public_languages": SimpleLazyObject(lambda: _languages(request)),
        "demonstration": settings.DEMONSTRATION,
        "LANGUAGE_CODE": get_language() or settings.LANGUAGE_CODE,
    }


def open_doors(standing: Standing) -> tuple[tuple[Door, str], ...]:
    """The doors that the account may open, with their addresses; a page that is not there has no door."""
    return _open_doors(standing, settings.ROOT_URLCONF)


@lru_cache(maxsize=2000)
def _open_doors(standing: Standing, _addresses: object) -> tuple[tuple[Door, str], ...]:
    found = ((door, address(door.page)) for door in DOORS if door.open_to(standing))
    return tuple((door, url) for door, url in found if url)


def address(page: str) -> str:
    """The address of a page by its name; empty where there is none."""
    try:
        return reverse(page)
    except NoReverseMatch:
        return ""


def _frame(request: HttpRequest) -> dict[str, Any]:
    user: Any = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {
            "organization": "",
            "navigation": "",
            "menu": "",
            "here": "",
            "searches": False,
            "sought": "",
            "help": "",
        }
    doors = open_doors(user.standing)
    menu = _menu(get_language(), doors, _here(request.path, [url for _door, url in doors]))
    return {
        "organization": ", ".join(_organizations(user.standing)),
        "navigation": menu.folding,
        "menu": menu.whole,
        "here": menu.here,
        "searches": bool(address("search")) and _may(*SEARCHERS)(user.standing),
        "search_words": _("Name, address, phone, number")
        if user.standing.may(Can.SEE_PEOPLE)
        else _("Service or institution"),
        "help": help_url(getattr(request.resolver_match, "url_name", None)),
        "sought": request.GET.get("q", ""),
    }


class _Menu(NamedTuple):
    """The menu as it stands on pages behind one door: with groups that fold, and without; and the words of the door."""

    folding: SafeString
    whole: SafeString
    here: str


@lru_cache(maxsize=2000)
def _menu(_language: str | None, doors: tuple[tuple[Door, str], ...], here: str) -> _Menu:
    """Drawn once in a language for all who have these doors."""
    entries = [(door, Item(url, door.label, url == here)) for door, url in doors]
    shown = {"navigation": _folded(entries)}
    return _Menu(
        render_to_string("frame/menu_folding.html", shown),
        render_to_string("frame/menu.html", shown),
        next((str(item.label) for _door, item in entries if item.current), ""),
    )


def _folded(entries: list[tuple[Door, Item]]) -> list[Item | Group]:
    """The menu: its doors as they are where they are few, else in groups; a group of one is its only door."""
    if len(entries) <= _MOST_AT_A_GLANCE:
        return [item for _door, item in entries]
    shown: list[Item | Group] = []
    groups: dict[str, Group] = {}
    for door, item in entries:
        if not door.group:
            shown.append(item)
            continue
        if str(door.group) not in groups:
            groups[str(door.group)] = Group(door.group, [])
        groups[str(door.group)].items.append(item)
    return shown + [group if len(group.items) > 1 else group.items[0] for group in groups.values()]


def _languages(request: HttpRequest) -> list[dict[str, Any]]:
    """The languages of the public pages, each with the address of this page in it."""
    found = []
    for code, name in languages_at(request.path):
        asked = QueryDict(request.META.get("QUERY_STRING", ""), mutable=True)
        asked["limba"] = code
        url = f"{request.path}?{asked.urlencode()}"
        found.append({"code": code, "name": name, "url": url, "current": code == get_language()})
    return found


def _organizations(standing: Standing) -> list[str]:
    names = _names(organizations={post.organization_id for post in standing.posts})
    return [short or name for name, short in names]


_names = Prepared(
    lambda organizations: Organization.objects.filter(pk__in=organizations).values_list("name", "short_name")
)


def _here(path: str, urls: list[str]) -> str:
    """The most precise menu address that the page lies under."""
    return max((url for url in urls if path.startswith(url)), key=len, default="")
