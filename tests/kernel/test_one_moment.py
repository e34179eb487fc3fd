"""What an extract reads is of one moment, and whoever writes meanwhile does not wait."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from punte.kernel.extracts import of_one_moment
from punte.organizations.models import Organization
from tests.factories import OrganizationFactory


def _written_elsewhere() -> None:
    OrganizationFactory()
    connection.close()


@pytest.mark.both
@pytest.mark.whole
@pytest.mark.django_db(transaction=True)
def test_what_is_written_meanwhile_is_seen_afterwards() -> None:
    with of_one_moment(), ThreadPoolExecutor() as elsewhere:
        before = list(Organization.objects.values_list("pk").iterator())
        elsewhere.submit(_written_elsewhere).result(timeout=20)
        assert list(Organization.objects.values_list("pk").iterator()) == before
    assert Organization.objects.count() == len(before) + 1
    with of_one_moment():
        assert Organization.objects.exists()
    OrganizationFactory()
