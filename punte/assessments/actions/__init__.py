"""The verbs of assessments."""

from punte.assessments.actions.drafts import discard_draft, start_assessment
from punte.assessments.actions.members import Decisions, LikelySamePeople, NewMember
from punte.assessments.actions.reassess import reassess, reassess_all
from punte.assessments.actions.submit import new_members, submit_assessment

__all__ = [
    "Decisions",
    "LikelySamePeople",
    "NewMember",
    "discard_draft",
    "new_members",
    "reassess",
    "reassess_all",
    "start_assessment",
    "submit_assessment",
]
