from punte.returns.actions.filling import fill_sheets
from punte.returns.actions.keeping import (
    answer_rule,
    correct_cell,
    freeze_sheet,
    return_sheet,
    send_sheet,
    sign_sheet,
)

__all__ = [
    "answer_rule",
    "correct_cell",
    "fill_sheets",
    "freeze_sheet",
    "return_sheet",
    "send_sheet",
    "sign_sheet",
]
