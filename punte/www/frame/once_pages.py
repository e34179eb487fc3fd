"""What the code of a letter opens: each area hands over the page of its purpose, in `AppConfig.ready`."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from punte.accounts.models import OnceLink

OncePage = Callable[[HttpRequest, OnceLink], HttpResponse]
"""The page of a link that stands, for who opened it; what it does ends with `use_up`."""

_PAGES: dict[str, OncePage] = {}


def opens(purpose: str, page: OncePage) -> None:
    """Let the code of a letter open a page.

    Raises:
        ValueError: another page has this purpose already.
    """
    if _PAGES.setdefault(purpose, page) != page:
        raise ValueError(f"two pages are opened by {purpose}")


def purposes() -> frozenset[str]:
    """All that codes of letters open."""
    return frozenset(_PAGES)


def page_of(link: OnceLink) -> OncePage:
    """The page that a link opens."""
    return _PAGES[link.purpose]
