"""Referrals that stayed without an answer longer than the rule of terms lets them, for who leads."""

import datetime as dt

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.cases.content import rulebook
from punte.cases.models import Case, CaseDeadline, Referral

LONGEST_LIST = 10
_ANSWER = "referral_answered"


def unanswered_referrals(user: User, today: dt.date) -> tuple[list[Referral], int]:
    """The first of those of the cases that the account leads and sees, the oldest first, and how many they all are."""
    keepers = user.standing.organizations(Capability.SEE_ALL_CASES)
    rules = {rule.key for rule in rulebook().rules if _ANSWER in rule.met_by}
    late = CaseDeadline.objects.overdue(today).filter(keeper__in=keepers, rule__in=rules)
    # Asked by the few cases that are meant: a join against all that one sees grows with the register.
    found = list(late.order_by("due_on", "pk").values_list("case", "subject")[: LONGEST_LIST * 10])
    cases = {case for case, _subject in found}
    seen = (
        set(Case.objects.visible_to(user).filter(pk__in=cases).values_list("pk", flat=True))
        if cases
        else set()
    )
    keys = [subject for case, subject in found if case in seen]
    rows = {
        str(row.pk): row
        for row in Referral.objects.filter(pk__in=keys[:LONGEST_LIST])
        .select_related("service", "organization", "case__household", "case__responsible")
        .defer("case__household__safe_contact")
        .order_by("pk")
    }
    return [rows[key] for key in keys[:LONGEST_LIST] if key in rows], len(keys)
