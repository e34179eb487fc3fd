"""Every address of the site, and one request to it in the name of somebody."""

from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any
from unittest import mock

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.db import transaction
from django.template.backends.django import Template
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.safestring import SafeString

from punte.accounts.models import User
from tests.access.table import Row
from tests.access.world import World

SIGNED_COOKIES = "django.contrib.sessions.backends.signed_cookies"
_UNRENDERED = mock.patch.object(Template, "render", lambda *_: SafeString(""))


def every_name() -> set[str]:
    """The names of all addresses but those of the sign-in library."""
    return {pattern.name or str(pattern.pattern) for pattern in _patterns(get_resolver().url_patterns)}


def _patterns(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        elif "allauth" not in str(getattr(pattern.urlconf_name, "__name__", "")):
            yield from _patterns(pattern.url_patterns)


def status(row: Row, world: World, person: User | None, *, is_rendered: bool) -> int:
    """What somebody is answered; whatever the request did is undone.

    Who may and who may not is decided before a page is rendered, so that of many who are answered alike one is enough.
    """
    client = Client(raise_request_exception=False)
    if person is not None:
        sign_in(client, person)
    url = row.path or reverse(row.name, kwargs=row.named(world.rows))
    with transaction.atomic(), nullcontext() if is_rendered else _UNRENDERED:
        sent = {"data": {"csrfmiddlewaretoken": "x"}} if row.method == "post" else {}
        answer = getattr(client, row.method)(url, **sent)
        transaction.set_rollback(True)
    return answer.status_code


def sign_in(client: Client, person: User) -> None:
    """Give a client the session of an account, kept in its cookie."""
    session: Any = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
