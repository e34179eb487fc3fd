"""What somebody asks about their own data is taken in, put off, answered or refused; each with its reason."""

import calendar
import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.privacy import privacy
from punte.accounts.verbs import record, verb
from punte.deadlines.model import ADULT_AT
from punte.kernel.errors import DomainError, NotAllowed
from punte.people.actions.checks import check_choice, check_lengths, check_not_future, check_present, tidy
from punte.people.enums import AskedBy, RequestKind, RequestState
from punte.people.models import Person, PersonSeal, SubjectRequest


def months_later(day: dt.date, months: int) -> dt.date:
    """The day of the same number so many months on; the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


@verb
def take_in_request(
    *,
    by: User,
    person: Person,
    kind: str,
    asked_on: dt.date,
    asked_by: str,
    identity: str,
    asker: str = "",
    right_shown: str = "",
    text: str = "",
    wrong: str = "",
    should_say: str = "",
) -> SubjectRequest:
    """Write down that somebody asks about their own data; it is due in the months that content says.

    Args:
        asked_by: by which right; who asks for another says their name and shows the right.
        identity: how it was seen that it is they.
        wrong, should_say: of a rectification alone.

    Raises:
        NotAllowed: the account neither looks after the data of the keeper nor writes its records.
        DomainError: on the field that is missing or cannot be.
    """
    _require(by, person, Capability.KEEP_PRIVACY, Capability.EDIT_PEOPLE)
    check_choice(SubjectRequest, "kind", kind)
    check_choice(SubjectRequest, "asked_by", asked_by)
    check_not_future("asked_on", asked_on)
    asker, identity = tidy(asker), identity.strip()
    check_present("identity", identity)
    _check_right(person, asked_by, asker, right_shown.strip(), asked_on)
    if kind == RequestKind.RECTIFICATION:
        check_present("wrong", wrong.strip())
        check_present("should_say", should_say.strip())
    else:
        wrong = should_say = ""
    said = {
        "asker": "" if asked_by == AskedBy.THEMSELVES else asker,
        "identity": identity,
        "right_shown": "" if asked_by == AskedBy.THEMSELVES else right_shown.strip(),
        "text": text.strip(),
        "wrong": wrong.strip(),
        "should_say": should_say.strip(),
    }
    check_lengths(SubjectRequest, **said)
    made = SubjectRequest.objects.create(
        keeper_id=person.keeper_id,
        person=person,
        kind=kind,
        asked_on=asked_on,
        due_on=months_later(asked_on, privacy().months),
        asked_by=asked_by,
        received_by=by,
        **said,
    )
    _note(by, "take_in_request", made)
    return made


def _check_right(person: Person, asked_by: str, asker: str, shown: str, day: dt.date) -> None:
    """Who asks for somebody else says who they are and by which right; for an adult nobody asks as a parent."""
    if asked_by == AskedBy.THEMSELVES:
        return
    check_present("asker", asker)
    check_present("right_shown", shown)
    age = person.age_on(day)
    if asked_by == AskedBy.PARENT and age is not None and age >= ADULT_AT:
        raise DomainError(
            _("The person is an adult: a parent asks for them only with a mandate or a decision."),
            field="asked_by",
        )


@verb
def put_off_request(*, by: User, request: SubjectRequest, reason: str) -> SubjectRequest:
    """Take the further months that the law allows for a hard request; the person is told why (GDPR, art. 12(3)).

    Raises:
        NotAllowed: the account does not look after the data of the keeper.
        DomainError: no reason; it was put off before, or its first term is over.
    """
    found = _open(by, request)
    check_present("reason", reason.strip())
    if found.extended_on is not None:
        raise DomainError(_("It was put off once already. Answer it."))
    if timezone.localdate() > found.due_on:
        raise DomainError(_("Its term is over: it cannot be put off any more. Answer it today."))
    found.extended_on, found.extended_why = timezone.localdate(), reason.strip()
    found.due_on = months_later(found.asked_on, privacy().months + privacy().more_months)
    found.save(update_fields=["extended_on", "extended_why", "due_on"])
    _note(by, "put_off_request", found)
    return found


@verb
def answer_request(
    *, by: User, request: SubjectRequest, decision: str, answer: str, statement: str = ""
) -> SubjectRequest:
    """Answer a request, refuse it with the reason that the person is told, or note that it was taken back.

    Args:
        decision: a settled state.
        statement: what the person holds against it; it stays beside the record.

    Raises:
        NotAllowed: the account does not look after the data of the keeper.
        DomainError: on the field that is missing; it is settled already.
    """
    found = _open(by, request)
    check_choice(SubjectRequest, "state", decision)
    if decision == RequestState.OPEN:
        raise DomainError(_("Choose one of the values in the list."), field="decision")
    check_present("answer", answer.strip())
    check_lengths(SubjectRequest, answer=answer, statement=statement)
    found.state, found.answer, found.statement = decision, answer.strip(), statement.strip()
    found.answered_on, found.answered_by = timezone.localdate(), by
    found.save(update_fields=["state", "answer", "statement", "answered_on", "answered_by"])
    _note(by, {"refused": "refuse_request_about_data"}.get(decision, "answer_request_about_data"), found)
    return found


def _open(by: User, request: SubjectRequest) -> SubjectRequest:
    found = SubjectRequest.objects.select_for_update(of=("self",), no_key=True).get(pk=request.pk)
    _require(by, found.person, Capability.KEEP_PRIVACY)
    if not found.is_open:
        raise DomainError(_("It has its answer already."))
    return found


def _require(by: User, person: Person, *one_of: Capability) -> None:
    if not any(by.standing.may(one, person.keeper_id) for one in one_of):
        raise NotAllowed(_("Your role does not allow this. Ask your coordinator."))


def _note(by: User, what: str, request: SubjectRequest) -> None:
    record(
        by=by,
        verb=what,
        keeper=request.keeper_id,
        person=request.person_id,
        subject=request.pk,
        sealed=PersonSeal.objects.filter(person=request.person_id, end=None).exists(),
        changes={"kind": request.kind, "state": request.state, "due_on": request.due_on.isoformat()},
    )
