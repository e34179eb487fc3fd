"""The answers of an assessment in the reader's language, within the compartments that the reader may see."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from django.utils.translation import get_language

from punte.accounts.enums import Compartment
from punte.assessments.models import Assessment
from punte.assessments.packs import pack_of
from punte.methodology.errors import InstanceError
from punte.methodology.instances import root_of, text_at
from punte.methodology.model import Fact, Table

_IDENTIFIERS = frozenset({"household_id", "member_id", "uat_siruta"})
_YES_NO = {True: {"ro": "da", "en": "yes"}, False: {"ro": "nu", "en": "no"}}


class Answer(NamedTuple):
    """A question and its answer."""

    question: str
    answer: str


def answers_in(
    assessment: Assessment, facts: Mapping[str, object], table: Table, *, readable: Collection[Compartment]
) -> dict[str, Answer]:
    """What was answered about the household or one member, by the name of the fact, in the order of the questions."""
    language = "en" if get_language() == "en" else "ro"
    return {
        fact.name: Answer(fact.label[language], _worded(fact, facts[fact.name], language))
        for fact in pack_of(assessment.pack).facts.values()
        if fact.table == table and fact.name in facts and _may_read(fact, facts[fact.name], readable)
    }


def notes_in(assessment: Assessment, *, readable: Collection[Compartment]) -> list[Answer]:
    """What was written about the household in words of one's own; only for who reads every compartment asked about.

    It is no fact: it stands in the filled form alone, encrypted, and no rule, list or extract reads it.
    """
    pack = pack_of(assessment.pack)
    if not assessment.instance or not pack.compartments.keys() <= set(readable):
        return []
    language = "en" if get_language() == "en" else "ro"
    own_words = [
        question
        for question in pack.questions.values()
        if question.type == "text" and question.table == "household" and question.name not in pack.facts
    ]
    try:
        root = root_of(assessment.instance.encode())
    except InstanceError:
        return []
    said = [(question.label[language], text_at(root, question.path)) for question in own_words]
    return [Answer(label, text) for label, text in said if text]


def _may_read(fact: Fact, value: object, readable: Collection[Compartment]) -> bool:
    if fact.name in _IDENTIFIERS:
        return False
    return {fact.compartment, fact.choice_compartments.get(str(value), fact.compartment)} <= set(readable)


def _worded(fact: Fact, value: object, language: str) -> str:
    if isinstance(value, bool):
        return _YES_NO[value][language]
    choice = fact.choices.get(str(value))
    return choice[language] if choice else str(value)
