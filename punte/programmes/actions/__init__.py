"""What is done with programmes."""

from punte.programmes.actions.loading import count_indicators, follow_annual_plan, load_programme
from punte.programmes.actions.measuring import write_figure
from punte.programmes.actions.needs import answer_recommendation, open_round, recommend, state_need
from punte.programmes.actions.participation import begin_participation, end_participation
from punte.programmes.actions.reporting import answer_report, report_action

__all__ = [
    "answer_recommendation",
    "answer_report",
    "count_indicators",
    "end_participation",
    "begin_participation",
    "follow_annual_plan",
    "load_programme",
    "open_round",
    "recommend",
    "report_action",
    "state_need",
    "write_figure",
]
