"""A database is opened with its own keys alone: it remembers their fingerprints.

Asked at the first connection of a process, before anything can be read or written, and by those who watch over the
installation. With other keys, or none, what is encrypted could not be read, and what is written meanwhile would be lost
once the right keys are back.
"""

import hashlib
import hmac
from typing import Any

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.backends.base.base import NO_DB_ALIAS, BaseDatabaseWrapper
from django.db.models import Model
from django.utils.translation import gettext as _

from punte.kernel.encryption import decrypt, is_encrypted, newest_key
from punte.kernel.errors import WrongKeys
from punte.kernel.models import KeyFingerprint
from punte.kernel.rotation import encrypted_columns

_BLIND_INDEX = "blind index"
_opened: set[str] = set()


def open_with_own_keys(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """Let a process use the database if it has its keys; a database without data takes the keys that there are.

    Raises:
        WrongKeys: a key is missing or another; the connection is closed.
        DatabaseError: what it remembers cannot be read now; the connection is closed.
    """
    # Who makes or drops a database is connected to none.
    if connection.alias == NO_DB_ALIAS or connection.alias in _opened:
        return
    try:
        _open(connection.alias)
    except (WrongKeys, DatabaseError):
        connection.close()
        raise


def open_after_migration(using: str, **_signal: Any) -> None:
    """As `open_with_own_keys`, once there is a place to remember the keys."""
    open_with_own_keys(connections[using])


def require_own_keys(using: str = DEFAULT_DB_ALIAS) -> None:
    """Compare the keys of this process with those that the database remembers.

    Raises:
        WrongKeys: a key is missing or another.
    """
    mine = fingerprints()
    wrong = [name for name, digest in (_remembered(using) or {}).items() if mine.get(name) != digest]
    if wrong:
        raise WrongKeys(_words(wrong))


def fingerprints() -> dict[str, str]:
    """Name and fingerprint of each key of this process; a fingerprint tells nothing of its key."""
    keys = {f"data {number}": key for number, key in settings.DATA_KEYS.items()}
    return {
        name: hmac.new(key, f"punte fingerprint {name}".encode(), hashlib.sha256).hexdigest()
        for name, key in {**keys, _BLIND_INDEX: settings.BLIND_INDEX_KEY}.items()
    }


def forget_retired_keys() -> None:
    """After everything was rewritten with the newest key, an older one may be taken out of the ring."""
    KeyFingerprint.objects.filter(name__startswith="data ").exclude(name=f"data {newest_key()}").delete()


def _open(using: str) -> None:
    remembered = _remembered(using)
    require_own_keys(using)
    if not remembered and _has_data(using):
        _require_readable(using)
    if settings.SECRETS.to_keep:
        _keep_secrets()
    if remembered is None:
        return
    _remember(using, begun=bool(remembered))
    _opened.add(using)


def _remembered(using: str) -> dict[str, str] | None:
    """What the database remembers; None before it was migrated.

    Raises:
        DatabaseError: it cannot say now, which is no sign that it remembers nothing.
    """
    if not _has_table(KeyFingerprint, using):
        return None
    return dict(KeyFingerprint.objects.using(using).order_by("name").values_list("name", "digest"))


def _remember(using: str, *, begun: bool) -> None:
    """Remember all keys the first time, later the newest: an older one may have been retired."""
    mine = fingerprints()
    names = {f"data {newest_key()}", _BLIND_INDEX} if begun else set(mine)
    rows = [KeyFingerprint(name=name, digest=mine[name]) for name in sorted(names)]
    KeyFingerprint.objects.using(using).bulk_create(rows, ignore_conflicts=True)
    require_own_keys(using)


def _has_data(using: str) -> bool:
    users = get_user_model()
    return _has_table(users, using) and bool(users._base_manager.using(using).exists())


def _has_table(model: type[Model], using: str) -> bool:
    return model._meta.db_table in connections[using].introspection.table_names()


def has_column(model: type[Model], column: str, using: str) -> bool:
    """Whether a table and its column are there, or of a migration that waits."""
    if not _has_table(model, using):
        return False
    table = connections[using].ops.quote_name(model._meta.db_table)
    with connections[using].cursor() as cursor:
        # What the whole introspection of a table would say besides takes longer than the look itself.
        cursor.execute(f"SELECT * FROM {table} LIMIT 0")  # noqa: S608
        return column in {one[0] for one in cursor.description}


def _require_readable(using: str) -> None:
    """In a database that remembers no keys yet, try the keys on one value of each column."""
    if settings.SECRETS.to_keep:
        raise WrongKeys(_words(sorted(fingerprints())))
    quote = connections[using].ops.quote_name
    for model, column in encrypted_columns():
        if not has_column(model, column, using):
            continue
        value = quote(column)
        found = f"SELECT {value} FROM {quote(model._meta.db_table)} WHERE {value} <> '' LIMIT 1"  # noqa: S608
        with connections[using].cursor() as cursor:
            cursor.execute(found)
            row = cursor.fetchone()
        try:
            decrypt(row[0]) if row and is_encrypted(row[0]) else None
        except (KeyError, InvalidTag) as other:
            raise WrongKeys(_words([f"data {row[0].partition(':')[0]}"])) from other


def _keep_secrets() -> None:
    """Write the keys of a new installation; where another process was first, this one goes on with its keys."""
    kept = settings.SECRETS.keep(environment=settings.ENVIRONMENT)
    settings.SECRETS = kept
    settings.SECRET_KEY = kept.signing_key
    settings.DATA_KEYS = kept.data_keys
    settings.BLIND_INDEX_KEY = kept.blind_index_key


def _words(names: list[str]) -> str:
    mine = {} if settings.SECRETS.to_keep else fingerprints()
    lines = [
        (_("another key stands in its place: %(key)s") if name in mine else _("missing: %(key)s"))
        % {"key": _key_in_words(name)}
        for name in names
    ]
    return _(
        "This database was written with other keys, so nothing is started and nothing written.\n%(keys)s\n"
        "Put back %(path)s as it was kept with the backup, or set PUNTE_DATA_KEYS (1=BASE64,2=BASE64) and"
        " PUNTE_BLIND_INDEX_KEY, and start again. See “Keys” in docs/operations.md."
    ) % {"keys": "\n".join(f"- {line}" for line in lines), "path": settings.SECRETS.path}


def _key_in_words(name: str) -> str:
    if name == _BLIND_INDEX:
        return _("key of the blind index (blind_index_key in secrets.json, or PUNTE_BLIND_INDEX_KEY)")
    return _("data key %(number)s (data_keys in secrets.json, or PUNTE_DATA_KEYS)") % {
        "number": name.removeprefix("data ")
    }
