"""A database of before, brought to today by `punte migrate`: what was written then stands as it should now.

Migrating back and forth costs as much for one story as for all, so all are told in one database: each makes its rows,
waits until the tables are of before, writes or looks, waits until they are of today, and says what must be so.
"""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from punte.accounts.verbs import record
from punte.annual_plans.models import AnnualPlan
from punte.cases.actions import draft_plan, open_case
from punte.cases.models import Case, CaseSeal, CaseTeamMember, Objective, PlannedService
from punte.directory.models import Licence
from punte.kernel import encrypting, keyring
from punte.kernel.encryption import is_encrypted
from punte.operations.doctor import examine
from punte.people.models import Household, Membership, NameToken, Person
from tests.cases.conftest import make_town
from tests.cases.test_seals_in_time import assert_the_marks_say_what_the_rows_say
from tests.factories import (
    HouseholdFactory,
    MembershipFactory,
    OrganizationFactory,
    PersonFactory,
    ServiceFactory,
    UserFactory,
    worker,
)

_PLANS = ["0001_initial", "0002_a_point_may_say_only_its_detail"]
BEFORE = [
    ("annual_plans", _PLANS[-1]),
    ("cases", "0004_an_empty_period_overlaps_nothing"),
    ("directory", "0007_services_searched"),
    ("people", "0006_an_empty_period_overlaps_nothing"),
]
_OBJECTIVES = [f"Ana merge la școală, anul {number}" for number in range(5)]
_LICENCES = "one_licence_of_a_service_at_a_time"

Story = Iterator[None]


def plans_of_before_their_room_had_its_name_are_taken_over() -> Story:
    plan = AnnualPlan.objects.create(organization=OrganizationFactory(), year=2024, title="Planul de acum")
    yield
    with connection.schema_editor() as editor:
        for model in apps.get_app_config("annual_plans").get_models():
            table = model._meta.db_table
            editor.alter_db_table(model, table, table.replace("annual_plans_", "programmes_"))
    recorded = MigrationRecorder.Migration.objects.filter(app="annual_plans", name__in=_PLANS)
    recorded.update(app="programmes")
    yield
    assert AnnualPlan.objects.get().pk == plan.pk
    names = sorted(
        MigrationRecorder.Migration.objects.filter(app__in=["programmes", "annual_plans"]).values_list(
            "app", "name"
        )
    )
    assert [name for app, name in names if app == "annual_plans"][:2] == _PLANS
    assert len(set(names)) == len(names)
    # A room of today bears the name again: its migrations and tables are its own, and no others.
    assert not [name for app, name in names if app == "programmes" and name in _PLANS]
    own = {model._meta.db_table for model in apps.get_app_config("programmes").get_models()}
    found = {name for name in connection.introspection.table_names() if name.startswith("programmes_")}
    assert found <= own


def seals_become_rows_as_far_as_the_trail_tells() -> Story:
    told, untold = make_town(), make_town()
    cases = [(town, town.case()) for town in (told, untold)]
    yield
    for town, case in cases:
        Case.objects.filter(pk=case.pk).update(sealed=True)
        Household.objects.filter(pk=town.household.pk).update(sealed=True)
        if town is told:
            with transaction.atomic():
                record(
                    by=town.coordinator,
                    verb="seal_case",
                    keeper=case.keeper_id,
                    household=case.household_id,
                    subject=case.pk,
                    sealed=True,
                    reason="pericol",
                )
    yield
    seal = CaseSeal.objects.get(case__household=told.household)
    assert (seal.by, seal.reason, seal.start) == (told.coordinator, "pericol", timezone.localdate())
    seal = CaseSeal.objects.get(case__household=untold.household)
    assert (seal.by, seal.reason, seal.end) == (None, "", None)
    assert_the_marks_say_what_the_rows_say()


