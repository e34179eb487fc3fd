"""A referral reaches an institution without an account: by a letter with a code, or its answer is written down."""

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.models import OnceLink, User
from punte.accounts.once_links import give_out, opens_nothing, take_back, use_up
from punte.accounts.verbs import verb
from punte.cases.actions.answer_referral import LETTER, give_answer, require_next, trace_referral
from punte.cases.enums import AnswerWay, ReferralStatus
from punte.cases.models import Referral
from punte.cases.permission import locked_referral, required, sent_referral
from punte.cases.policy import code_days
from punte.cases.trail import trace
from punte.directory.actions import take_place
from punte.kernel.errors import DomainError
from punte.people.models import PersonSeal

_DECISIONS = (ReferralStatus.ACCEPTED, ReferralStatus.REFUSED)
_LONGEST_NAME = 200


@verb
def write_referral_letter(*, by: User, referral: Referral) -> OnceLink:
    """Give out a code by which the institution answers without an account; a former code opens nothing any more.

    Raises:
        NotAllowed: the account does not refer in the case.
        DomainError: the referral was answered or withdrawn, something is sealed, or the consent does not stand.
    """
    referral = sent_referral(by, referral)
    require_next(referral, ReferralStatus.ACCEPTED)
    if not may_be_read_by_letter(referral):
        raise DomainError(
            _("Something is sealed, or the consent was withdrawn: call them, and write their answer down.")
        )
    link = give_out(
        by=by,
        keeper=referral.case.keeper,
        purpose=LETTER,
        subject=referral.pk,
        for_days=code_days("letter"),
    )
    _trace(by, "write_referral_letter", referral)
    return link


def may_be_read_by_letter(referral: Referral) -> bool:
    """Whether what is asked may lie on paper and open by a code: never behind a seal, nor without the consent."""
    sealed = referral.case.sealed or PersonSeal.objects.filter(person=referral.person_id, end=None).exists()
    return not sealed and referral.consent.stands


@verb
def revoke_referral_letter(*, by: User, referral: Referral) -> None:
    """Let nobody answer by the letter any more: it was lost, or went to the wrong address.

    Raises:
        NotAllowed: the account does not refer in the case.
        DomainError: no code stands.
    """
    referral = sent_referral(by, referral)
    if not take_back(purpose=LETTER, subjects=[referral.pk]):
        raise DomainError(_("No code of this referral stands any more."))
    _trace(by, "revoke_referral_letter", referral)


@verb
def answer_by_letter(*, link: OnceLink, decision: str, answer: str, named: str) -> Referral:
    """The institution answers with the code of its letter, once; the trail names who gave the code out.

    Raises:
        DomainError: the link was used or taken back, the referral was answered, or something is missing.
    """
    use_up(link)
    referral = locked_referral(Referral(pk=link.subject))
    if not may_be_read_by_letter(referral):
        raise opens_nothing()
    return _answered(
        referral,
        traced=(link.by, "answer_by_letter"),
        by=None,
        way=AnswerWay.CODE,
        decision=decision,
        answer=answer,
        named=named,
    )


@verb
def write_answer_down(*, by: User, referral: Referral, decision: str, answer: str, named: str) -> Referral:
    """The worker writes down what the institution answered by phone, by letter or in person.

    Raises:
        NotAllowed: the account does not refer in the case.
        DomainError: the referral was answered or withdrawn, or something is missing.
    """
    referral = sent_referral(by, referral)
    return _answered(
        referral,
        traced=(by, "write_answer_down"),
        by=by,
        way=AnswerWay.WRITTEN_DOWN,
        decision=decision,
        answer=answer,
        named=named,
    )


def _answered(
    referral: Referral,
    *,
    traced: tuple[User, str],
    by: User | None,
    way: AnswerWay,
    decision: str,
    answer: str,
    named: str,
) -> Referral:
    if decision not in _DECISIONS:
        raise DomainError(_("Choose what is answered."), field="decision")
    status = ReferralStatus(decision)
    named = required(named, _("Write who answers: name and duty."), field="named")
    if len(named) > _LONGEST_NAME:
        raise DomainError(_("Write it shorter."), field="named")
    if status == ReferralStatus.REFUSED:
        answer = required(answer, _("Say why; the sender needs it to look further."), field="answer")
    give_answer(referral, status, by=by, text=answer, way=way, named=named)
    if status == ReferralStatus.ACCEPTED and referral.service is not None:
        # Whoever runs the service knows better than a count whether they take the person.
        at = referral.answered_at or timezone.now()
        take_place(
            service=referral.service, at=at, by=traced[0], holder=referral.pk, held_for=referral.person_id
        )
    trace_referral(*traced, referral, ReferralStatus.SENT)
    return referral


def _trace(by: User, name: str, referral: Referral) -> None:
    trace(by=by, verb=name, case=referral.case, person=referral.person_id, subject=referral.pk)
