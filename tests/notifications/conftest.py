import pytest

from tests.notifications.town import Town
from tests.notifications.town import town as make_town


@pytest.fixture
def town(db: None) -> Town:
    return make_town()
