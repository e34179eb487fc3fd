"""A workbook that only its password opens."""

import io
import secrets

# No letter or figure that is mistaken for another when it is read aloud or copied from a screen.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _LETTERS_A_GROUP = 4, 4


def new_password() -> str:
    """A password that a person can copy by hand: four groups of four, about 79 bits."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_LETTERS_A_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def lock(workbook: bytes, password: str) -> bytes:
    """The XLSX workbook encrypted as office programs do it (ECMA-376, agile: AES-256), opened by the password alone."""
    from msoffcrypto.format.ooxml import OOXMLFile

    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(workbook)).encrypt(password, locked)
    return locked.getvalue()
