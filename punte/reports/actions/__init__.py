"""The verbs of reports."""

from punte.reports.actions.writing import begin_report, count_anew, issue_report, write_part

__all__ = ["begin_report", "count_anew", "issue_report", "write_part"]
