"""A draft of a plan is thrown away."""

from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.cases.actions.ask_approval import end_asked
from punte.cases.enums import CaseDeed
from punte.cases.models import Plan
from punte.cases.permission import draft_for
from punte.cases.trail import trace


@verb
def discard_plan(*, by: User, plan: Plan) -> None:
    """Throw a draft away; the plan in force, if there is one, stays as it is.

    Raises:
        NotAllowed: the account does not write plans of the case, or not this one.
        DomainError: the plan is not a draft.
    """
    draft = draft_for(by, plan)
    trace(
        by=by,
        verb="discard_plan",
        case=draft.case,
        subject=draft.pk,
        changes={"version": [draft.version, None]},
    )
    end_asked(by=by, case=draft.case, deed=CaseDeed.ADOPT_PLAN, reason=_("The draft was discarded."))
    draft.delete()
