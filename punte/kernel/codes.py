"""Codes that people read from paper and type: letters and figures that are not mistaken for each other."""

from punte.kernel.encryption import blind_index

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without the signs that are mistaken for each other on paper: 0 and O, 1, I and L."""


def code_for(what: str, *, groups: int, group: int = 4) -> str:
    """The code of something, the same each time: who knows the installation's key makes it, nobody else.

    Args:
        what: what the code is of, named so that no other code has it.
        groups, group: how many groups of how many signs, with hyphens between them.
    """
    number = int(blind_index(what)[:32], 16)
    letters = []
    for _ in range(groups * group):
        number, at = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[at])
    return "-".join("".join(letters[start : start + group]) for start in range(0, len(letters), group))


def typed(code: str) -> str:
    """A code however it was typed, with small letters or without its hyphens."""
    return "".join(sign for sign in code.upper() if sign.isalnum())
