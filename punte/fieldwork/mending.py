"""What a form that waits says, and what may be corrected in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from punte.assessments.packs import pack_of, version_named
from punte.assessments.questionnaires import AnswerRefused, question_label
from punte.fieldwork.models import ReceivedForm
from punte.kernel.errors import DomainError
from punte.methodology.errors import InstanceError
from punte.methodology.instances import instance_header, member_nodes, root_of, text_at
from punte.methodology.mending import mended
from punte.methodology.model import Pack, Question

IDENTITY = ("family_name", "given_name", "cnp", "birth_date", "sex", "kinship")
"""What is always open to correction of a member; of other answers, the one that is refused."""


@dataclass(frozen=True)
class Place:
    """An answer of a new household, which the pack does not ask."""

    path: str
    label: str | Promise


OF_THE_HOUSEHOLD: Mapping[str, Place] = {
    "household_name": Place("visited/household_name", gettext_lazy("Name of the new household")),
    "household_uat": Place("visited/household_uat", gettext_lazy("SIRUTA code of the place")),
    "household_address": Place("visited/household_address", gettext_lazy("Address of the new household")),
}


@dataclass(frozen=True)
class Answer:
    """An answer as it is shown.

    Attributes:
        key: what names it in a form; see `place_of`.
        choices: what may be answered, by value; empty for free text.
    """

    key: str
    label: str
    text: str
    choices: Mapping[str, str] = field(default_factory=dict)
    may_be_mended: bool = False

    @property
    def shown(self) -> str:
        """The answer in words."""
        return self.choices.get(self.text, self.text)


@dataclass(frozen=True)
class Answers:
    """The answers about the household, or about one member."""

    title: str
    member: int | None
    rows: Sequence[Answer]


@dataclass(frozen=True)
class Mending:
    """What somebody corrects: answers by their key, and members who are left out by their position."""

    answers: Mapping[str, str] = field(default_factory=dict)
    without: frozenset[int] = frozenset()

    @property
    def names(self) -> list[str]:
        """What is touched, without what it says."""
        return [*sorted(self.answers), *(f"-{position}" for position in sorted(self.without))]


def place_of(refused: DomainError) -> str:
    """The key of the answer that is refused: `household_name`, `0-family_name`; empty where none is."""
    if not isinstance(refused, AnswerRefused) or not refused.field:
        return ""
    return refused.field if refused.member is None else f"{refused.member}-{refused.field}"


def answers_of(form: ReceivedForm) -> list[Answers]:
    """Everything that a form says, the household first; nothing where it cannot be read."""
    try:
        pack, root = _pack(form), root_of(form.answers)
    except (DomainError, InstanceError):
        return []
    asked = pack.questions.values()
    visited = [
        Answer(key, str(place.label), text_at(root, place.path), may_be_mended=form.creates)
        for key, place in OF_THE_HOUSEHOLD.items()
        if form.creates
    ]
    home = [
        _answer(pack, one, text_at(root, one.path), "", form) for one in asked if one.table == "household"
    ]
    found = [Answers(_("The household"), None, [*visited, *_said(home)])]
    for position, node in enumerate(member_nodes(root, pack.repeat)):
        rows = [
            _answer(pack, one, text_at(node, one.place), f"{position}-", form)
            for one in asked
            if one.table == "member"
        ]
        found.append(Answers(member_title(position), position, list(_said(rows))))
    return found


def member_title(position: int) -> str:
    """How a member of a form is called, from the first, at 0."""
    return _("Member %(number)d") % {"number": position + 1}


def _said(rows: Sequence[Answer]) -> Iterator[Answer]:
    return (row for row in rows if row.label and (row.text or row.may_be_mended))


def _answer(pack: Pack, question: Question, text: str, before: str, form: ReceivedForm) -> Answer:
    language = (get_language() or "ro")[:2]
    key = f"{before}{question.name}"
    return Answer(
        key=key,
        label=question_label(pack, question.name) if question.type else "",
        text=text,
        choices={value: label.get(language) or label["ro"] for value, label in question.choices.items()},
        may_be_mended=bool(before and question.name in IDENTITY) or key == form.refused,
    )


def mended_instance(form: ReceivedForm, mending: Mending) -> str:
    """The form with what somebody corrects.

    Raises:
        DomainError: it cannot be read.
    """
    pack = _pack(form)
    home, members = {}, {}
    for key, text in mending.answers.items():
        position, dash, name = key.partition("-")
        if dash:
            members[int(position), name] = text
        elif key in OF_THE_HOUSEHOLD:
            home[OF_THE_HOUSEHOLD[key].path] = text
        else:
            home[pack.questions[key].path] = text
    try:
        made = mended(pack, form.answers, answers=home, members=members, without=mending.without)
    except InstanceError as refused:
        raise DomainError(_(refused.message) % refused.params) from refused
    return made.decode()


def _pack(form: ReceivedForm) -> Pack:
    try:
        header = instance_header(form.answers)
    except InstanceError as refused:
        raise DomainError(_(refused.message) % refused.params) from refused
    return pack_of(version_named(header.form_id, header.version))
