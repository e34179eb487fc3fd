"""The people behind the members of a questionnaire: those on record, and those whom it brings."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.assessments.questionnaires import Questionnaire, named_twice, question_label, refused_answer
from punte.kernel.errors import DomainError, NotAllowed
from punte.people.actions import change_person, create_person, join_household
from punte.people.enums import Relation
from punte.people.models import Household, Membership, Person
from punte.people.names import shown_name
from punte.people.search import Likely, likely_same
from punte.people.sight import hidden_from

Decisions = Mapping[int, UUID | None]
"""For a new member by position: the known person that it is, or None where it is somebody else."""


_QUESTIONS = {"relation": "kinship", "start": "visit_date"}
"""What the verbs about people call otherwise than the questionnaire."""


@dataclass(frozen=True)
class NewMember:
    """A member of the questionnaire whom the record does not have yet, with the people it may be."""

    position: int
    family_name: str
    given_name: str
    likely: Sequence[Likely]

    def __str__(self) -> str:
        return shown_name(self.family_name, self.given_name)


class LikelySamePeople(DomainError):
    """Some new members may be people already on record; a person must say who they are."""

    def __init__(self, members: Sequence[NewMember]) -> None:
        self.members = members
        super().__init__(_("Some of those you added may already be on record. Choose for each of them."))


@dataclass(frozen=True)
class _Card:
    """What a questionnaire says of one member."""

    position: int
    key: UUID | None
    identity: dict[str, Any]
    relation: str


@dataclass(frozen=True)
class Members:
    """The members of a questionnaire, as they are taken into the record of a household."""

    by: User
    household: Household
    questionnaire: Questionnaire

    def undecided(self, decisions: Decisions) -> list[NewMember]:
        """New members who may be people already on record and of whom `decisions` does not say; nothing changes.

        Only people in sight of the account are named. A questionnaire about one person brings nobody.
        """
        if self._is_about_one:
            return []
        new = (card for card in self._cards if card.key not in self._known and card.position not in decisions)
        named = [(card, self._likely(card.identity)) for card in new]
        return [
            NewMember(card.position, card.identity["family_name"], card.identity["given_name"], likely)
            for card, likely in named
            if likely
        ]

    def take_in(self, decisions: Decisions) -> list[Person]:
        """The person behind each member, made where there is none yet, and living in the household.

        Raises:
            LikelySamePeople: some are undecided.
            DomainError: one is named twice, lives elsewhere, or was decided to be somebody not on record; the one
                person whom it is about is not on record there.
        """
        if self._is_about_one:
            return [self._subject()]
        undecided = self.undecided(decisions)
        if undecided:
            raise LikelySamePeople(undecided)
        living_here = self._living_here()
        people = []
        for card in self._cards:
            with self._naming(card):
                person = self._person(card, decisions)
                if person.pk not in living_here:
                    self._ensure_member(person, card)
            people.append(person)
        if len({person.pk for person in people}) != len(people):
            raise named_twice()
        return people

    @property
    def _is_about_one(self) -> bool:
        return self.questionnaire.pack.about == "person"

    def _subject(self) -> Person:
        """Whom the questionnaire is about; it brings nobody into the record and changes nothing there."""
        person = self._known.get(self._cards[0].key)
        if person and person.died_on and person.died_on <= self.questionnaire.visited_on:
            raise DomainError(_("The person died before this visit."))
        if person is None or person.pk not in self._living_here():
            raise DomainError(_("The person does not live in this household, as far as the record says."))
        return person

    @contextmanager
    def _naming(self, card: _Card) -> Iterator[None]:
        """What is refused of a card says whose it is and which answer."""
        try:
            yield
        except NotAllowed:
            raise
        except DomainError as refused:
            field = _QUESTIONS.get(refused.field or "", refused.field or "")
            known = DomainError(refused.message, field=field)
            label = question_label(self.questionnaire.pack, field)
            name = f"{card.identity['family_name']} {card.identity['given_name']}".strip()[:60]
            raise refused_answer(known, label=label, member=card.position, name=name) from refused

    @cached_property
    def _cards(self) -> Sequence[_Card]:
        return list(_cards_of(self.questionnaire))

    @cached_property
    def _known(self) -> Mapping[UUID | None, Person]:
        """Members by the identifier that they were prefilled with, as long as they are of this household.

        A questionnaire that knows a file which was joined since means the person of the kept one.
        """
        named = [card.key for card in self._cards if card.key]
        people = Person.objects.filter(memberships__household=self.household, pk__in=named)
        known: dict[UUID | None, Person] = {person.pk: person for person in people.distinct()}
        if joined := Person.everyone.kept_instead(key for key in named if key not in known):
            kept = Person.objects.filter(memberships__household=self.household, pk__in=joined.values())
            files = {person.pk: person for person in kept.distinct()}
            known |= {key: files[now] for key, now in joined.items() if now in files}
        return known

    def _living_here(self) -> set[UUID]:
        hidden = hidden_from(self.by)
        here = hidden.beyond(Membership.objects.filter(household=self.household))
        known = hidden.as_seen(here.filter(person__in=list(self._known.values())))
        return {one.person_id for one in known if one.end is None or self._died_since(one)}

    def _died_since(self, lived: Membership) -> bool:
        """Whether it ended by death since the visit: the person lived here on its day."""
        return lived.ended_by_death and lived.end is not None and lived.end > self.questionnaire.visited_on

    def _likely(self, identity: Mapping[str, Any]) -> list[Likely]:
        likely = likely_same(
            self.by,
            identity["family_name"],
            identity["given_name"],
            birth_date=identity["birth_date"],
            cnp=identity["cnp"],
        )
        keeper = self.household.keeper_id
        return [one for one in likely if one.person is not None and one.person.keeper_id == keeper]

    def _person(self, card: _Card, decisions: Decisions) -> Person:
        person = self._known.get(card.key) or self._decided(decisions.get(card.position))
        if person is None:
            key = _free(card.key)
            return create_person(by=self.by, keeper=self.household.keeper, key=key, **card.identity)
        # An empty answer takes nothing away.
        changed = {
            name: value for name, value in card.identity.items() if value and value != getattr(person, name)
        }
        if changed:
            change_person(by=self.by, person=person, **changed)
        return person

    def _decided(self, key: UUID | None) -> Person | None:
        if key is None:
            return None
        seen = Person.objects.visible_to(self.by).filter(keeper=self.household.keeper_id)
        person = seen.filter(pk=Person.everyone.kept_key(key)).first()
        if person is None:
            raise DomainError(_("The person chosen is not on record any more. Choose again."))
        return person

    def _ensure_member(self, person: Person, card: _Card) -> None:
        """Make sure that the person lives in the household since the visit at the latest."""
        if person.died_on and person.died_on <= self.questionnaire.visited_on:
            raise DomainError(
                _("%(person)s died on %(day)s, before this visit. Take the person out of the questionnaire.")
                % {"person": person, "day": person.died_on.strftime("%d.%m.%Y")}
            )
        hidden = hidden_from(self.by)
        lived = hidden.beyond(Membership.objects.filter(person=person)).select_related("household")
        living = next((one for one in hidden.as_seen(lived) if one.end is None), None)
        if living is not None and living.household_id == self.household.pk:
            return
        if living is not None:
            raise DomainError(
                _("%(person)s is on record in another household. End that membership first, then send again.")
                % {"person": person}
            )
        join_household(
            by=self.by,
            person=person,
            household=self.household,
            start=self.questionnaire.visited_on,
            relation=card.relation,
        )


def _cards_of(questionnaire: Questionnaire) -> Iterator[_Card]:
    submission = questionnaire.submission
    for position, (identity, facts) in enumerate(zip(submission.identities, submission.members, strict=True)):
        yield _Card(
            position=position,
            key=_uuid(facts["member_id"]),
            identity={
                "family_name": identity["family_name"] or "",
                "given_name": identity["given_name"] or "",
                "birth_date": facts.get("birth_date"),
                "sex": facts.get("sex") or "",
                "cnp": identity.get("cnp") or "",
            },
            relation=str(identity.get("kinship") or Relation.UNRELATED),
        )


def _uuid(text: object) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None


def _free(key: UUID | None) -> UUID | None:
    """The identifier that the questionnaire gave a new member, so that a later one filled on it finds the person."""
    return None if key is None or Person.everyone.filter(pk=key).exists() else key
