"""Everything that hangs on a person, moved from one file to another and back."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.core import serializers
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from punte.kernel.errors import DomainError
from punte.people.models import LikelyPair, Membership, Person, PersonJoin, PersonName, PersonNamePair

_NOT_MOVED = (Membership, PersonName, PersonNamePair, PersonJoin, LikelyPair)
"""What follows rules of its own, is made anew, or tells of the two files themselves."""


def hanging_on_a_person() -> Iterator[models.ForeignKey[Any, Any]]:
    """Each column of the house that names a person, of whichever room; those of hidden relations too.

    But for rows that their room makes anew from others once the files are joined (`is_made_anew`).
    """
    for relation in Person._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ForeignObjectRel) or relation.related_model in _NOT_MOVED:
            continue
        if not getattr(relation.related_model, "is_made_anew", False):
            yield relation.field  # type: ignore[misc]


def move_all(joined: Person, kept: Person) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Let everything that names one file name the other.

    Returns:
        The rows that moved, and those that were set aside, whole: the other file says the same already, or they would
        tell of a person and the same person.

    Raises:
        DomainError: both files have what a person has once at a time.
    """
    moved: list[dict[str, Any]] = []
    aside: list[dict[str, Any]] = []
    for field in hanging_on_a_person():
        for row in field.model._base_manager.filter(**{field.name: joined}).order_by("pk"):
            about = {"model": row._meta.label, "pk": str(row.pk), "field": field.name}
            if _set(row, field, kept):
                moved.append({**about, "was": str(joined.pk)})
            else:
                aside.append({**about, "row": _whole(row, field)})
                row.delete()
    return moved, aside


def _set(row: models.Model, field: models.ForeignKey[Any, Any], person: Person) -> bool:
    """Whether the row could name this person."""
    try:
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**{field.name: person})
    except IntegrityError:
        return False
    return True


def _whole(row: models.Model, field: models.ForeignKey[Any, Any]) -> str:
    for constraint in row._meta.constraints:
        named = getattr(constraint, "fields", ())
        if field.name in named and isinstance(constraint, models.UniqueConstraint) and constraint.condition:
            raise DomainError(
                _("Both files have something that a person has only once at a time. Close one of them first.")
            )
    return serializers.serialize("json", [row])


def move_back(
    moved: list[dict[str, Any]], aside: list[dict[str, Any]], *, joined: Person, kept: Person
) -> Counter[str]:
    """Undo `move_all` for what still names the kept file; what stays, counted by the kind of row."""
    stays: Counter[str] = Counter()
    fields = {(field.model._meta.label, field.name): field for field in hanging_on_a_person()}
    for one in moved:
        field = fields.get((one["model"], one["field"]))
        if field is None or not _moved_back(one["pk"], field, joined=joined, kept=kept):
            stays[one["model"]] += 1
    for one in aside:
        if not _laid_back(one["row"]):
            stays[one["model"]] += 1
    return stays


def _moved_back(key: str, field: models.ForeignKey[Any, Any], *, joined: Person, kept: Person) -> bool:
    row = field.model._base_manager.filter(**{"pk": key, field.name: kept}).first()
    return row is not None and _set(row, field, joined)


def _laid_back(whole: str) -> bool:
    try:
        with transaction.atomic():
            for row in serializers.deserialize("json", whole):
                row.save(force_insert=True)
    except (IntegrityError, serializers.base.DeserializationError):
        return False
    return True


def as_text(what: dict[str, Any]) -> str:
    """What a join keeps, as it is written down."""
    return json.dumps(what, default=str, ensure_ascii=False)
