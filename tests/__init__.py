"""The tests mirror `punte/`; `make test` samples the large proofs, `make test-all` (PUNTE_WHOLE) plays them whole."""

import os
from zlib import crc32

WHOLE = bool(os.environ.get("PUNTE_WHOLE"))


def is_drawn(what: str, *, one_in: int) -> bool:
    """Whether one of many is played: in `make test` about one in so many, always the same; in `make test-all` each."""
    return WHOLE or crc32(what.encode()) % one_in == 0


def some_of(many: int) -> int:
    """How many random histories are played: in `make test` a third of so many, in `make test-all` all."""
    return many if WHOLE else -(-many // 3)
