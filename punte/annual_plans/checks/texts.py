"""What is said in words: letters, words twice, what was left from a draft, years, consultation, campaigns."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from itertools import combinations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from rapidfuzz.distance import Levenshtein

from punte.annual_plans.checks.naming import listed, rows_of
from punte.annual_plans.checks.remark import Comparison, Mismatch, Weight
from punte.annual_plans.checks.rule import rule
from punte.annual_plans.content import CampaignLine, ConsultedLine, Line, PlanContent, ServiceLine
from punte.annual_plans.enums import Section
from punte.directory.reference.printed_name import stem_of
from punte.kernel.text import fold

_NOT_TEXT = {"id", "section", "source_line", "service", "organization", "code"}
_FOREIGN = re.compile(r"[\u0370-\u052f]+")
_CEDILLA = re.compile(r"[şţŞŢ]")
_TWICE = re.compile(r"\b(\w{3,})(?:\s+|/)\1\b", re.IGNORECASE)
_BLANK = re.compile(r"_{3,}")
_LEADING = re.compile(r"^(\d+) ")
_PERIOD = re.compile(r"\b(20\d\d)\s*[-–—]\s*(20\d\d)\b")
_FOR_YEAR = re.compile(r"pentru anul (20\d\d)")
_CAMPAIGNS = re.compile(r"\b(\d+)(?: de)? campanii\b")
_MONTHS = re.compile(
    r"\b(?:ianuarie|februarie|martie|aprilie|mai|iunie|iulie|august|septembrie|octombrie|noiembrie|decembrie)\b"
)
_LONG_WORD = 4
_SMALL_WORDS = {"de", "si", "pentru", "din", "la", "al", "a", "nr", "in", "cu", "prin"}


def _every_line(content: PlanContent) -> Iterator[Line]:
    for section in Section:
        yield from content.rows.get(section.value, ())


def _texts(line: Line) -> Iterator[str]:
    for one in fields(line):
        value = getattr(line, one.name)
        if isinstance(value, str) and one.name not in _NOT_TEXT and value:
            yield value


@rule("foreign_letters", pgettext_lazy("plan check", "Letters of another alphabet"), Weight.ERROR)
def foreign_letters(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """Cyrillic or Greek letters that look like ours, and letters with a cedilla instead of a comma below."""
    for line in _every_line(content):
        for text in _texts(line):
            found = _FOREIGN.search(text) or _CEDILLA.search(text)
            if found:
                message = _("“%(letters)s” in “%(text)s” is not written with Romanian letters.")
                yield Mismatch(line, message % {"letters": found[0], "text": text})


@rule("word_twice", pgettext_lazy("plan check", "The same word twice"), Weight.QUESTION)
def word_twice(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """A word or a number said twice in a row."""
    for line in _every_line(content):
        for text in _texts(line):
            found = _TWICE.search(text)
            if found:
                yield Mismatch(line, _("“%(words)s” says the same twice.") % {"words": found[0]})


@rule("quotes_open", pgettext_lazy("plan check", "Quotation marks not closed"), Weight.QUESTION)
def quotes_open(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """A quotation that is opened and not closed in the same way."""
    for line in _every_line(content):
        for text in _texts(line):
            if not _quotes_mixed(text) and (text.count('"') % 2 or text.count("„") > _closing(text)):
                yield Mismatch(line, _("A quotation mark in “%(text)s” has no pair.") % {"text": text})


@rule("quotes_mixed", pgettext_lazy("plan check", "Quotation marks of two styles"), Weight.QUESTION)
def quotes_mixed(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """A quotation that a straight mark opens and a curly one closes, or the other way round."""
    for line in _every_line(content):
        for text in _texts(line):
            if _quotes_mixed(text):
                message = _("In “%(text)s” a straight quotation mark has a curly one as its pair.")
                yield Mismatch(line, message % {"text": text})


def _quotes_mixed(text: str) -> bool:
    return text.count('"') % 2 == 1 and (text.count("„") + _closing(text)) % 2 == 1


def _closing(text: str) -> int:
    return text.count("”") + text.count("“")


@rule("draft_mark", pgettext_lazy("plan check", "A note left from drafting"), Weight.ERROR)
def draft_mark(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """Words after the code of a service that are no part of the plan."""
    for line in content.services:
        if line.remark:
            message = _("After the code stands “%(remark)s”, which looks like a note from drafting.")
            yield Mismatch(line, message % {"remark": line.remark})


@rule("left_blank", pgettext_lazy("plan check", "Left blank"), Weight.ERROR)
def left_blank(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """A place that was to be filled in."""
    for line in _every_line(content):
        for text in _texts(line):
            if _BLANK.search(text):
                yield Mismatch(line, _("A place is left blank: “%(text)s”.") % {"text": text})


@rule("stray_number", pgettext_lazy("plan check", "A stray number"), Weight.QUESTION)
def stray_number(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """A name that begins with the last digit of its row's number."""
    for line in content.eligible:
        found = _LEADING.match(line.name)
        if found and line.number and str(line.number).endswith(found[1]):
            message = _("The name begins with “%(number)s”, left from the number of the row.")
            yield Mismatch(line, message % {"number": found[1]})


