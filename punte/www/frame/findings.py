"""What was found in a household as one account reads it: people by domains of life, each cell with its sentences."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language, pgettext_lazy

from punte.accounts.enums import Compartment
from punte.accounts.models import User
from punte.assessments.models import Finding, FindingSet, PackVersion
from punte.assessments.packs import pack_of
from punte.kernel.prepared import Prepared, rounded
from punte.methodology.explanations import explain_derived
from punte.methodology.model import Pack, Rule
from punte.people.asked import Asked
from punte.people.models import Person
from punte.people.sight import hidden_from


@dataclass(frozen=True)
class ShownFinding:
    """A finding with its name and the sentence that explains it; `person` is None where it is of the household.

    `nature` says whether the risk lies in the conditions of life or in what goes on now; empty where it only describes.
    """

    code: str
    name: str
    why: str
    severity: int
    compartment: str
    domain: str
    nature: str
    person: Person | None


@dataclass(frozen=True)
class ShownGap:
    """A code that could not be decided, whose, and the questions without an answer behind it."""

    name: str
    whose: Person | None
    domain: str
    questions: Sequence[str]


@dataclass(frozen=True)
class Line:
    """A finding in its cell. A sentence that stands on an earlier line is not said again: `as_in` is that line."""

    finding: ShownFinding
    anchor: str
    as_in: "Line | None"


@dataclass(frozen=True)
class Cell:
    """What was found of somebody in one domain, and how many codes of it could not be decided."""

    domain: str
    lines: Sequence[Line]
    undecided: int

    @property
    def marks(self) -> list[tuple[int, int]]:
        """Each severity among the findings with how many there are of it, the worst first."""
        found = [line.finding.severity for line in self.lines]
        return [(severity, found.count(severity)) for severity in sorted(set(found), reverse=True)]


@dataclass(frozen=True)
class Row:
    """The household (`person` is None) or one member, with a cell for each domain and what only describes them."""

    person: Person | None
    cells: Sequence[Cell]
    described: Sequence[ShownFinding]


@dataclass(frozen=True)
class FindingsTable:
    """People by domains; only domains and people of which the reader is told something stand in it."""

    domains: Sequence[str]
    rows: Sequence[Row]


@dataclass(frozen=True)
class Findings:
    """A finding set, within what an account reads."""

    finding_set: FindingSet
    shown: Sequence[ShownFinding]
    gaps: Sequence[ShownGap]
    described: Sequence[ShownFinding] = field(default=())

    def marks(self) -> dict[UUID, tuple[int, int]]:
        """For each person with findings: the worst severity, and how many there are of it."""
        worst: dict[UUID, tuple[int, int]] = {}
        for finding in self.shown:
            if finding.person is None:
                continue
            severity, count = worst.get(finding.person.pk, (0, 0))
            if finding.severity > severity:
                worst[finding.person.pk] = (finding.severity, 1)
            elif finding.severity == severity:
                worst[finding.person.pk] = (severity, count + 1)
        return worst

    @cached_property
    def table(self) -> FindingsTable:
        """The findings as people by domains: the household first, then who has the worst."""
        told = {one.domain for one in self.shown} | {gap.domain for gap in self.gaps}
        pack = _pack(self.finding_set.pack_id)
        domains = [key for key in pack.dimensions if key in told]
        domains += sorted(told - set(domains))
        said: dict[str, Line] = {}
        rows = [self._row(person, domains, said) for person in self._people()]
        return FindingsTable([_domain(pack, key) for key in domains], rows)

    def _people(self) -> list[Person | None]:
        whose: dict[UUID | None, Person | None] = {}
        worst: dict[UUID | None, int] = {}
        for person, severity in (
            *((one.person, one.severity) for one in (*self.shown, *self.described)),
            *((gap.whose, 0) for gap in self.gaps),
        ):
            key = person.pk if person else None
            whose[key] = person
            worst[key] = max(severity, worst.get(key, 0))
        return [whose[key] for key in sorted(whose, key=lambda key: (key is not None, -worst[key]))]

    def _row(self, person: Person | None, domains: Sequence[str], said: dict[str, Line]) -> Row:
        pack = _pack(self.finding_set.pack_id)
        cells = []
        for domain in domains:
            lines = []
            for one in self.shown:
                if one.person == person and one.domain == domain:
                    line = Line(one, f"f-{one.code}-{person.pk if person else ''}", said.get(one.why))
                    lines.append(line)
                    if one.why:
                        said.setdefault(one.why, line)
            undecided = sum(gap.whose == person and gap.domain == domain for gap in self.gaps)
            cells.append(Cell(_domain(pack, domain), lines, undecided))
        return Row(person, cells, [one for one in self.described if one.person == person])


@dataclass(frozen=True)
class Reader:
    """An account before the record of one household, with the compartments of it that it reads."""

    user: User
    household: UUID
    compartments: Collection[Compartment]

    def newest(self) -> Findings | None:
        """The findings of the household's newest assessment that may be opened, by the newest pack version, if any.

        Codes of severity 0 only describe and are left out; so is what is said of the dead.
        """
        newest = next(iter(_newest(self.user, household=self.household)), None)
        return self._read(newest, _of_now) if newest else None

    def all_of(self, made: FindingSet) -> Findings:
        """All that a finding set says, also of those who died since, and what only describes."""
        return self._read(made, _of_all)

    def _read(self, made: FindingSet, among: Asked) -> Findings:
        """What of a finding set the account may read; nothing of somebody whom a seal hides in this household."""
        pack = _pack(made.pack_id)
        read = sorted(self.compartments)
        told = among(self.user, household=self.household, made=made.pk, compartments=read) if read else ()
        found = [self._shown(pack, row) for row in told]
        return Findings(
            made,
            [one for one in found if one.severity],
            self._gaps(pack, made),
            [one for one in found if not one.severity],
        )

    def _shown(self, pack: Pack, row: Finding) -> ShownFinding:
        rule = pack.rules.get(row.code)
        return ShownFinding(
            code=row.code,
            name=in_language(rule.name) if rule else row.code,
            why=self._why(pack, row),
            severity=row.severity,
            compartment=row.compartment,
            domain=row.dimension,
            nature=nature_of(rule),
            person=row.person,
        )

    def _why(self, pack: Pack, row: Finding) -> str:
        """The answers behind a finding; of the codes behind a derived one, those that the reader may see are named."""
        if not row.because_of:
            return in_language(row.explanation)
        readable = [code for code in row.because_of if pack.rules[code].compartment in self.compartments]
        return explain_derived(pack, row.code, readable, _language())

    def _gaps(self, pack: Pack, found: FindingSet) -> list[ShownGap]:
        read = [
            (rule, UUID(gap["person"]) if gap.get("person") else None, gap.get("missing", ()))
            for gap in found.not_assessed
            if (rule := pack.rules.get(gap["code"]))
            and rule.severity
            and rule.compartment in self.compartments
        ]
        hidden = hidden_from(self.user).people_in(self.household)
        lacking = {key for _rule, key, _missing in read if key and key not in hidden}
        people = {one.pk: one for one in _people(people=rounded(lacking))}
        return [
            ShownGap(
                in_language(rule.name),
                people.get(key) if key else None,
                rule.dimension,
                self._questions(pack, missing),
            )
            for rule, key, missing in read
            if key not in hidden
        ]

    def _questions(self, pack: Pack, names: Iterable[str]) -> list[str]:
        return [
            in_language(pack.facts[name].label)
            for name in names
            if name in pack.facts and pack.facts[name].compartment in self.compartments
        ]


_people = Prepared(lambda people: Person.objects.filter(pk__in=people).order_by())
_newest = Asked(
    lambda user, household: (
        FindingSet.objects.known_to(user, household)
        .filter(assessment__pack__sets_severity=True)
        .order_by("-assessment__visited_on", "-assessment__submitted_at", "-created_at")
        .select_related("assessment")
        .defer("assessment__instance", "assessment__facts")[:1]
    )
)


def _read(among: Any, user: User, household: UUID, made: UUID, compartments: Any) -> QuerySet[Any]:
    rows: QuerySet[Any] = among.filter(finding_set=made).within(compartments).known_to(user, household)
    return rows.select_related("person")


_of_all = Asked(lambda user, **of: _read(Finding.objects.all(), user, **of))
_of_now = Asked(lambda user, **of: _read(Finding.objects.of_the_living().filter(severity__gt=0), user, **of))

_NATURES = {
    "structural": pgettext_lazy("risk", "structural"),
    "situational": pgettext_lazy("risk", "situational"),
}


def nature_of(rule: Rule | None) -> str:
    """Whether a risk is structural (poverty, housing, disability) or situational, as the methodology proposes."""
    return str(_NATURES.get(rule.nature, "")) if rule else ""


def name_of(found: FindingSet, code: str) -> str:
    """What a code of a finding set is called, in the language of the page."""
    rule = _pack(found.pack_id).rules.get(code)
    return in_language(rule.name) if rule else code


def in_language(text: Any) -> str:
    """A text of a pack in the language of the reader, in Romanian where it has no other."""
    if not hasattr(text, "get"):
        return str(text)
    return str(text.get(_language()) or text.get("ro") or "")


def _language() -> str:
    return "en" if get_language() == "en" else "ro"


def _domain(pack: Pack, key: str) -> str:
    return in_language(pack.dimensions[key]) if key in pack.dimensions else key


@lru_cache(maxsize=32)
def _pack(version_id: UUID) -> Pack:
    """The pack of a version; a version never changes."""
    return pack_of(PackVersion.objects.get(pk=version_id))
