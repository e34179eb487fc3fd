"""The keys of one installation: made once, kept beside the data, replaced by the environment in production."""

import base64
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import environ


@dataclass(frozen=True)
class Secrets:
    """Signing key of sessions, data keys by number (the highest encrypts), key of the blind index."""

    signing_key: str
    data_keys: dict[str, bytes]
    blind_index_key: bytes

    @classmethod
    def read(cls, path: Path, *, environment: environ.Env) -> "Secrets":
        """Read PUNTE_SECRET_KEY, PUNTE_DATA_KEYS (`1=BASE64,2=BASE64`) and PUNTE_BLIND_INDEX_KEY.

        What the environment does not give is taken from `path`, which is written the first time, readable
        by its owner alone.
        """
        kept: dict[str, Any] = json.loads(path.read_text()) if path.exists() else _write_new(path)
        data_keys = (
            environment.dict("PUNTE_DATA_KEYS", default={})
            if "PUNTE_DATA_KEYS" in os.environ
            else kept["data_keys"]
        )
        return cls(
            signing_key=environment("PUNTE_SECRET_KEY", default=kept["signing_key"]),
            data_keys={number: base64.b64decode(key) for number, key in data_keys.items()},
            blind_index_key=base64.b64decode(
                environment("PUNTE_BLIND_INDEX_KEY", default=kept["blind_index_key"])
            ),
        )


def add_data_key(path: Path) -> str:
    """Add a data key to the kept secrets, written whole or not at all; its number, the highest."""
    kept = json.loads(path.read_text())
    number = str(max(map(int, kept["data_keys"])) + 1)
    kept["data_keys"][number] = _new_key()
    beside = path.with_suffix(".new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(kept, file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    return number


def _write_new(path: Path) -> dict[str, Any]:
    made: dict[str, Any] = {
        "signing_key": secrets.token_urlsafe(48),
        "data_keys": {"1": _new_key()},
        "blind_index_key": _new_key(),
    }
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(made, file)
    return made


def _new_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()
