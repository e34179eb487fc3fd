"""The errors of this room: each carries an English msgid and its parameters, so that a screen can translate it."""

from __future__ import annotations


def gettext_noop(message: str) -> str:
    """Mark a msgid for translation without needing Django's settings."""
    return message


class MethodologyError(Exception):
    """Something is wrong with a pack, a table or a filled form.

    Args:
        message: an English msgid with ``%(name)s`` places.
        params: the values of those places.
    """

    def __init__(self, message: str, /, **params: object) -> None:
        self.message = message
        self.params = params
        super().__init__(message % params if params else message)


class PackError(MethodologyError):
    """A pack that cannot be used; names the file and the line to correct."""

    def __init__(self, message: str, file: str, line: int, /, **params: object) -> None:
        super().__init__(message, **params)
        self.file = file
        self.line = line

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {super().__str__()}"


class InputError(MethodologyError):
    """One cell, row or file of a batch that cannot be read; names the file, line and column."""

    def __init__(self, message: str, file: str, line: int, column: str = "", /, **params: object) -> None:
        super().__init__(message, **params)
        self.file = file
        self.line = line
        self.column = column

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" + (f":{self.column}" if self.column else "")
        return f"{place}: {super().__str__()}"


class InputErrors(MethodologyError):
    """Everything that is wrong with the tables of one batch; nothing was written."""

    def __init__(self, errors: list[InputError]) -> None:
        self.errors = errors
        super().__init__(gettext_noop("The tables have errors: %(count)s"), count=len(errors))


class InstanceError(MethodologyError):
    """A filled form (XForm instance) that cannot be taken as it is.

    ``field`` names the node, if one; ``member`` is the position of the member that it is of.
    """

    member: int | None = None

    def __init__(self, message: str, /, *, field: str = "", **params: object) -> None:
        super().__init__(message, **params)
        self.field = field
