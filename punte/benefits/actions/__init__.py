"""What is done with entitlements and applications, one verb for each change."""

from punte.benefits.actions.applying import (
    begin_application,
    close_application,
    finish_application,
    tick_papers,
    tie_application,
)
from punte.benefits.actions.confirming import confirm_value

__all__ = [
    "begin_application",
    "close_application",
    "confirm_value",
    "finish_application",
    "tick_papers",
    "tie_application",
]
