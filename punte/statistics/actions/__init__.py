"""What brings needs in and freezes figures."""

from punte.statistics.actions.export_for_research import export_for_research
from punte.statistics.actions.load_needs import load_needs
from punte.statistics.actions.make_extract import make_extract, make_extract_of_day
from punte.statistics.actions.publish_table import publish_table, withdraw_table

__all__ = [
    "export_for_research",
    "load_needs",
    "make_extract",
    "make_extract_of_day",
    "publish_table",
    "withdraw_table",
]
