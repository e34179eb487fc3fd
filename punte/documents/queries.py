"""Who may read which papers."""

from collections.abc import Collection

from punte.accounts.enums import Compartment
from punte.documents.models import IssuedDocument


def readable(document: IssuedDocument, compartments: Collection[Compartment]) -> bool:
    """Whether all that a paper holds lies in the compartments that somebody reads: a paper is not shown in parts."""
    return {Compartment(name) for name in document.compartments} <= set(compartments)
