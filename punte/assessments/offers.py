"""What the lists of cases and households can be narrowed by: answers that packs list, and findings, in words."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language, pgettext

from punte.accounts.enums import SEALED_COMPARTMENTS, Compartment
from punte.assessments.models import ListedFact
from punte.methodology.model import Fact, Listed, Pack, Table
from punte.methodology.packs import available_packs

_YES_NO = {"yes": {"ro": "da", "en": "yes"}, "no": {"ro": "nu", "en": "no"}}


@dataclass(frozen=True)
class Offer:
    """One thing by which a list can be narrowed.

    Attributes:
        key: how the address says it; without names, dots and dashes apart nothing but codes.
        name: the question, or the code of the finding.
        about: whether it is of a household or of one of its people.
        domain: under which heading it stands.
        words: the sentence.
    """

    key: str
    name: str
    about: Table
    compartment: Compartment
    domain: str
    words: str
    choice: str = ""
    at_least: Decimal | None = None
    at_most: Decimal | None = None

    @property
    def of_number(self) -> bool:
        """Whether it bounds a number, and names no choice."""
        return self.at_least is not None or self.at_most is not None

    @property
    def condition(self) -> Q:
        """What it asks of a row of `ListedFact`."""
        if self.at_least is not None:
            return Q(name=self.name, number__gte=self.at_least)
        if self.at_most is not None:
            return Q(name=self.name, number__lte=self.at_most)
        return Q(name=self.name, choice=self.choice)

    def fits(self, fact: ListedFact) -> bool:
        """Whether a row that is not in the database is as it asks."""
        if fact.name != self.name:
            return False
        if not self.of_number:
            return fact.choice == self.choice
        number = fact.number
        return number is not None and (
            number >= self.at_least if self.at_least is not None else number <= (self.at_most or 0)
        )


def offers_within(compartments: Collection[Compartment]) -> Mapping[str, Offer]:
    """Everything that is offered to who reads these compartments, by its key, in the order of the domains."""
    language = "en" if get_language() == "en" else "ro"
    every = (offer for pack in available_packs() for offer in _offers(pack, language))
    return {offer.key: offer for offer in every if offer.compartment in compartments}


@lru_cache(maxsize=16)
def _offers(pack: Pack, language: str) -> tuple[Offer, ...]:
    offers = [*_findings(pack, language), *_answers(pack, language)]
    places = {text[language]: place for place, text in enumerate(pack.dimensions.values())}
    return tuple(sorted(offers, key=lambda offer: places[offer.domain]))


def _findings(pack: Pack, language: str) -> Iterator[Offer]:
    for rule in pack.rules.values():
        if rule.severity and rule.compartment not in SEALED_COMPARTMENTS:
            yield Offer(
                key=rule.code,
                name=rule.code,
                about=rule.level,
                compartment=Compartment(rule.compartment),
                domain=pack.dimensions[rule.dimension][language],
                words=rule.name[language],
            )


def _answers(pack: Pack, language: str) -> Iterator[Offer]:
    for name, listed in pack.listed.items():
        fact = pack.facts[name]
        for key, told, words in _values(fact, listed, language):
            yield Offer(
                key=f"{name}.{key}",
                name=name,
                about=fact.table,
                compartment=Compartment(fact.compartment),
                domain=_domain(pack, fact)[language],
                words=f"{fact.label[language]}: {words}",
                **told,
            )


def _values(fact: Fact, listed: Listed, language: str) -> Iterator[tuple[str, dict[str, Any], str]]:
    for choice in listed.choices:
        text = _YES_NO[choice] if fact.type == "yesno" else fact.choices[choice]
        yield choice, {"choice": choice}, _lower_first(text[language])
    for number in listed.at_least:
        words = pgettext("number", "at least %(n)s") % {"n": number}
        yield f"{number}-", {"at_least": number}, words
    for number in listed.at_most:
        words = pgettext("number", "at most %(n)s") % {"n": number} if number else "0"
        yield f"-{number}", {"at_most": number}, words


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() or " " in text[:3] else text


def _domain(pack: Pack, fact: Fact) -> Mapping[str, str]:
    """That of the first rule which reads the answer."""
    read_by = (rule.dimension for rule in pack.rules.values() if fact.name in rule.facts)
    return pack.dimensions[next(read_by, next(iter(pack.dimensions)))]
