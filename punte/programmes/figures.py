"""What an indicator comes to: value against target, over-achievement, pace. Pure."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from punte.programmes.definition import Indicator

Pace = Literal["ahead", "on", "behind", ""]
_TOLERANCE = Decimal("0.1")
_MORE, _LESS = (">", ">=", "=", ""), ("<", "<=")


@dataclass(frozen=True)
class Achieved:
    """An indicator with the value that counts for it today.

    Attributes:
        bound: `>` or `>=` where the source says no exact number.
        elapsed: the part of its days that is over, 0 to 1.
        held_back: whether the number is too small to be shown to who looks.
    """

    indicator: Indicator
    value: Decimal | None
    bound: str = ""
    elapsed: float = 1.0
    held_back: bool = False

    @property
    def share(self) -> Decimal | None:
        """The value as a percent of the target; None without either, or where the target is a change."""
        goal = self.indicator.goal
        if self.value is None or not goal or self.indicator.op in ("+", "-"):
            return None
        return self.value / goal * 100

    @property
    def percent(self) -> int | None:
        """The same, as it is read: never rounded up to 100."""
        share = self.share
        if share is None:
            return None
        rounded = int(share.quantize(Decimal(1)))
        return 99 if rounded == 100 and share < 100 else rounded

    @property
    def is_reached(self) -> bool | None:
        """Whether the target is reached; None where that cannot be known."""
        goal = self.indicator.goal
        if self.value is None or goal is None or self.indicator.op in ("+", "-"):
            return None
        if self.indicator.op in _LESS:
            return self.value < goal if self.indicator.op == "<" else self.value <= goal
        strict = self.indicator.op == ">" and self.bound != ">"
        return self.value > goal if strict else self.value >= goal

    @property
    def is_exceeded(self) -> bool:
        """Whether more was done than was taken on."""
        return self.indicator.op in _MORE and self.share is not None and self.share > 100

    @property
    def expected(self) -> int:
        """The percent that the time gone by would ask for."""
        return round(self.elapsed * 100)

    @property
    def pace(self) -> Pace:
        """How the value stands to the time gone by; nothing where there is no percent."""
        share = self.share
        if share is None or self.indicator.op in _LESS:
            return ""
        difference = share / 100 - Decimal(str(self.elapsed))
        if self.is_reached:
            return "ahead" if self.elapsed < 1 and difference > _TOLERANCE else "on"
        return "behind" if difference < -_TOLERANCE or self.elapsed >= 1 else "on"
