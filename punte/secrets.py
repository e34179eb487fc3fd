"""The keys of one installation: made once, kept beside the data, replaced by the environment in production."""

import base64
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import environ

_VARIABLES = {
    "signing_key": "PUNTE_SECRET_KEY",
    "data_keys": "PUNTE_DATA_KEYS",
    "blind_index_key": "PUNTE_BLIND_INDEX_KEY",
}


@dataclass(frozen=True)
class Secrets:
    """Signing key of sessions, data keys by number (the highest encrypts), key of the blind index.

    `to_keep` is what was made and lies nowhere yet: beside a database of which nobody knows whether it has data, new
    keys are written by `keep`, once it turned out that it has none.
    """

    signing_key: str
    data_keys: dict[str, bytes]
    blind_index_key: bytes
    path: Path
    to_keep: dict[str, Any] | None = None

    @classmethod
    def read(cls, path: Path, *, environment: environ.Env, beginning: bool) -> "Secrets":
        """Read PUNTE_SECRET_KEY, PUNTE_DATA_KEYS (`1=BASE64,2=BASE64`) and PUNTE_BLIND_INDEX_KEY.

        What the environment does not give is taken from `path`, or made where there is no such file.

        Args:
            beginning: there is no database yet, so that what is made is kept at once, readable by its owner alone.

        Raises:
            KeyError: neither the environment nor the file has one of the three.
        """
        given = _given(environment)
        if path.exists():
            return cls._of({**json.loads(path.read_text()), **given}, path)
        made = {name: value for name, value in _new().items() if name not in given}
        found = cls._of({**made, **given}, path, to_keep=made or None)
        return found.keep(environment=environment) if beginning and made else found

    def keep(self, *, environment: environ.Env) -> "Secrets":
        """Write what was made, whole or not at all; where another process was first, its keys are taken."""
        beside = self.path.with_suffix(f".{os.getpid()}.new")
        _write(beside, self.to_keep or {})
        try:
            os.link(beside, self.path)
        except FileExistsError:
            pass
        finally:
            beside.unlink()
        return Secrets.read(self.path, environment=environment, beginning=False)

    @classmethod
    def _of(cls, values: dict[str, Any], path: Path, *, to_keep: dict[str, Any] | None = None) -> "Secrets":
        return cls(
            signing_key=values["signing_key"],
            data_keys={number: base64.b64decode(key) for number, key in values["data_keys"].items()},
            blind_index_key=base64.b64decode(values["blind_index_key"]),
            path=path,
            to_keep=to_keep,
        )


def add_data_key(path: Path) -> str:
    """Add a data key to the kept secrets, written whole or not at all; its number, the highest."""
    kept = json.loads(path.read_text())
    number = str(max(map(int, kept["data_keys"])) + 1)
    kept["data_keys"][number] = _new_key()
    beside = path.with_suffix(".new")
    _write(beside, kept)
    beside.replace(path)
    return number


def _given(environment: environ.Env) -> dict[str, Any]:
    read = {"data_keys": environment.dict}
    return {
        name: read.get(name, environment)(variable)
        for name, variable in _VARIABLES.items()
        if variable in os.environ
    }


def _write(path: Path, kept: dict[str, Any]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(kept, file)
        file.flush()
        os.fsync(file.fileno())


def _new() -> dict[str, Any]:
    return {
        "signing_key": secrets.token_urlsafe(48),
        "data_keys": {"1": _new_key()},
        "blind_index_key": _new_key(),
    }


def _new_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()
