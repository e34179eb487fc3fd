"""The entitlements in use: those of `content/entitlements` and of the operator's own folder, read anew on change."""

import logging
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from punte.benefits.definition import Rulebook
from punte.benefits.reading import Known, read_rulebook
from punte.directory.help.need import benefits
from punte.kernel.own_content import content_files, stamped_files
from punte.methodology.errors import PackError
from punte.methodology.packs import available_packs
from punte.registers.catalogue import definitions

logger = logging.getLogger(__name__)
NOTHING = Rulebook("", {}, {}, {})


def files() -> list[tuple[Path, bool]]:
    """The files in the order of their names, the product's before the operator's of the same name."""
    return content_files("entitlements")


def rulebook() -> Rulebook:
    """Everything that the files say.

    Raises:
        PackError: a file does not hold together.
    """
    packs = tuple((pack.name, pack.digest) for pack in available_packs())
    registers = tuple((key, one.digest) for key, one in definitions().items())
    return _read(stamped_files("entitlements"), packs, registers)


def rulebook_that_holds() -> Rulebook:
    """The same; an empty one while a file is broken, for which no page of a case stops."""
    try:
        return rulebook()
    except PackError:
        logger.exception("a file of the entitlements is broken: none of them is used")
        return NOTHING


@lru_cache(maxsize=4)
def _read(stamps: Sequence[tuple[Path, bool, int]], _packs: object, _registers: object) -> Rulebook:
    return read_rulebook([(path, own) for path, own, _changed in stamps], known())


def known() -> Known:
    """What the files may name."""
    packs = {pack.name: pack for pack in available_packs()}
    return Known(packs, definitions(), benefits())
