"""The methodology in force, in words: what is asked, which rules find what and on what ground, what is done."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from punte.accounts.enums import Capability
from punte.assessments.enums import PackAbout
from punte.assessments.versions import readable_version
from punte.documents.templates import read_by_papers
from punte.kernel.text import fold
from punte.methodology.length import length_of
from punte.methodology.model import DerivedFact, Fact, Pack, PackageObjective, Rule, Score, Table
from punte.methodology.packs import available_packs
from punte.methodology.unread import unread_facts
from punte.www.frame.access import SignedIn, needs

_LONGEST_SEARCH = 200
_HOLE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Entry:
    """A question, a rule or an objective of the package: its name, where it stands, and what else it is found by."""

    anchor: str
    name: str
    kind: str
    shown: dict[str, Any]
    words: str

    def holds(self, sought: Sequence[str]) -> bool:
        """Whether each of the words begins a word of the entry; all of them folded."""
        said = f" {fold(self.name)} {fold(self.words)}"
        return all(f" {word}" in said for word in sought)


@dataclass(frozen=True)
class Section:
    """A part of a methodology, as the contents name it."""

    anchor: str
    title: str
    kind: str
    entries: Sequence[Entry]


@require_GET
@needs(Capability.SEE_METHODOLOGY)
def methodology(request: SignedIn) -> HttpResponse:
    """Every pack with its version: questions, rules by dimension, interventions; searched, with contents."""
    return _shown(request, available_packs())


@require_GET
@needs(Capability.SEE_METHODOLOGY)
def methodology_version(request: SignedIn, pack: str, version: str) -> HttpResponse:
    """One version of one pack, in the same words."""
    found = readable_version(pack, version)
    if found is None:
        raise Http404
    return _shown(request, [found], one=found)


def _shown(request: SignedIn, chosen: Iterable[Pack], *, one: Pack | None = None) -> HttpResponse:
    language = "en" if get_language() == "en" else "ro"
    packs = [_Worded(pack, language).shown() for pack in chosen]
    query = request.GET.get("cauta", "").strip()[:_LONGEST_SEARCH]
    sought = fold(query).split()
    sections = [section for pack in packs for section in pack["sections"]]
    found = [entry for section in sections for entry in section.entries if sought and entry.holds(sought)]
    context = {"packs": packs, "query": query, "found": found, "one": one}
    return render(request, "manage/methodology.html", context)


class _Worded:
    """A pack in one language."""

    def __init__(self, pack: Pack, language: str) -> None:
        self.pack = pack
        self.language = language
        self.unread = unread_facts(pack, elsewhere=read_by_papers())

    def shown(self) -> dict[str, Any]:
        sections = [*self._questions(), *self._rules(), *self._scores(), *self._interventions()]
        return {
            "title": self.pack.title[self.language],
            "version": self.pack.version,
            "about": PackAbout(self.pack.about).label,
            "valid_from": self.pack.valid_from,
            "length": length_of(self.pack),
            "sources": list(self.pack.sources.values()),
            "anchor": self.pack.name,
            "sections": [section for section in sections if section.entries],
        }

    def _section(self, key: str, title: str, kind: str, entries: Iterable[Entry]) -> Section:
        return Section(f"{self.pack.name}-{key}", title, kind, list(entries))

    def _questions(self) -> list[Section]:
        titles: dict[Table, str] = {
            "household": _("Questions about the household"),
            "member": _("Questions about each person"),
        }
        return [
            self._section(f"q-{table}", title, "question", map(self._question, self.pack.facts_of(table)))
            for table, title in titles.items()
        ]

    def _question(self, fact: Fact) -> Entry:
        choices = [choice[self.language] for choice in fact.choices.values()]
        read_by = [rule.name[self.language] for rule in self.pack.rules.values() if fact.name in rule.facts]
        shown = {
            "code": fact.name,
            "choices": choices,
            "compartment": self.pack.compartments[fact.compartment][self.language],
            "read_by": read_by,
            "unread": fact in self.unread,
        }
        return self._entry(
            f"q-{fact.name}", fact.label, pgettext("methodology", "question"), shown, [fact.name, *choices]
        )

    def _rules(self) -> list[Section]:
        named = {key: text[self.language] for key, text in self.pack.dimensions.items()}
        for rule in self.pack.rules.values():
            named.setdefault(rule.dimension, rule.dimension)
        return [
            self._section(
                f"d-{key}",
                title,
                "rule",
                (self._rule(rule) for rule in self.pack.rules.values() if rule.dimension == key),
            )
            for key, title in named.items()
        ]

    def _rule(self, rule: Rule) -> Entry:
        known: dict[str, Fact | DerivedFact] = {**self.pack.facts, **self.pack.derived}
        labels = {name: fact.label[self.language] for name, fact in known.items()}
        facts = [labels[name] for name in rule.facts if name in labels]
        explanation = self._spoken(rule, labels)
        called = self.pack.package.objective_of(rule.code)
        shown = {
            "code": rule.code,
            "severity": rule.severity,
            "explanation": explanation,
            "condition": rule.condition.text,
            "facts": facts,
            "source": self.pack.sources.get(rule.source, rule.source),
            "calls": called.name[self.language] if called else "",
            "calls_at": f"{self.pack.name}-o-{called.key}" if called else "",
        }
        words = [rule.code, explanation, *facts]
        return self._entry(f"r-{rule.code}", rule.name, pgettext("methodology", "finding"), shown, words)

    def _spoken(self, rule: Rule, labels: dict[str, str]) -> str:
        """The sentence that explains a finding, with the questions named where the answers would stand."""

        def named(place: re.Match[str]) -> str:
            name = place[1]
            if name == "parts":
                return "; ".join(_HOLE.sub(named, part.text[self.language]) for part in rule.parts)
            return f"[{labels[name]}]" if name in labels else "…"

        return _HOLE.sub(named, rule.explanation[self.language])

    def _scores(self) -> list[Section]:
        return [self._section("s", _("Scores"), "score", map(self._score, self.pack.scores.values()))]

    def _score(self, score: Score) -> Entry:
        bands = [(band.name[self.language], band.meaning[self.language]) for band in score.bands]
        facts = [self.pack.facts[name].label[self.language] for name in score.facts]
        shown = {"code": score.name, "bands": bands, "facts": facts, "score": score}
        words = [score.name, *facts, *(word for band in bands for word in band)]
        return self._entry(f"s-{score.name}", score.label, pgettext("methodology", "score"), shown, words)

    def _interventions(self) -> list[Section]:
        objectives = map(self._objective, self.pack.package.objectives.values())
        return [self._section("o", _("Objectives and interventions"), "objective", objectives)]

    def _objective(self, objective: PackageObjective) -> Entry:
        steps = [
            {
                "text": step.text[self.language],
                "who": self.pack.package.roles[step.role].name[self.language],
                "days": step.days,
                "services": step.refer_to,
            }
            for step in objective.steps
        ]
        findings = [
            (self.pack.rules[code].name[self.language], f"{self.pack.name}-r-{code}")
            for code in objective.codes
            if code in self.pack.rules
        ]
        text = objective.text[self.language]
        shown = {"text": text, "steps": steps, "findings": findings}
        words = [text, *(str(word) for step in steps for word in (step["text"], step["who"]))]
        return self._entry(
            f"o-{objective.key}", objective.name, pgettext("methodology", "intervention"), shown, words
        )

    def _entry(self, key: str, name: Any, kind: str, shown: dict[str, Any], words: Iterable[str]) -> Entry:
        return Entry(f"{self.pack.name}-{key}", name[self.language], kind, shown, " ".join(words))
