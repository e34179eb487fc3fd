"""Pure rules: what is kept of the code by which a notifier adds what they remember."""

from uuid import UUID

from punte.kernel.encryption import blind_index


def code_digest(notification: UUID, code: str) -> str:
    """What is kept of a code; however it is typed, with small letters or without its hyphens."""
    typed = "".join(sign for sign in code.upper() if sign.isalnum())
    return blind_index(f"notification {notification} {typed}")
