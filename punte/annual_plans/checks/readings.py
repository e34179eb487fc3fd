"""What is read otherwise than it is printed, and what two places of the plan say in two ways."""

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy
from rapidfuzz.distance import Levenshtein

from punte.annual_plans.checks.remark import Comparison, Mismatch, Weight
from punte.annual_plans.checks.rule import rule
from punte.annual_plans.content import ConsultedLine, EligibleLine, PlanContent, ServiceLine, TextLine
from punte.annual_plans.enums import Section
from punte.kernel.text import fold

_NAMED = (Section.CONSULTATION, Section.EXISTING, Section.PROPOSED, Section.ELIGIBLE)
_BROKEN = re.compile(r"\w+- \w+|\w+ -\w+|\w+ [,;.](?=\s|$)|\w+[,;] ?[,;]|\w+[,;-]$")
_ACT = re.compile(
    r"(?P<kind>Leg(?:ea|ii)|Ordin\w*|Hot[ăa]r[âa]r\w+ Guvernului|Hot[ăa]r[âa]r\w+|H\.? ?G\.?|O\.? ?U\.? ?G\.?)"
    r"[^.;,\d]{0,20}(?:nr\.? ?)?(?P<number>\d+/\d{4})[\s,\d]{1,6}(?:privind|pentru)(?! anul) (?P<title>[^;.]{15,})"
)
_SAME_TITLE = 0.9
_WORDS = (
    "doi două",
    "trei",
    "patru",
    "cinci",
    "șase",
    "șapte",
    "opt",
    "nouă",
    "zece",
    "unsprezece",
    "doisprezece",
)
_NUMBERS = {word: at for at, words in enumerate(_WORDS, start=2) for word in words.split()}
_COUNT = re.compile(
    rf"\b(?P<number>\d+|{'|'.join(_NUMBERS)}) (?:de )?(?P<what>servicii|furnizori)\b", re.IGNORECASE
)


@rule("read_otherwise", pgettext_lazy("plan check", "Read otherwise than printed"), Weight.QUESTION)
def read_otherwise(content: PlanContent, comparison: Comparison) -> Iterable[Mismatch]:
    """Providers that are printed otherwise than the directory calls them: what the loading took them for."""
    for section, lines in ((Section.CONSULTATION, content.consulted), (Section.EXISTING, content.services)):
        found: dict[str, Mismatch] = {}
        for line in lines:
            printed = line.provider if isinstance(line, ServiceLine) else line.name
            name = comparison.providers.get(line.organization, "")
            if name and fold(name) != fold(printed) and printed not in found:
                message = _("“%(printed)s” is taken for “%(name)s”.") % {"printed": printed, "name": name}
                found[printed] = Mismatch(line, message)
        if found:
            message = ngettext(
                "%(number)s provider is printed otherwise than the directory calls it.",
                "%(number)s providers are printed otherwise than the directory calls them.",
                len(found),
            )
            yield Mismatch(section.value, message % {"number": len(found)}, tuple(found.values()))


@rule("stray_punctuation", pgettext_lazy("plan check", "Names broken by punctuation"), Weight.QUESTION)
def stray_punctuation(content: PlanContent, comparison: Comparison) -> Iterable[Mismatch]:
    """Names with a comma, a space or a hyphen that does not belong there, told once for each table."""
    known = {fold(name): name for name in dict.fromkeys(_known_names(content, comparison))}
    for section in _NAMED:
        found = [
            Mismatch(line, _("“%(broken)s” has punctuation that breaks the name.") % {"broken": broken})
            for line in content.rows.get(section.value, ())
            if isinstance(line, ServiceLine | ConsultedLine | EligibleLine)
            and (broken := _broken(line.name, known))
        ]
        if found:
            message = ngettext(
                "%(number)s name has stray punctuation.",
                "%(number)s names have stray punctuation.",
                len(found),
            )
            yield Mismatch(section.value, message % {"number": len(found)}, tuple(found))


def _known_names(content: PlanContent, comparison: Comparison) -> Iterator[str]:
    yield from comparison.providers.values()
    yield from (line.provider for line in content.services)


def _broken(name: str, known: dict[str, str]) -> str:
    found = _BROKEN.search(name)
    # A comma where a quotation should close is told as a quotation that is open.
    if found and not (found.end() == len(name) and name.count("„") > name.count("”")):
        return found[0]
    if "," not in name:
        return ""
    right = known.get(fold(name), name)
    return name if name.count(",") > right.count(",") else ""


@rule("act_with_two_titles", pgettext_lazy("plan check", "An act with two titles"), Weight.QUESTION)
def act_with_two_titles(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """An act that the plan names in two places, with titles that are not the same."""
    seen: dict[tuple[str, str], tuple[TextLine, str]] = {}
    for line, act, title in _acts(content):
        first, other = seen.setdefault(act, (line, title))
        if not _same_title(title, other):
            message = _("“%(title)s” is “%(other)s” in row %(row)s of the same plan (%(section)s).")
            words = {
                "title": f"{act[1]} {title}",
                "other": other,
                "row": first.position,
                "section": Section(first.section).label,
            }
            yield Mismatch(line, message % words)


def _acts(content: PlanContent) -> Iterator[tuple[TextLine, tuple[str, str], str]]:
    for section in Section:
        for line in content.rows.get(section.value, ()):
            if isinstance(line, TextLine):
                for act in _ACT.finditer(f"{line.label} {line.text} {line.detail}"):
                    title = act["title"].split(", cu modific")[0].split(", cu complet")[0]
                    yield line, (_kind(act["kind"]), act["number"]), title.strip()


def _kind(printed: str) -> str:
    letters = fold(printed).replace(" ", "")
    if letters.endswith("guvernului") or letters == "hg":
        return "hg"
    return letters[:3]


def _same_title(one: str, other: str) -> bool:
    short, long = sorted((fold(one), fold(other)), key=len)
    return Levenshtein.normalized_similarity(short, long[: len(short)]) >= _SAME_TITLE


@rule("count_in_words", pgettext_lazy("plan check", "A count that the rows deny"), Weight.QUESTION)
def count_in_words(content: PlanContent, _comparison: Comparison) -> Iterable[Mismatch]:
    """A number of services or of providers said in a text, beside the rows that it speaks of."""
    for section in Section:
        for line in content.rows.get(section.value, ()):
            if isinstance(line, TextLine):
                yield from _denied(line, content)


def _denied(line: TextLine, content: PlanContent) -> Iterable[Mismatch]:
    for said in _COUNT.finditer(line.text):
        number = _NUMBERS.get(said["number"].lower()) or int(said["number"])
        table, there = _counted(said["what"].lower(), line.text, content)
        if there and there != number:
            message = _("The text says “%(said)s”; %(table)s has %(there)s.")
            yield Mismatch(line, message % {"said": said[0], "table": table.label, "there": there})


def _counted(what: str, text: str, content: PlanContent) -> tuple[Section, int]:
    """The table that a text speaks of, and how many rows of it."""
    folded = fold(text)
    if what == "furnizori":
        if "consult" in folded:
            return Section.CONSULTATION, len(content.consulted)
        return Section.EXISTING, len({line.provider for line in content.services})
    if "infiint" in folded:
        return Section.PROPOSED, len(content.proposed)
    if "eligibil" in folded:
        return Section.ELIGIBLE, len(content.eligible)
    named = [line for line in content.services if fold(line.provider) in folded]
    return Section.EXISTING, len(named or content.services)
