from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from punte.accounts.models import User
from tests.notifications.town import Town
from tests.notifications.town import town as make_town

As = Callable[[User], Any]


@pytest.fixture
def town(db: None) -> Town:
    return make_town()


@pytest.fixture
def signed_in() -> As:
    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="punte.accounts.backend.OpenAccounts")
        return client

    return sign_in
