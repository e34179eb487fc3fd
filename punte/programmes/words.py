"""The verbs of programmes as the trail says them."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "programme": _("read a programme"),
    "programme_people": _("read who is enrolled in a programme"),
    "household_programmes": _("read the programmes of a household"),
    "follow_annual_plan": _("began to follow an annual plan"),
    "report_action": _("reported of an action"),
    "answer_report": _("answered the report of an action"),
    "write_figure": _("wrote the value of an indicator"),
    "begin_participation": _("enrolled in a programme"),
    "end_participation": _("ended an enrolment in a programme"),
    "open_needs_round": _("opened a round of needs"),
    "state_need": _("stated a need of the UAT"),
    "recommend": _("recommended an answer to a need"),
    "answer_recommendation": _("answered a recommendation"),
}
