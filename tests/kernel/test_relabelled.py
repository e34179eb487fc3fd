"""A database of before `annual_plans` had its name is taken over as it stands."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from punte.annual_plans.models import AnnualPlan
from tests.factories import OrganizationFactory

pytestmark = pytest.mark.both

FORMER = ["0001_initial", "0002_a_point_may_say_only_its_detail"]


@pytest.mark.django_db(transaction=True)
def test_plans_of_before_the_new_name_are_taken_over() -> None:
    plan = AnnualPlan.objects.create(organization=OrganizationFactory(), year=2024, title="Planul de acum")
    _as_before()
    call_command("migrate", verbosity=0)
    assert AnnualPlan.objects.get().pk == plan.pk
    recorded = MigrationRecorder.Migration.objects.filter(app__in=["programmes", "annual_plans"])
    names = sorted(recorded.values_list("app", "name"))
    assert [name for app, name in names if app == "annual_plans"][:2] == FORMER
    assert len(set(names)) == len(names)
    assert not [name for app, name in names if app == "programmes"]
    left = [name for name in connection.introspection.table_names() if name.startswith("programmes_")]
    assert left == []


def _as_before() -> None:
    """The tables and the rows of `django_migrations` as the former name left them."""
    call_command("migrate", "annual_plans", FORMER[-1], verbosity=0)
    with connection.schema_editor() as editor:
        for model in apps.get_app_config("annual_plans").get_models():
            table = model._meta.db_table
            editor.alter_db_table(model, table, table.replace("annual_plans_", "programmes_"))
    recorded = MigrationRecorder.Migration.objects.filter(app="annual_plans", name__in=FORMER)
    recorded.update(app="programmes")
