"""A filled questionnaire becomes an assessment: people, facts and findings."""

from uuid import UUID

from django.utils.translation import gettext as _

from punte.accounts.enums import Capability, Compartment
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.assessments.actions.members import Decisions, Members, NewMember
from punte.assessments.enums import PackAbout
from punte.assessments.findings import find
from punte.assessments.models import AssessedMember, Assessment, AssessmentDraft, PackVersion
from punte.assessments.questionnaires import Questionnaire
from punte.assessments.rows import plain
from punte.kernel.errors import DomainError, NotAllowed
from punte.people.compartments import may_open
from punte.people.models import Household, Person
from punte.people.sight import hidden_from


def require_to_assess(by: User, household: Household, version: PackVersion) -> None:
    """Refuse who may not assess this household by this questionnaire.

    Raises:
        NotAllowed: the account does not see the household, its role does not assess, or it does not read the
            compartment of the questionnaire.
    """
    if not Household.objects.visible_to(by).filter(pk=household.pk).exists():
        raise NotAllowed(_("You do not have sight of this household."))
    require_role_to_assess(by, household, version)


def require_role_to_assess(by: User, household: Household, version: PackVersion) -> None:
    """As `require_to_assess`, of a household that was found among those that the account sees.

    Raises:
        NotAllowed: the role of the account does not assess, or does not read the compartment of the questionnaire.
    """
    if not by.standing.may(Capability.ASSESS, _role_of(by, household)):
        raise NotAllowed(_("Your role does not allow this. Ask your coordinator."))
    is_open = version.opens_with == Compartment.GENERAL
    if not is_open and not may_open(by, household, version.opens_with):
        raise NotAllowed(_("Your role does not fill this questionnaire. Ask your coordinator."))


def require_subject(by: User, household: Household, version: PackVersion, person: Person | None) -> None:
    """Refuse a questionnaire about a person without one who lives there, and one about a household with one.

    Raises:
        DomainError: it is so, as far as the account may know.
    """
    if (version.about == PackAbout.PERSON) != (person is not None):
        raise DomainError(_("Choose whom the questionnaire is about."))
    living = hidden_from(by).living().filter(household=household, person=person)
    if person is not None and not living.exists():
        raise DomainError(_("The person does not live in this household, as far as the record says."))


def _role_of(by: User, household: Household) -> UUID | None:
    """The organisation in which the role counts: the keeper, or any for who works elsewhere and was given sight."""
    return household.keeper_id if by.standing.may(Capability.SEE_PEOPLE, household.keeper_id) else None


@verb
def submit_assessment(
    *,
    by: User,
    household: Household,
    instance: bytes,
    draft: AssessmentDraft | None = None,
    decisions: Decisions | None = None,
    questionnaire: Questionnaire | None = None,
) -> Assessment:
    """Take in a filled questionnaire, however it was filled; the same one sent twice is taken once.

    Args:
        instance: the XForm instance, kept as it is.
        draft: where it was being filled; it ends with this.
        decisions: who the new members are, where the record has people like them.
        questionnaire: what `instance` says, where it was read already.

    Raises:
        DomainError: the instance is damaged, too large, of another household, of a version not known here, or was
            already sent with other answers.
        LikelySamePeople: new members look like people on record and `decisions` does not say.
    """
    questionnaire = questionnaire or Questionnaire.read(instance)
    _lock(by, household, questionnaire.version)
    sent = Assessment.objects.filter(instance_id=questionnaire.submission.instance_id)
    before = sent.select_related("household").first()
    if before is not None:
        return _sent_before(before, by=by, digest=questionnaire.digest)
    questionnaire.require_of(household)
    people = Members(by, household, questionnaire).take_in(decisions or {})
    assessment = _keep(by, household, questionnaire, people)
    if draft is not None:
        draft.delete()
    _trail(by, assessment)
    return assessment


def members_to_decide(*, by: User, household: Household, instance: bytes) -> list[NewMember]:
    """The members of a filled questionnaire who may be people already on record; nothing changes.

    The household may not be on record yet; only people in sight of `by` are named.

    Raises:
        DomainError: the instance cannot be read.
    """
    return Members(by, household, Questionnaire.read(instance)).undecided({})


def new_members(*, by: User, household: Household, instance: bytes) -> list[NewMember]:
    """As `members_to_decide`, of a household that the account assesses.

    Raises:
        NotAllowed, DomainError: as for `submit_assessment`.
    """
    require_to_assess(by, household, Questionnaire.read(instance).version)
    return members_to_decide(by=by, household=household, instance=instance)


def _lock(by: User, household: Household, version: PackVersion) -> None:
    """Who assesses the same household at once waits, and then sees what the other found.

    Raises:
        NotAllowed: as for `require_to_assess`.
    """
    locked = (
        Household.objects.visible_to(by).select_for_update(of=("self",), no_key=True).filter(pk=household.pk)
    )
    if not locked.values_list("pk", flat=True):
        raise NotAllowed(_("You do not have sight of this household."))
    require_role_to_assess(by, household, version)


def _sent_before(sent: Assessment, *, by: User, digest: str) -> Assessment:
    if sent.digest != digest:
        raise DomainError(
            _("This questionnaire was already sent with other answers. Begin a new assessment.")
        )
    _trail(by, sent, verb_name="submit_assessment_again")
    return sent


def _keep(by: User, household: Household, questionnaire: Questionnaire, people: list[Person]) -> Assessment:
    """Keep what was answered, and what the rules find in it."""
    submission, pack = questionnaire.submission, questionnaire.pack
    assessment = Assessment.objects.create(
        household=household,
        person=people[0] if questionnaire.version.about == PackAbout.PERSON else None,
        pack=questionnaire.version,
        by=by,
        instance_id=submission.instance_id,
        instance=questionnaire.instance.decode("utf-8"),
        digest=questionnaire.digest,
        visited_on=questionnaire.visited_on,
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
    find(
        [assessment],
        version=questionnaire.version,
        members={assessment.pk: members},
        precomputed=questionnaire.precomputed,
    )
    return assessment


def _trail(by: User, assessment: Assessment, verb_name: str = "submit_assessment") -> None:
    household = assessment.household
    record(by=by, verb=verb_name, keeper=household.keeper_id, household=household.pk, subject=assessment.pk)
