"""The guard of order finds rows that a page reads as they come, and leaves alone what needs no order."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Count, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from punte.organizations.models import Organization
from punte.territory.models import Uat
from tests.factories import OrganizationFactory, UatFactory
from tests.guards.findings import caught
from tests.guards.ordering import where_order

pytestmark = pytest.mark.django_db


def rows() -> QuerySet[Organization]:
    """Rows of which an aggregate took the order that the model gives them."""
    return Organization.objects.annotate(number=Count("uat"))


def found_in(read: Callable[[], object]) -> list[str]:
    OrganizationFactory.create_batch(2, uat=UatFactory())
    with caught() as found, where_order(matters=True):
        read()
    return found


@pytest.mark.parametrize(
    "read",
    [
        lambda: list(rows()),
        lambda: rows()[:1][0],
        lambda: list(rows()[:5]),
        lambda: list(rows().values_list("name", flat=True)),
        lambda: list(rows().iterator()),
        lambda: list(Uat.objects.order_by("pk").prefetch_related(Prefetch("organizations", rows()))),
    ],
)
def test_rows_in_no_order_are_found(read: Callable[[], object]) -> None:
    (finding,) = found_in(read)
    assert re.fullmatch(r"tests/guards/test_ordering.py:\d+: rows of Organization in no order", finding)


@pytest.mark.parametrize(
    "read",
    [
        lambda: list(rows().order_by("name")),
        lambda: list(Organization.objects.all()),
        lambda: set(rows().order_by()),
        lambda: rows().first(),
        lambda: rows().get(pk=rows().order_by("pk")[0].pk),
        lambda: rows().exists() and rows().count(),
        lambda: rows().in_bulk(),
        lambda: rows().none() or list(rows().none()),
        lambda: rows().order_by("name").delete(),
        lambda: list(rows().order_by("name").prefetch_related("uat")),
    ],
)
def test_what_needs_no_order_is_left_alone(read: Callable[[], object]) -> None:
    assert found_in(read) == []


def test_what_a_test_reads_itself_is_its_own_business() -> None:
    with caught() as found:
        list(rows())
    assert found == []


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("".join(str(row) for row in rows()))


urlpatterns = [path("", page)]


@pytest.mark.urls(__name__)
def test_what_is_read_while_a_page_is_answered_is_found(client: Client, settings: Any) -> None:
    settings.MIDDLEWARE = []
    with caught() as found:
        assert client.get("/").status_code == 200
    assert len(found) == 1
