"""Keeping what stands on a map apart: names that cover nothing, pins gathered until none covers another. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Box:
    """An upright rectangle by its middle."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: "Box") -> bool:
        """Whether the two have a place in common."""
        return (
            abs(self.x - other.x) * 2 < self.width + other.width
            and abs(self.y - other.y) * 2 < self.height + other.height
        )

    def within(self, width: float, height: float) -> "Box":
        """Moved no farther than needed to lie whole on a drawing."""
        x = min(max(self.x, self.width / 2), width - self.width / 2)
        y = min(max(self.y, self.height / 2), height - self.height / 2)
        return Box(x, y, self.width, self.height)


def is_clear(box: Box, taken: Iterable[Box]) -> bool:
    """Whether a box meets none of the others."""
    return not any(box.meets(other) for other in taken)


def gathered(things: Sequence[Thing], box_of: Callable[[list[Thing]], Box]) -> list[tuple[list[Thing], Box]]:
    """Things in groups such that the boxes of no two groups meet; each group has its things in their order.

    Args:
        box_of: the box of a group.
    """
    groups: list[tuple[list[int], Box]] = []
    for number, thing in enumerate(things):
        joined, box = [number], box_of([thing])
        # A group that grows may reach others that stood clear before.
        while met := next((group for group in groups if group[1].meets(box)), None):
            groups.remove(met)
            joined = sorted([*joined, *met[0]])
            box = box_of([things[one] for one in joined])
        groups.append((joined, box))
    return [
        ([things[one] for one in numbers], box) for numbers, box in sorted(groups, key=lambda group: group[0])
    ]
