"""Questionnaires beside the usual one: which are offered of whom in a household, and which were filled last."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.assessments.models import Assessment, AssessmentDraft
from punte.assessments.packs import pack_of
from punte.assessments.subjects import is_offered
from punte.kernel.prepared import Prepared
from punte.methodology.packs import available_packs
from punte.people.asked import Asked
from punte.people.compartments import compartments_of, may_open
from punte.people.models import Household, Person
from punte.www.frame.findings import in_language

USUAL_PACK = "sci"
"""The questionnaire by which a household is assessed, where no other is named."""


def place_of(pack: str, household: UUID, person: UUID | None) -> tuple[str, ...]:
    """The name of the page on which a questionnaire is filled in, and what its address names."""
    if person:
        return "assess_person", str(household), pack, str(person)
    return ("assess", str(household)) if pack == USUAL_PACK else ("assess_with", str(household), pack)


@dataclass(frozen=True)
class OtherQuestionnaire:
    """One questionnaire about a person, or beside the usual one about the household (`person` is None).

    Attributes:
        last: what was filled last.
        draft: what the account began.
        offered: whether it may be begun.
    """

    title: str
    pack: str
    household: UUID
    person: Person | None
    last: Assessment | None
    draft: AssessmentDraft | None
    offered: bool

    @property
    def url(self) -> str:
        """Where it is begun and gone on with."""
        name, *where = place_of(self.pack, self.household, self.person.pk if self.person else None)
        return reverse(name, args=where)


def other_questionnaires(
    user: User, household: Household, people: Iterable[Person | None]
) -> list[OtherQuestionnaire]:
    """What the account may begin or see of a household (None) and of people of it, one after the other."""
    compartments = compartments_of(user, household)
    packs = [
        pack
        for pack in available_packs()
        if pack.name != USUAL_PACK and may_open(user, household, pack.opens_with)
    ]
    if not packs:
        return []
    may_assess = user.standing.may(Capability.ASSESS, household.keeper_id)
    last: dict[tuple[str, UUID | None], Assessment] = {}
    for one in _made(user, household=household.pk, compartments=sorted(compartments)):
        last.setdefault((one.pack.name, one.person_id), one)
    mine = _begun(household=household.pk, by=user.pk) if may_assess else []
    drafts = {(one.pack.name, one.person_id): one for one in mine}
    rows = [
        OtherQuestionnaire(
            in_language(pack.title),
            pack.name,
            household.pk,
            person,
            last.get((pack.name, person.pk if person else None)),
            drafts.get((pack.name, person.pk if person else None)),
            may_assess and (person is None or is_offered(pack, person)),
        )
        for person in people
        for pack in packs
        if (pack.about == "person") == (person is not None)
    ]
    return [row for row in rows if row.last or row.draft or row.offered]


_made = Asked(
    lambda user, household, compartments: (
        Assessment.objects.visible_to(user)
        .opened_with(compartments)
        .filter(household=household)
        .exclude(pack__name=USUAL_PACK)
        .select_related("pack")
        .defer("instance", "facts", "pack__files")
    )
)
_begun = Prepared(
    lambda household, by: (
        AssessmentDraft.objects.filter(household=household, by=by)
        .select_related("pack")
        .defer("instance", "pack__files")
    )
)


@dataclass(frozen=True)
class Unfinished:
    """A questionnaire that was begun, with its name and where it goes on."""

    draft: AssessmentDraft
    title: str

    @property
    def url(self) -> str:
        """Where it goes on."""
        name, *where = place_of(self.draft.pack.name, self.draft.household_id, self.draft.person_id)
        return reverse(name, args=where)


def unfinished(drafts: Iterable[AssessmentDraft]) -> Sequence[Unfinished]:
    """Drafts with their pack, in words."""
    return [Unfinished(draft, in_language(pack_of(draft.pack).title)) for draft in drafts]
