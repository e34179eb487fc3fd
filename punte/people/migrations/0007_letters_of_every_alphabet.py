import re
import unicodedata
from itertools import combinations
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from punte.kernel.text import fold, readings

_AT_ONCE = 2_000
_MOST_PAIRED = 16
_LONGEST_WORD = 80


def former_fold(text: str) -> str:
    """As texts were folded until now: whatever is no plain Latin letter was dropped."""
    plain = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    return re.sub(r"[^a-z0-9]+", " ", plain.lower()).strip()


def fold_anew(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Fold what is found by its name as it is folded from now on, and index the people whose words change."""
    _fold_rows(apps.get_model("people", "Household"), 120)
    _fold_rows(apps.get_model("directory", "Service"), 300)
    _fold_organizations(apps.get_model("organizations", "Organization"))
    _index_people(apps)


def _changed(model: Any, longest: int) -> list[tuple[object, str]]:
    rows = model.objects.order_by().values_list("pk", "name", "folded_name").iterator(_AT_ONCE)
    folded = ((pk, fold(name)[:longest], before) for pk, name, before in rows if not name.isascii())
    return [(pk, now) for pk, now, before in folded if now != before]


def _fold_rows(model: Any, longest: int) -> None:
    changed = _changed(model, longest)
    for start in range(0, len(changed), _AT_ONCE):
        portion = [model(pk=pk, folded_name=now) for pk, now in changed[start : start + _AT_ONCE]]
        model.objects.bulk_update(portion, ["folded_name"])


def _fold_organizations(organizations: Any) -> None:
    """One by one: where two of a UAT become alike („Cîmpia”, „Câmpia”), the second stays as it was, to be joined."""
    for pk, now in _changed(organizations, 250):
        row = organizations.objects.only("pk", "uat").get(pk=pk)
        if row.uat_id is None or not organizations.objects.filter(folded_name=now, uat=row.uat_id).exists():
            organizations.objects.filter(pk=pk).update(folded_name=now)


def _index_people(apps: StateApps) -> None:
    people = apps.get_model("people", "Person").objects.order_by()
    rows = people.values_list("pk", "keeper_id", "family_name", "given_name").iterator(_AT_ONCE)
    names = ((pk, keeper, f"{family} {given}") for pk, keeper, family, given in rows)
    changed = [
        (pk, keeper, now)
        for pk, keeper, name in names
        if not name.isascii() and (now := _words(readings(name))) != _words([former_fold(name)])
    ]
    for start in range(0, len(changed), _AT_ONCE):
        _index(apps, changed[start : start + _AT_ONCE])


def _words(texts: list[str]) -> list[str]:
    return list(dict.fromkeys(word[:_LONGEST_WORD] for text in texts for word in text.split()))


def _index(apps: StateApps, people: list[tuple[object, object, list[str]]]) -> None:
    known = _learned(apps, sorted({word for *_, words in people for word in words}))
    name, pair = apps.get_model("people", "PersonName"), apps.get_model("people", "PersonNamePair")
    own = [pk for pk, *_ in people]
    name.objects.filter(person__in=own).delete()
    pair.objects.filter(person__in=own).delete()
    numbered = [(pk, keeper, [known[word] for word in words]) for pk, keeper, words in people]
    name.objects.bulk_create(
        [
            name(person_id=pk, keeper_id=keeper, token_id=token)
            for pk, keeper, tokens in numbered
            for token in tokens
        ],
        batch_size=_AT_ONCE,
    )
    pair.objects.bulk_create(
        [
            pair(person_id=pk, keeper_id=keeper, first_id=first, second_id=second)
            for pk, keeper, tokens in numbered
            for first, second in combinations(sorted(tokens[:_MOST_PAIRED]), 2)
        ],
        batch_size=_AT_ONCE,
    )


def _learned(apps: StateApps, words: list[str]) -> dict[str, int]:
    token, slip = apps.get_model("people", "NameToken"), apps.get_model("people", "NameSlip")
    numbers = token.objects.filter(text__in=words).order_by()
    known = set(numbers.values_list("text", flat=True))
    fresh = [word for word in words if word not in known]
    token.objects.bulk_create([token(text=word) for word in fresh], batch_size=_AT_ONCE)
    found = dict(numbers.values_list("text", "pk"))
    slips = [
        slip(text=word[:at] + word[at + 1 :], token_id=found[word])
        for word in fresh
        if len(word) >= 4
        for at in range(len(word))
        if at == 0 or word[at] != word[at - 1]
    ]
    slip.objects.bulk_create(slips, batch_size=_AT_ONCE)
    return found


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_an_empty_period_overlaps_nothing"),
        ("directory", "0008_an_empty_period_overlaps_nothing"),
        ("organizations", "0001_initial"),
    ]

    operations = [migrations.RunPython(fold_anew, migrations.RunPython.noop, elidable=True)]