def what_is_written_of_a_case_is_encrypted_in_portions() -> Story:
    by = worker()
    home = HouseholdFactory(keeper=by.appointments.get().organization)
    case = open_case(by=by, household=home, regime="standard", reason="o situație grea")
    plan = draft_plan(by=by, case=case)
    objectives = [Objective.objects.create(plan=plan, text=text) for text in _OBJECTIVES]
    PlannedService.objects.create(objective=objectives[0], text="Înscriere")
    PlannedService.objects.create(objective=objectives[0], text="")
    CaseTeamMember.objects.create(
        case=case, user=UserFactory(), part="psiholog", start=home.created_at.date()
    )
    yield
    assert _raw(Objective, "text") == _OBJECTIVES
    assert _raw(PlannedService, "text") == ["Înscriere", ""]
    assert _raw(CaseTeamMember, "part") == ["psiholog"]
    # The doctor and the first connection meet the old column before it is migrated.
    assert {one.what: one.state for one in examine(thorough=False)}["keys"] == "ok"
    keyring._require_readable("default")
    yield
    assert all(map(is_encrypted, _raw(Objective, "text")))
    assert [row.text for row in Objective.objects.order_by("id")] == _OBJECTIVES
    assert [row.text for row in PlannedService.objects.order_by("id")] == ["Înscriere", ""]
    assert CaseTeamMember.objects.get(case=case).part == "psiholog"


def names_are_folded_anew() -> Story:
    keeper = OrganizationFactory(name="Primăria Cîmpenilor", folded_name="primaria cimpenilor")
    twin = OrganizationFactory(name="Primăria Câmpenilor", uat=keeper.uat)
    household = HouseholdFactory(keeper=keeper, name="Đorđević")
    person = PersonFactory(keeper=keeper, family_name="Шевченко", given_name="Łucja")
    other = PersonFactory(keeper=keeper, family_name="Moldovan", given_name="Șerban")
    yield
    Household.objects.filter(pk=household.pk).update(folded_name="or evic")
    person.name_words.all().delete()
    yield
    household.refresh_from_db()
    assert household.folded_name == "dordevic"
    assert _words(person) == {"shevchenko", "sevcenko", "lucja"}
    assert _words(other) == {"moldovan", "serban"}
    assert NameToken.objects.get(text="shevchenko").slips.filter(text="shevcenko").exists()
    keeper.refresh_from_db()
    twin.refresh_from_db()
    # Two institutions of one place that are now alike are for a person to join.
    assert (keeper.folded_name, twin.folded_name) == ("primaria cimpenilor", "primaria campenilor")


def who_was_dead_already_lives_nowhere() -> Story:
    home, died = HouseholdFactory(), dt.date(2026, 6, 1)
    dead = PersonFactory(keeper=home.keeper, died_on=died)
    alive = PersonFactory(keeper=home.keeper)
    for person in (dead, alive):
        MembershipFactory(person=person, household=home, start=dt.date(2020, 1, 1))
    yield
    yield
    ends = Membership.objects.filter(household=home).values_list("person", "end")
    assert dict(ends) == {dead.pk: died, alive.pk: None}


def periods_get_the_triggers_of_today() -> Story:
    """PostgreSQL's own constraint was never otherwise."""
    table, names = Licence._meta.db_table, {f"{_LICENCES}_insert", f"{_LICENCES}_update"}
    yield
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f'DROP TRIGGER "{_LICENCES}_insert"')
            cursor.execute(
                f'CREATE TRIGGER "{_LICENCES}_insert" BEFORE INSERT ON "{table}"'
                f" BEGIN SELECT RAISE(ABORT, '{_LICENCES}'); END"
            )
    yield
    day = dt.date(2026, 3, 1)
    Licence.objects.create(service=ServiceFactory(), number="1", start=day, end=day)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
            assert {name for (name,) in cursor.fetchall()} == names


STORIES: list[Callable[[], Story]] = [
    plans_of_before_their_room_had_its_name_are_taken_over,
    seals_become_rows_as_far_as_the_trail_tells,
    what_is_written_of_a_case_is_encrypted_in_portions,
    names_are_folded_anew,
    who_was_dead_already_lives_nowhere,
    periods_get_the_triggers_of_today,
]


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_what_was_written_before_stands_as_it_should_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encrypting, "_AT_ONCE", 2)
    stories = [tell() for tell in STORIES]
    for story in stories:
        next(story)
    MigrationExecutor(connection).migrate(BEFORE)
    for story in stories:
        next(story)
    call_command("migrate", verbosity=0)
    for story in stories:
        with pytest.raises(StopIteration):
            next(story)


def _raw(model: type[models.Model], column: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM "{model._meta.db_table}" ORDER BY id')
        return [row[0] for row in cursor.fetchall()]


def _words(person: Person) -> set[str]:
    return set(person.name_words.values_list("token__text", flat=True))
