"""What an address or a form says in its text, read without trusting it."""

from uuid import UUID

_MOST_DIGITS = 9


def number_in(text: object, *, otherwise: int = 0) -> int:
    """The whole number that a text is, of at most 9 digits; `otherwise` where it is none."""
    known = isinstance(text, str) and text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(str(text)) if known else otherwise


def identifier_in(text: object) -> UUID | None:
    """The identifier that a text is; None where it is none."""
    try:
        return UUID(text) if isinstance(text, str) else None
    except ValueError:
        return None
