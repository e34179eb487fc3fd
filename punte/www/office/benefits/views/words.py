"""Entitlements in words: the sentence with its numbers, the sums, the reckoning step by step."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from punte.benefits.definition import Entitlement, Rulebook
from punte.benefits.reckoning import Picture, Reckoned
from punte.directory.help.need import benefits
from punte.kernel.evidence import NOT_KNOWN_FOR_SURE
from punte.methodology.model import Text

SURE: Mapping[str, str | Promise] = {
    "law_text_seen": gettext_lazy("read in the law"),
    "secondary": gettext_lazy("from a guide or an official form"),
    "code": gettext_lazy("from another system"),
    "seed": gettext_lazy("the methodology of the service"),
    "news": gettext_lazy("from the press; a proposal"),
    "draft": gettext_lazy("from a bill; a proposal"),
    "memory": gettext_lazy("known from practice, nobody has read the act; a proposal"),
}


@dataclass(frozen=True)
class Shown:
    """One entitlement as the page shows it."""

    title: str
    whom: str
    person: Any
    sum: str
    sentence: str
    steps: Sequence[tuple[str, str]]
    verify: Sequence[str]
    papers: Sequence[str]
    ask: Sequence[str]
    source: str
    sure: str | Promise
    proposed: bool
    key: str


def in_words(text: Text) -> str:
    """A text in the language of the page, else in Romanian."""
    return text.get((get_language() or "ro")[:2]) or text["ro"]


def shown(picture: Picture, rows: Sequence[Reckoned]) -> list[Shown]:
    """What came out, in words."""
    return [_shown(picture.book, one) for one in rows]


def asked_in_words(book: Rulebook, names: Sequence[str]) -> list[str]:
    """What would have to be asked, each once."""
    return list(dict.fromkeys(in_words(book.facts[name].label) for name in names))


def _shown(book: Rulebook, one: Reckoned) -> Shown:
    rule = one.entitlement
    return Shown(
        title=in_words(rule.title),
        whom=str(one.person) if one.person else "",
        person=one.person,
        sum=sum_in_words(rule, one.amount, one.least, one.most),
        sentence=_sentence(book, one),
        steps=[(_label(book, name), _value(book, name, one.values.get(name))) for name in rule.steps],
        verify=[in_words(text) for text in rule.verify],
        papers=papers_of(rule),
        ask=asked_in_words(book, one.missing),
        source=rule.source,
        sure=SURE[rule.evidence],
        proposed=one.proposed or rule.evidence in NOT_KNOWN_FOR_SURE,
        key=rule.key,
    )


def papers_of(rule: Entitlement) -> list[str]:
    """The papers to bring: those of the entitlement, else those of its benefit."""
    if rule.papers:
        return [in_words(text) for text in rule.papers]
    benefit = benefits().get(rule.benefit)
    return [in_words(text) for text in benefit.papers.names] if benefit else []


def sum_in_words(rule: Entitlement, amount: Any, least: Any = None, most: Any = None) -> str:
    """How much and how often; the bounds where the sum cannot be worked out."""
    often = _often(rule)
    if amount is not None:
        return _("%(sum)s lei%(often)s") % {"sum": number(amount), "often": often}
    if least is not None and most is not None:
        said = {"least": number(least), "most": number(most), "often": often}
        return _("from %(least)s to %(most)s lei%(often)s") % said
    if most is not None:
        return _("up to %(most)s lei%(often)s") % {"most": number(most), "often": often}
    return _("the sum is set at the desk") if rule.amount else ""


def _often(rule: Entitlement) -> str:
    words = {
        "month": pgettext("how often", " a month"),
        "season": pgettext("how often", " a season"),
        "year": pgettext("how often", " a year"),
    }
    return words.get(rule.per, "")


def number(value: Any) -> str:
    """A number as it is read: at most two decimals, none where it is whole."""
    rounded = Decimal(str(value)).quantize(Decimal("0.01"))
    whole = rounded == rounded.to_integral_value()
    return str(number_format(int(rounded) if whole else rounded, use_l10n=True, force_grouping=True))


def _label(book: Rulebook, name: str) -> str:
    known = book.facts.get(name) or book.parameters[name]
    return in_words(known.label)


def _value(book: Rulebook, name: str, value: Any) -> str:
    if value is None:
        return _("not known")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.date):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, str):
        fact = book.facts.get(name)
        return in_words((fact.choices or {}).get(value) or {"ro": value}) if fact else value
    return number(value)


def _sentence(book: Rulebook, one: Reckoned) -> str:
    said = {name: _value(book, name, value) for name, value in one.values.items()}
    said["amount"] = number(one.amount) if one.amount is not None else _("not known")
    return in_words(one.entitlement.sentence).format_map(said)