@rule("spelled_two_ways", pgettext_lazy("plan check", "Spelled in two ways"), Weight.QUESTION)
def spelled_two_ways(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """Names of providers, or of those who answer for campaigns, that differ in one letter or in diacritics."""
    yield from _two_ways([*content.services, *content.consulted], _provider)
    yield from _two_ways(list(content.campaigns), lambda line: getattr(line, "responsible", ""))


def _provider(line: Line) -> str:
    return line.provider if isinstance(line, ServiceLine) else getattr(line, "name", "")


def _two_ways(lines: Sequence[Line], read: "object") -> Iterable[Mismatch]:
    by_text: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if text := read(line):  # type: ignore[operator]
            by_text[text].append(line)
    for one, other in combinations(by_text, 2):
        if _a_letter_apart(one, other):
            message = _("“%(one)s” (row %(row)s) is also written “%(other)s”.")
            words = {"one": one, "row": by_text[one][0].position, "other": other}
            yield Mismatch(by_text[other][0], message % words)


def _a_letter_apart(one: str, other: str) -> bool:
    """Whether two names are one, misspelt once: a number or a short word (I, II) tells two apart."""
    words, others = one.casefold().split(), other.casefold().split()
    if len(words) != len(others):
        return False
    apart = [(word, twin) for word, twin in zip(words, others, strict=True) if word != twin]
    if len(apart) != 1:
        return False
    word, twin = apart[0]
    long = min(len(word), len(twin)) >= _LONG_WORD and word.isalpha() and twin.isalpha()
    return long and Levenshtein.distance(word, twin, score_cutoff=1) <= 1


@rule("other_year", pgettext_lazy("plan check", "About another year"), Weight.QUESTION)
def other_year(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """An act of the legal basis that says it is for another year than the plan's."""
    for line in content.texts(Section.LEGAL_BASIS):
        for year in _FOR_YEAR.findall(line.text):
            if int(year) != content.year:
                message = _("It speaks of the plan for %(year)s; this is the plan for %(plan)s.")
                yield Mismatch(line, message % {"year": year, "plan": content.year})


@rule("period_over", pgettext_lazy("plan check", "A period that is over"), Weight.QUESTION)
def period_over(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """A strategy of the legal basis whose last year is before the plan's."""
    for line in content.texts(Section.LEGAL_BASIS):
        ends = [int(end) for _start, end in _PERIOD.findall(line.text)]
        if ends and max(ends) < content.year:
            message = _("What it adopts ended in %(end)s, before the year of the plan.")
            yield Mismatch(line, message % {"end": max(ends)})


@rule("consulted_unknown", pgettext_lazy("plan check", "Consulted, but gives no service"), Weight.QUESTION)
def consulted_unknown(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """A provider that was consulted and has no service in I.A."""
    providers = {line.organization for line in content.services} | {
        fold(line.provider) for line in content.services
    }
    for line in content.consulted:
        if line.organization not in providers - {""} and fold(line.name) not in providers:
            yield Mismatch(line, _("It was consulted, but no service of I.A is its."))


@rule("consulted_twice", pgettext_lazy("plan check", "Consulted twice"), Weight.QUESTION)
def consulted_twice(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """Two names in the consultation that are one provider."""
    seen: dict[str, ConsultedLine] = {}
    for line in content.consulted:
        key = line.organization or fold(line.name)
        if key in seen:
            yield Mismatch(line, _("It is the same provider as “%(name)s”.") % {"name": seen[key].name})
        seen.setdefault(key, line)


@rule("not_consulted", pgettext_lazy("plan check", "Providers not consulted"), Weight.QUESTION)
def not_consulted(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """Providers of I.A that the consultation does not name, told once."""
    consulted = {line.organization or fold(line.name) for line in content.consulted}
    providers = {
        line.organization or fold(line.provider): line.provider
        for line in content.services
        if line.organization != content.owner
    }
    missing = [name for key, name in providers.items() if key not in consulted]
    if missing and content.consulted:
        message = _("%(missing)s of the %(all)s other providers of I.A are not named: %(names)s.")
        words = {"missing": len(missing), "all": len(providers), "names": listed(missing)}
        yield Mismatch(Section.CONSULTATION.value, message % words)


@rule("campaign_count", pgettext_lazy("plan check", "Number of campaigns"), Weight.ERROR)
def campaign_count(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """A number of campaigns said in words beside those of II.4 that the same unit answers for."""
    for line in content.texts(Section.INFORMATION):
        found = _CAMPAIGNS.search(line.text)
        if not found:
            continue
        theirs = [one for one in content.campaigns if _same_unit(one.responsible, line.text)]
        if theirs and len(theirs) != int(found[1]):
            message = _(
                "%(said)s campaigns are announced; II.4 has %(there)s of the same unit (rows %(rows)s)."
            )
            yield Mismatch(line, message % {"said": found[1], "there": len(theirs), "rows": rows_of(theirs)})


def _same_unit(responsible: str, text: str) -> bool:
    stems = _stems(responsible) - _stems("echipa echipea echipele")
    return len(stems) > 1 and stems <= _stems(text)


def _stems(text: str) -> set[str]:
    return {stem_of(word) for word in fold(text).split() if word not in _SMALL_WORDS}


@rule("campaign_without_month", pgettext_lazy("plan check", "Campaigns without a month"), Weight.QUESTION)
def campaign_without_month(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """Campaigns that say no more than the year, told once: residents cannot know when they are."""
    lines = [
        line for line in content.campaigns if not line.starts and not _MONTHS.search(line.period.lower())
    ]
    if lines:
        message = _("%(number)s of %(all)s campaigns give no month: rows %(rows)s.")
        words = {"number": len(lines), "all": len(content.campaigns), "rows": rows_of(lines)}
        yield Mismatch(Section.CAMPAIGNS.value, message % words)


@rule("campaign_period", pgettext_lazy("plan check", "Period not clear"), Weight.QUESTION)
def campaign_period(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """A period that reads in two ways, that ends before it starts, or that is outside the plan's year."""
    for line in content.campaigns:
        if message := _about_period(line, content.year):
            yield Mismatch(line, message)


def _about_period(line: CampaignLine, year: int) -> str:
    months = _MONTHS.findall(line.period.lower())
    if len(months) > 1 and not re.search(r"[-–—,;]", line.period):
        return _("“%(period)s” may be two months or all that lies between them.") % {"period": line.period}
    if line.starts and line.ends and line.ends < line.starts:
        return _("It ends before it starts.")
    if (line.starts and line.starts.year != year) or (line.ends and line.ends.year != year):
        return _("It is not in the year of the plan.")
    return ""


@rule("campaign_repeated", pgettext_lazy("plan check", "The same campaign in other words"), Weight.QUESTION)
def campaign_repeated(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """Campaigns with the same objectives, or whose objectives only repeat the name."""
    for one, other in combinations(content.campaigns, 2):
        if one.objectives and _alike(one.objectives, other.objectives):
            message = _("Its objectives are those of row %(row)s, “%(name)s”.")
            yield Mismatch(other, message % {"row": one.position, "name": one.name})
    for line in content.campaigns:
        if line.objectives and _alike(line.name, line.objectives):
            yield Mismatch(line, _("The objectives only repeat the name."))


def _alike(one: str, other: str) -> bool:
    return Levenshtein.normalized_similarity(fold(one), fold(other)) >= 0.9


@rule("campaign_nobody", pgettext_lazy("plan check", "Nobody answers for it"), Weight.QUESTION)
def campaign_nobody(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """Campaigns that nobody answers for."""
    for line in content.campaigns:
        if not line.responsible:
            yield Mismatch(line, _("Nobody is named who answers for the campaign."))
