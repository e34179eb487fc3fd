"""The verbs of assessments."""

from punte.assessments.actions.drafts import discard_draft, start_assessment
from punte.assessments.actions.members import Decisions, LikelySamePeople, NewMember
from punte.assessments.actions.reassess import reassess, reassess_all
from punte.assessments.actions.submit import new_members, submit_assessment
from punte.assessments.actions.uploads import (
    agree_in_force,
    ask_in_force,
    refuse_in_force,
    upload_pack,
    withdraw_pack,
)

__all__ = [
    "Decisions",
    "LikelySamePeople",
    "NewMember",
    "agree_in_force",
    "ask_in_force",
    "discard_draft",
    "new_members",
    "reassess",
    "reassess_all",
    "refuse_in_force",
    "start_assessment",
    "submit_assessment",
    "upload_pack",
    "withdraw_pack",
]
