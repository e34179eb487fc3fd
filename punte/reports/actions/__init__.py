"""The verbs of reports."""

from punte.reports.actions.photographs import add_photograph, remove_photograph
from punte.reports.actions.writing import begin_report, count_anew, issue_report, write_part

__all__ = [
    "add_photograph",
    "begin_report",
    "count_anew",
    "issue_report",
    "remove_photograph",
    "write_part",
]
