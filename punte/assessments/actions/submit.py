"""A filled questionnaire becomes an assessment: people, facts and findings."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.assessments.actions.drafts import require_role_to_assess, require_to_assess
from punte.assessments.drafts import MAX_INSTANCE_BYTES
from punte.assessments.findings import find
from punte.assessments.models import AssessedMember, Assessment, AssessmentDraft, PackVersion
from punte.assessments.packs import pack_of, version_named
from punte.assessments.precomputed import precomputed, read_before, version_before
from punte.assessments.rows import plain
from punte.kernel.errors import DomainError, NotAllowed
from punte.methodology.errors import InstanceError
from punte.methodology.forms import Submission, instance_header, rows_from_instance
from punte.people.actions import change_person, create_person, join_household
from punte.people.enums import Relation
from punte.people.models import Household, Membership, Person
from punte.people.search import Likely, likely_same

Decisions = Mapping[int, UUID | None]
"""For a new member by position: the known person that it is, or None where it is somebody else."""


@dataclass(frozen=True)
class NewMember:
    """A member of the questionnaire whom the record does not have yet, with the people it may be."""

    position: int
    family_name: str
    given_name: str
    likely: Sequence[Likely]


class LikelySamePeople(DomainError):
    """Some new members may be people already on record; a person must say who they are."""

    def __init__(self, members: Sequence[NewMember]) -> None:
        self.members = members
        super().__init__(_("Some of those you added may already be on record. Choose for each of them."))


@verb
def submit_assessment(
    *,
    by: User,
    household: Household,
    instance: bytes,
    draft: AssessmentDraft | None = None,
    decisions: Decisions | None = None,
) -> Assessment:
    """Take in a filled questionnaire, however it was filled; the same one sent twice is taken once.

    Args:
        instance: the XForm instance, kept as it is.
        draft: where it was being filled; it ends with this.
        decisions: who the new members are, where the record has people like them.

    Raises:
        DomainError: the instance is damaged, too large, of another household, of a version not known here, or was
            already sent with other answers.
        LikelySamePeople: new members look like people on record and `decisions` does not say.
    """
    _lock(by, household)
    submission = read_submission(instance)
    digest = hashlib.sha256(instance).hexdigest()
    sent = Assessment.objects.filter(instance_id=submission.instance_id).select_related("household").first()
    if sent is not None:
        return _sent_before(sent, by=by, digest=digest)
    require_possible(submission, household)
    named = submission.form_id, submission.version
    version = version_before(*named) or version_named(*named)
    pack = pack_of(version)
    visited_on = _day_of(submission)
    people = _people(by, household, submission, decisions or {})
    assessment = Assessment.objects.create(
        household=household,
        pack=version,
        by=by,
        instance_id=submission.instance_id,
        instance=instance.decode("utf-8"),
        digest=digest,
        visited_on=visited_on,
        facts=plain(pack, submission.household, "household"),
    )
    members = AssessedMember.objects.bulk_create(
        AssessedMember(
            assessment=assessment,
            person=person,
            facts=plain(
                pack, {**facts, "birth_date": person.birth_date, "sex": person.sex or None}, "member"
            ),
        )
        for person, facts in zip(people, submission.members, strict=True)
    )
    find([assessment], version=version, members={assessment.pk: members})
    if draft is not None:
        draft.delete()
    _trail(by, assessment)
    return assessment


def _lock(by: User, household: Household) -> None:
    """Who assesses the same household at once waits, and then sees what the other found.

    Raises:
        NotAllowed: as for `require_to_assess`.
    """
    locked = Household.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=household.pk)
    if not locked.values_list("pk", flat=True):
        raise NotAllowed(_("You do not have sight of this household."))
    require_role_to_assess(by, household)


def new_members(*, by: User, household: Household, instance: bytes) -> list[NewMember]:
    """The members of a filled questionnaire who may be people already on record; nothing changes.

    Raises:
        NotAllowed, DomainError: as for `submit_assessment`.
    """
    require_to_assess(by, household)
    return members_to_decide(by=by, household=household, instance=instance)


def members_to_decide(*, by: User, household: Household, instance: bytes) -> list[NewMember]:
    """As `new_members`, for a household that may not be on record yet; only people in sight of `by` are named.

    Raises:
        DomainError: the instance cannot be read.
    """
    submission = read_submission(instance)
    return _undecided(by, household, submission, _known_people(household, submission), {})


def read_submission(instance: bytes) -> Submission:
    """What a filled questionnaire says.

    Raises:
        DomainError: it is damaged, too large, of a version not known here, or has an answer that cannot be.
    """
    known = read_before(instance)
    return known if known is not None else _read(instance, {})


def _read(instance: bytes, versions: dict[tuple[str, str], PackVersion]) -> Submission:
    """As `read_submission`; a version that was met is kept in `versions`."""
    if len(instance) > MAX_INSTANCE_BYTES:
        raise DomainError(_("The answers are larger than 4 MB. Shorten the longest texts."))
    try:
        header = instance_header(instance)
        instance.decode("utf-8")
        named = header.form_id, header.version
        if named not in versions:
            versions[named] = version_named(*named)
        return rows_from_instance(pack_of(versions[named]), instance)
    except UnicodeDecodeError as refused:
        raise DomainError(_("The questionnaire is not written in UTF-8. Send it again.")) from refused
    except InstanceError as refused:
        raise DomainError(_(refused.message) % refused.params, field=refused.field) from refused


def precomputed_findings(instances: Iterable[bytes]) -> AbstractContextManager[None]:
    """Take many questionnaires in faster: within the block each is read once and the rules are run for all at once.

    What cannot be read is left to be refused by itself.
    """
    submissions: dict[bytes, Submission] = {}
    versions: dict[tuple[str, str], PackVersion] = {}
    for instance in instances:
        with suppress(DomainError):
            submissions[instance] = _read(instance, versions)
    return precomputed(submissions, versions)


def require_possible(submission: Submission, household: Household) -> None:
    """Refuse what only its author can mend: answers about another household, or one person on two cards.

    Raises:
        DomainError: it is so.
    """
    if submission.household["household_id"] not in (submission.instance_id, str(household.pk)):
        raise DomainError(_("This questionnaire is about another household."))
    written = [identity["cnp"] for identity in submission.identities if identity.get("cnp")]
    if len(set(written)) != len(written):
        raise _named_twice()


def _sent_before(sent: Assessment, *, by: User, digest: str) -> Assessment:
    if sent.digest != digest:
        raise DomainError(
            _("This questionnaire was already sent with other answers. Begin a new assessment.")
        )
    _trail(by, sent, verb_name="submit_assessment_again")
    return sent


def _trail(by: User, assessment: Assessment, verb_name: str = "submit_assessment") -> None:
    household = assessment.household
    record(by=by, verb=verb_name, keeper=household.keeper_id, household=household.pk, subject=assessment.pk)


def _people(by: User, household: Household, submission: Submission, decisions: Decisions) -> list[Person]:
    """The person behind each member, made where there is none yet."""
    known = _known_people(household, submission)
    undecided = _undecided(by, household, submission, known, decisions)
    if undecided:
        raise LikelySamePeople(undecided)
    living_here = _living_in(household, known.values())
    people = []
    for position, (identity, facts) in enumerate(zip(submission.identities, submission.members, strict=True)):
        person = known.get(position) or _decided(by, household, decisions.get(position))
        given = _identity_fields(identity, facts)
        if person is None:
            key = _free(_uuid(submission.members[position]["member_id"]))
            person = create_person(by=by, keeper=household.keeper, key=key, **given)
        else:
            _take_over_changes(by, person, given)
        if person.pk not in living_here:
            _ensure_member(by, household, person, identity, submission)
        people.append(person)
    if len({person.pk for person in people}) != len(people):
        raise _named_twice()
    return people


def _named_twice() -> DomainError:
    return DomainError(_("The same person is in the questionnaire twice. Remove one of the cards."))


def _known_people(household: Household, submission: Submission) -> dict[int, Person]:
    """Members by the identifier that they were prefilled with, as long as they are of this household."""
    keys = [_uuid(member["member_id"]) for member in submission.members]
    named = [key for key in keys if key]
    people = Person.objects.filter(memberships__household=household, pk__in=named).distinct().in_bulk()
    return {position: people[key] for position, key in enumerate(keys) if key in people}


def _living_in(household: Household, people: Iterable[Person]) -> set[UUID]:
    living = Membership.objects.filter(household=household, person__in=list(people), end=None)
    return set(living.values_list("person_id", flat=True))


def _uuid(text: object) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None


def _free(key: UUID | None) -> UUID | None:
    """The identifier that the questionnaire gave a new member, so that a later one filled on it finds the person."""
    return None if key is None or Person.objects.filter(pk=key).exists() else key


def _day_of(submission: Submission) -> dt.date:
    day = submission.household["visit_date"]
    assert isinstance(day, dt.date)  # the form requires it, and reading refuses a form without it
    return day


def _undecided(
    by: User, household: Household, submission: Submission, known: Mapping[int, Person], decisions: Decisions
) -> list[NewMember]:
    found = []
    for position, (identity, facts) in enumerate(zip(submission.identities, submission.members, strict=True)):
        if position in known or position in decisions:
            continue
        given = _identity_fields(identity, facts)
        likely = likely_same(
            by, given["family_name"], given["given_name"], birth_date=given["birth_date"], cnp=given["cnp"]
        )
        likely = [
            one for one in likely if one.person is not None and one.person.keeper_id == household.keeper_id
        ]
        if likely:
            found.append(NewMember(position, given["family_name"], given["given_name"], likely))
    return found


def _decided(by: User, household: Household, key: UUID | None) -> Person | None:
    if key is None:
        return None
    person = Person.objects.visible_to(by).filter(keeper=household.keeper_id, pk=key).first()
    if person is None:
        raise DomainError(_("The person chosen is not on record any more. Choose again."))
    return person


def _identity_fields(identity: Mapping[str, Any], facts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "family_name": identity["family_name"] or "",
        "given_name": identity["given_name"] or "",
        "birth_date": facts.get("birth_date"),
        "sex": facts.get("sex") or "",
        "cnp": identity.get("cnp") or "",
    }


def _take_over_changes(by: User, person: Person, given: Mapping[str, Any]) -> None:
    """What the questionnaire says of a known person and the record does not; an empty answer takes nothing away."""
    changed = {name: value for name, value in given.items() if value and value != getattr(person, name)}
    if changed:
        change_person(by=by, person=person, **changed)


def _ensure_member(
    by: User, household: Household, person: Person, identity: Mapping[str, Any], submission: Submission
) -> None:
    """Make sure that the person lives in the household since the visit at the latest."""
    living = Membership.objects.filter(person=person, end=None).select_related("household").first()
    if living is not None and living.household_id == household.pk:
        return
    if living is not None:
        raise DomainError(
            _("%(person)s is on record in another household. End that membership first, then send again.")
            % {"person": person}
        )
    relation = identity.get("kinship") or Relation.UNRELATED
    join_household(by=by, person=person, household=household, start=_day_of(submission), relation=relation)
