"""The guard of queries tells one question from another, and not one database from the other."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Count, Q

from punte.organizations.models import Organization
from punte.territory.models import Uat
from tests.factories import OrganizationFactory, UatFactory
from tests.guards.queries import queries_of, shape_of


@pytest.mark.parametrize(
    ("statement", "shape"),
    [
        (
            'SELECT "a"."x", "b"."y" FROM "a" INNER JOIN "b" ON ("a"."b_id" = "b"."id") WHERE ("a"."x" = %s AND '
            '"b"."y" IN (%s, %s)) ORDER BY "b"."y" ASC, "a"."x" DESC LIMIT 21',
            "SELECT a, b WHERE x, y ORDER BY y, x",
        ),
        ('UPDATE "a" SET "x" = %s WHERE "a"."id" = %s', "UPDATE a WHERE id"),
        ('INSERT INTO "a" ("x") VALUES (%s) RETURNING "a"."id"', "INSERT a"),
        ('SELECT EXTRACT(YEAR FROM "a"."day") FROM "a"', "SELECT a"),
        ('SAVEPOINT "s140_x12"', "SAVEPOINT"),
        ("select n from a join b using (id) where n > 1", "SELECT a, b"),
        (
            'SELECT "a"."x", COUNT(*) FROM "a" WHERE "a"."y" GROUP BY "a"."x" ORDER BY 2 DESC',
            "SELECT a WHERE y ORDER BY 2",
        ),
    ],
)
def test_a_statement_is_told_by_its_shape(statement: str, shape: str) -> None:
    assert shape_of(statement) == shape


@pytest.mark.django_db
class TestQueries:
    def test_are_those_of_the_second_time(self) -> None:
        kept: dict[str, int] = {}

        def ask() -> int:
            if not kept:
                kept["n"] = Organization.objects.count()
            return Uat.objects.count() + kept["n"]

        assert queries_of(ask) == (["SELECT territory_uat"], 0)

    @pytest.mark.both
    def test_are_the_same_on_both_databases(self) -> None:
        OrganizationFactory.create_batch(2, uat=UatFactory())

        def ask() -> None:
            found = Organization.objects.filter(
                Q(name__icontains="a") | Q(uat__county="CJ"), created_at__year=2026
            )
            list(found.select_related("uat"))
            list(Uat.objects.annotate(n=Count("organizations")).order_by("-n", "siruta"))
            with transaction.atomic():
                Organization.objects.select_for_update().filter(short_name="x").update(short_name="y")

        assert queries_of(ask)[0] == [
            "SELECT organizations_organization, territory_uat WHERE name, county_id, created_at ORDER BY name",
            "SELECT territory_uat, organizations_organization ORDER BY 9, siruta",
            "SAVEPOINT",
            "UPDATE organizations_organization WHERE short_name",
            "RELEASE",
        ]

    def test_one_more_for_each_row_changes_them(self) -> None:
        def ask() -> list[str]:
            return [row.uat.name for row in Organization.objects.all() if row.uat]

        kept, _answer = queries_of(ask)
        OrganizationFactory.create_batch(2, uat=UatFactory())
        assert queries_of(ask)[0] == kept + 2 * ["SELECT territory_uat WHERE siruta"]

    def test_are_compared_with_those_that_are_kept(self, pinned: Callable[..., Any]) -> None:
        assert pinned(Organization.objects.count) == 0
