"""A filled questionnaire, read with the version of the methodology that it was filled with."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from punte.assessments.models import PackVersion
from punte.assessments.packs import pack_of, version_named
from punte.kernel.errors import DomainError
from punte.methodology.assess import Assessed
from punte.methodology.errors import InstanceError
from punte.methodology.forms import Submission, instance_header, rows_from_instance
from punte.methodology.model import Pack
from punte.people.models import Household

MAX_INSTANCE_BYTES = 4 * 1024 * 1024


class AnswerRefused(DomainError):
    """An answer of a questionnaire that cannot stand; the message names it and, of several, the member.

    Attributes:
        member: the position of the member whose answer it is; None for one of the household.
    """

    def __init__(self, message: str, *, field: str, member: int | None) -> None:
        self.member = member
        super().__init__(message, field=field)


def refused_answer(refused: DomainError, *, label: str, member: int | None, name: str = "") -> AnswerRefused:
    """The same refusal with the question, and the member by number and name."""
    words = str(refused.message)
    if label:
        words = f"{label}: {words}"
    if member is not None:
        number = _("Member %(number)d") % {"number": member + 1}
        words = f"{number}{f' ({name})' if name else ''}, {words}"
    return AnswerRefused(words, field=refused.field or "", member=member)


Versions = dict[tuple[str, str], PackVersion]
"""Versions of methodologies that were fetched already, by name and version."""


@dataclass(frozen=True)
class Questionnaire:
    """What a filled questionnaire says.

    Attributes:
        instance: the XForm instance, as it came.
        precomputed: what the rules find in questionnaires that came with it, worked out for all at once; see
            `assessments.precomputed`.
    """

    instance: bytes
    submission: Submission
    version: PackVersion
    pack: Pack
    precomputed: Mapping[str, Assessed] = field(default_factory=dict)

    @classmethod
    def read(cls, instance: bytes, *, versions: Versions | None = None) -> Self:
        """Read an instance.

        Args:
            versions: those fetched already; one that is not among them is added.

        Raises:
            DomainError: it is damaged, too large, of a version not known here, or has an answer that cannot be.
        """
        if len(instance) > MAX_INSTANCE_BYTES:
            raise DomainError(_("The answers are larger than 4 MB. Shorten the longest texts."))
        versions = {} if versions is None else versions
        try:
            header = instance_header(instance)
            instance.decode("utf-8")
            named = header.form_id, header.version
            if named not in versions:
                versions[named] = version_named(*named)
            pack = pack_of(versions[named])
            return cls(instance, rows_from_instance(pack, instance), versions[named], pack)
        except UnicodeDecodeError as refused:
            raise DomainError(_("The questionnaire is not written in UTF-8. Send it again.")) from refused
        except InstanceError as refused:
            said = DomainError(_(refused.message) % refused.params, field=refused.field)
            if not refused.field:
                raise said from refused
            label = question_label(pack, refused.field)
            raise refused_answer(said, label=label, member=refused.member) from refused

    @property
    def digest(self) -> str:
        """What tells it from one with other answers."""
        return hashlib.sha256(self.instance).hexdigest()

    @property
    def visited_on(self) -> dt.date:
        """The day of the visit."""
        day = self.submission.household["visit_date"]
        assert isinstance(day, dt.date)  # the form requires it, and reading refuses a form without it
        return day

    def require_of(self, household: Household) -> None:
        """Refuse what only its author can mend: answers about another household, or one person on two cards.

        Raises:
            DomainError: it is so.
        """
        if self.submission.household["household_id"] not in (self.submission.instance_id, str(household.pk)):
            raise DomainError(_("This questionnaire is about another household."))
        written = [identity["cnp"] for identity in self.submission.identities if identity.get("cnp")]
        if len(set(written)) != len(written):
            raise named_twice()


def question_label(pack: Pack, name: str) -> str:
    """What a question is called on the form; empty where it asks no question of that name."""
    question = pack.questions.get(name)
    language = (get_language() or "ro")[:2]
    return (question.label.get(language) or question.label.get("ro", "")) if question else ""


def named_twice() -> DomainError:
    """What is said where one person is on two cards."""
    return DomainError(_("The same person is in the questionnaire twice. Remove one of the cards."))
