"""Every form of every page carries its mark, and its address answers a second sending with where the first one led."""

import re
from typing import Any
from urllib.parse import urljoin

import pytest
from django.test import Client
from django.urls import reverse

from punte.accounts.models import SentForm, User
from punte.www.frame import once, veiled
from tests.access.table import TABLE, Row
from tests.access.walk import SIGNED_COOKIES, sign_in
from tests.access.world import World

_FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
_ACTION = re.compile(r'\baction="([^"]*)"')
_ELSEWHERE = "/unde-a-dus-prima/"


@pytest.mark.django_db
def test_every_form_is_guarded(world: World, settings: Any) -> None:
    settings.SESSION_ENGINE = SIGNED_COOKIES
    tried: set[str] = set()
    wrong = [line for row in TABLE for line in _unguarded(row, world, tried)]
    assert not wrong, "\n".join(wrong)
    pages = {row.name for row in TABLE if "new" in row.name.split("_") and row.method == "get"}
    assert len(tried) >= len(pages) > 5


def _unguarded(row: Row, world: World, tried: set[str]) -> list[str]:
    who = let_in(row, world)
    if row.method != "get" or who is None:
        return []
    client = Client()
    sign_in(client, who)
    url = row.path or reverse(row.name, kwargs=row.named(world.rows))
    answer = client.get(url)
    if answer.status_code != 200 or "html" not in answer.headers.get("Content-Type", ""):
        return []
    found = []
    for attributes, inside in _FORM.findall(answer.content.decode()):
        if 'method="post"' not in attributes or f'name="{veiled.FIELD}"' in inside:
            continue
        if 'name="once"' not in inside:
            found.append(f"{row.name}: a form without a mark")
        action = _ACTION.search(attributes)
        address = urljoin(url, action.group(1) if action else url).split("?")[0]
        if not address.startswith("/conturi/") and address not in tried:
            tried.add(address)
            if not _is_guarded(client, who, address):
                found.append(f"{row.name}: {address} does not know that it was sent before")
    return found


def let_in(row: Row, world: World) -> User | None:
    """Somebody who is shown the page of a row, if anybody is."""
    for who, person in world.people.items():
        if person is not None and row.of(who)[1] == 200:
            return person
    return None


def _is_guarded(client: Client, who: User, address: str) -> bool:
    """Whether the address, told that something was sent from this form before, does nothing and leads there."""

    class Asked:
        user, path = who, address

    SentForm.objects.create(key=once._key(Asked(), "m"), content="", user=who, location=_ELSEWHERE)
    answer = client.post(address, {"once": "m"})
    return answer.status_code == 302 and answer.url == _ELSEWHERE
