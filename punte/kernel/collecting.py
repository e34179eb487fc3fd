"""Python's search for circles of objects, and work during which it does not search."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Within, nobody looks for circles: thousands of rows hold none, and looking takes nearly as long as their work."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
