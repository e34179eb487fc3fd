"""Encryption at rest of what identifies a person, with a ring of keys so that a key can be retired."""

import base64
import hashlib
import hmac
import os
import re
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

_NONCE_BYTES = 12
# A nonce and a tag alone are 28 bytes.
_ENCRYPTED = re.compile(r"[0-9]+:[A-Za-z0-9+/]{38,}={0,2}")


def encrypt(text: str) -> str:
    """Encrypt with the newest key: key number, colon, base64 of nonce and AES-256-GCM ciphertext.

    The key number is bound to the ciphertext as associated data.
    """
    number = newest_key()
    nonce = os.urandom(_NONCE_BYTES)
    sealed = AESGCM(settings.DATA_KEYS[number]).encrypt(nonce, text.encode(), number.encode())
    return f"{number}:{base64.b64encode(nonce + sealed).decode()}"


def decrypt(value: str) -> str:
    """Undo `encrypt` with whichever key of the ring wrote the value.

    Raises:
        KeyError: the key that wrote it is no longer in the ring.
        cryptography.exceptions.InvalidTag: the value was tampered with.
    """
    number, _, encoded = value.partition(":")
    sealed = base64.b64decode(encoded)
    key = AESGCM(settings.DATA_KEYS[number])
    return key.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], number.encode()).decode()


def is_encrypted(value: str) -> bool:
    """Whether a value looks like one of `encrypt`; a column that waits for its migration still holds plain text."""
    return _ENCRYPTED.fullmatch(value) is not None


def newest_key() -> str:
    """The number of the key that encrypts now."""
    return max(settings.DATA_KEYS, key=int)


def blind_index(text: str) -> str:
    """A keyed digest by which an encrypted value is found when it is known exactly; 64 hexadecimal digits."""
    return hmac.new(settings.BLIND_INDEX_KEY, text.encode(), hashlib.sha256).hexdigest()


class EncryptedTextField(models.TextField[str, str]):
    """Text that the database holds only encrypted; empty text stays empty."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"blank": True, "default": "", **options})

    def get_db_prep_value(self, value: str | None, connection: Any, prepared: bool = False) -> Any:
        return super().get_db_prep_value(encrypt(value) if value else "", connection, prepared)

    def from_db_value(self, value: str | None, *_: object) -> str:
        return decrypt(value) if value else ""


def encrypt_bytes(content: bytes) -> bytes:
    """A file encrypted as `encrypt` does text: key number, colon, nonce, AES-256-GCM ciphertext."""
    number = newest_key()
    nonce = os.urandom(_NONCE_BYTES)
    sealed = AESGCM(settings.DATA_KEYS[number]).encrypt(nonce, content, number.encode())
    return number.encode() + b":" + nonce + sealed


def decrypt_bytes(value: bytes) -> bytes:
    """Undo `encrypt_bytes`. Same errors as `decrypt`."""
    number, _, sealed = value.partition(b":")
    key = AESGCM(settings.DATA_KEYS[number.decode()])
    return key.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], number)
