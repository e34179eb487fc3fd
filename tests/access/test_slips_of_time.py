"""A slip of the year, or an hour that the clocks leave out or show twice, is answered on every page; never by a 500."""

import re
from typing import Any
from urllib.parse import urlencode, urljoin

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.access.table import TABLE, Row
from tests.access.test_once import let_in
from tests.access.walk import SIGNED_COOKIES, sign_in
from tests.access.world import World

DAYS = ("0001-01-01", "9999-12-31")
MOMENTS = ("0001-01-01T00:00", "9999-12-31T23:59", "2026-03-29T03:30", "2026-10-25T03:30")
_FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
_INPUT = re.compile(r"<input\b[^>]*>")
_ATTRIBUTE = re.compile(r'\b(name|type|value|action|method)="([^"]*)"')


@pytest.mark.django_db
def test_every_field_of_a_day_or_a_moment_answers(world: World, settings: Any) -> None:
    settings.SESSION_ENGINE = SIGNED_COOKIES
    tried: set[tuple[str, str]] = set()
    wrong = [line for row in TABLE for line in _broken(row, world, tried)]
    assert not wrong, "\n".join(wrong)
    assert len(tried) > 15


def _broken(row: Row, world: World, tried: set[tuple[str, str]]) -> list[str]:
    who = let_in(row, world)
    if row.method != "get" or who is None:
        return []
    client = Client(raise_request_exception=False)
    sign_in(client, who)
    url = row.path or reverse(row.name, kwargs=row.named(world.rows))
    page = client.get(url)
    if page.status_code != 200 or "html" not in page.headers.get("Content-Type", ""):
        return []
    found = []
    for attributes, inside in _FORM.findall(page.content.decode()):
        form = dict(_ATTRIBUTE.findall(attributes))
        inputs = [dict(_ATTRIBUTE.findall(one)) for one in _INPUT.findall(inside)]
        for field in inputs:
            slips = {"date": DAYS, "datetime-local": MOMENTS}.get(field.get("type", ""), ())
            address = urljoin(url, form.get("action", url))
            if not slips or (address, field["name"]) in tried:
                continue
            tried.add((address, field["name"]))
            hidden = {one["name"]: one.get("value", "") for one in inputs if one.get("type") == "hidden"}
            for slip in slips:
                sent = {**hidden, field["name"]: slip}
                with transaction.atomic():
                    if form.get("method") == "post":
                        status = client.post(address, {**sent, "once": ""}).status_code
                    else:
                        status = client.get(f"{address.split('?')[0]}?{urlencode(sent)}").status_code
                    transaction.set_rollback(True)
                if status >= 500:
                    found.append(f"{row.name}: {field['name']}={slip} is answered {status}")
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("slip", [*DAYS, *MOMENTS, "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
@pytest.mark.parametrize("where", ["/api/hsds/services", "/administrare/jurnal/"])
def test_a_slip_in_an_address_is_answered(client: Client, world: World, where: str, slip: str) -> None:
    client.raise_request_exception = False
    client.force_login(world.people["data_protection_officer@own"])
    for name in ("modified_after", "since", "until"):
        assert client.get(where, {name: slip}).status_code < 500
    assert client.get(where, {"after": f"{slip}_1"}).status_code < 500
