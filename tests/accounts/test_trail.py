"""The trail is written and never changed, by the database's own word."""

import pytest
from django.db import DatabaseError, connection, transaction

from punte.accounts.models import TrailEntry
from punte.accounts.verbs import NoTrail, record, verb
from punte.kernel.append_only import guards
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def _line() -> TrailEntry:
    record(by=UserFactory(), verb="change_profile", keeper=None)
    return TrailEntry.objects.get()


def test_a_line_cannot_be_changed() -> None:
    line = _line()
    with pytest.raises(DatabaseError, match="trail_is_append_only"), transaction.atomic():
        TrailEntry.objects.filter(pk=line.pk).update(verb="other")


def test_a_line_cannot_be_taken_away() -> None:
    line = _line()
    if connection.vendor == "sqlite":
        for guard in guards(TrailEntry):
            guard.lift(TrailEntry)
            guard.install(TrailEntry)
    with pytest.raises(DatabaseError, match="trail_is_append_only"), transaction.atomic():
        TrailEntry.objects.filter(pk=line.pk).delete()
    assert TrailEntry.objects.count() == 1


def test_a_verb_without_a_line_in_the_trail_changes_nothing() -> None:
    @verb
    def forgetful() -> None:
        UserFactory(email="nobody@exemplu.ro")

    with pytest.raises(NoTrail):
        forgetful()
    assert not type(UserFactory()).objects.filter(email="nobody@exemplu.ro").exists()
