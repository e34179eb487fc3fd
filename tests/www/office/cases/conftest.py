"""The town hall, its family and the day centre of the tests of cases, seen through the browser's door."""

from collections.abc import Callable

import pytest
from django.test import Client

from punte.accounts.models import User
from tests.cases.conftest import day_centre, town

__all__ = ["day_centre", "town"]

SignIn = Callable[[User], Client]


@pytest.fixture
def sign_in(db: None) -> SignIn:
    """Give a browser in which an account is signed in, after its first page."""

    def browser(user: User) -> Client:
        client = Client()
        client.force_login(user)
        # The mark of presence is written at the first page.
        client.get("/")
        return client

    return browser


def text_of(response: object) -> str:
    """What a page says, decoded."""
    return response.content.decode()  # type: ignore[attr-defined]
