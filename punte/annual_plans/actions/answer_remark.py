"""A question of the check has a good answer that the plan does not give; those who write the plan say it."""

from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.annual_plans.checks.remark import Weight
from punte.annual_plans.editing import draft_for, trace
from punte.annual_plans.models import AnnualPlan
from punte.annual_plans.remarks import remarks_of
from punte.kernel.errors import DomainError


@verb
def answer_remark(*, by: User, plan: AnnualPlan, key: str, answer: str) -> AnnualPlan:
    """Settle a question of the check with an answer, or take the answer back with an empty one.

    Args:
        key: of the remark (`Remark.key`).
        answer: why it stays as it is; it goes with the plan to those who approve.

    Raises:
        NotAllowed: the account does not write plans in the organisation.
        DomainError: the plan is not a draft, or the check has no such question (an error is mended, not answered).
    """
    draft = draft_for(by, plan)
    asked = {remark.key: remark for remark in remarks_of(draft) if remark.weight == Weight.QUESTION}
    if key not in asked:
        raise DomainError(_("The check does not ask this any more. An error is mended in its row."))
    draft.answers = {one: said for one, said in draft.answers.items() if one != key}
    if answer.strip():
        draft.answers[key] = answer.strip()
    draft.save(update_fields=["answers", "changed_at"])
    trace(by=by, verb="answer_remark", plan=draft, changes={"remark": key, "answer": answer.strip()})
    return draft
