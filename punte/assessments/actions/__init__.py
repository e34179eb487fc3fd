"""The verbs of assessments."""

from punte.assessments.actions.drafts import discard_draft, start_assessment
from punte.assessments.actions.reassess import reassess, reassess_all
from punte.assessments.actions.submit import LikelySamePeople, NewMember, new_members, submit_assessment

__all__ = [
    "LikelySamePeople",
    "NewMember",
    "discard_draft",
    "new_members",
    "reassess",
    "reassess_all",
    "start_assessment",
    "submit_assessment",
]
