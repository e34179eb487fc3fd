"""Everything that changes an annual plan."""

from punte.annual_plans.actions.answer_remark import answer_remark
from punte.annual_plans.actions.approval import approve_plan, reopen_plan, submit_for_approval
from punte.annual_plans.actions.import_budgets import import_budgets
from punte.annual_plans.actions.load_plans import load_plans
from punte.annual_plans.actions.prepare import prepare_plan
from punte.annual_plans.actions.rows import add_row, change_plan, change_row, remove_row

__all__ = [
    "add_row",
    "answer_remark",
    "approve_plan",
    "change_plan",
    "change_row",
    "import_budgets",
    "load_plans",
    "prepare_plan",
    "remove_row",
    "reopen_plan",
    "submit_for_approval",
]
