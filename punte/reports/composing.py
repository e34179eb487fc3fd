"""From a report to its paper: fixed sentences, what was written, figures put in, tables; and what does not add up."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property

from django.utils import timezone, translation

from punte.accounts.models import User
from punte.annual_plans.papers.content import Block, Column, Part, PlanPaper
from punte.kernel.papers import LANGUAGE
from punte.organizations.models import Organization
from punte.programmes.claims import Judged, named
from punte.programmes.definition import Node
from punte.registers.actions.writing import in_words
from punte.reports import definition as content
from punte.reports.figures import DASH, number, totals_of
from punte.reports.filling import table_block
from punte.reports.models import Report, ReportDraft
from punte.reports.of_programmes import NOT_CARRIED, SIGNS
from punte.reports.opened import Open
from punte.reports.photographs import Placed, placed_in
from punte.reports.reading import NAMED, names_in

_ITEM = "- "
_LONGEST_TITLE = 300


@dataclass(frozen=True)
class Place:
    """One place of a report where somebody may write.

    Attributes:
        key: of the part; of an action, with its code after a colon.
        level: of its heading.
        told: the tables that stand there, filled.
        against: the claims of the action that its figures do not carry.
        term: of the action, in words.
        photographs: those that stand there today, and what the account put there that was taken off.
    """

    key: str
    title: str
    level: int
    part: content.Part
    node: Node | None = None
    draft: ReportDraft | None = None
    told: tuple[Block, ...] = ()
    against: tuple[Judged, ...] = ()
    term: str = ""
    photographs: tuple[Placed, ...] = ()

    @property
    def writes(self) -> bool:
        """Whether something is to be written here."""
        return self.part.write and (self.node.is_work if self.node else not self.part.each)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written yet where something is to be."""
        return self.writes and (self.draft is None or not self.draft.text.strip())


@dataclass
class Composed:
    """A report laid open before one account: its places in order, and the figures that sentences name."""

    report: Report
    kind: content.ReportKind
    user: User
    drafts: Mapping[str, ReportDraft] = field(default_factory=dict)

    @classmethod
    def of(cls, report: Report, kind: content.ReportKind, user: User) -> "Composed":
        """With what was written so far."""
        drafts = {one.part: one for one in report.drafts.select_related("by")}
        return cls(report, kind, user, drafts)

    @cached_property
    def open(self) -> Open:
        """What tables are filled from."""
        counts = self.report.figures
        totals = totals_of(self.kind, self.report.organization_id, self.report.end)
        return Open(
            self.report, self.kind, self.user, {**counts, **{name: {"": v} for name, v in totals.items()}}
        )

    @cached_property
    def figures(self) -> dict[str, str]:
        """By the name that a sentence puts in what it says today."""
        report = self.report
        programme = report.programme
        found = {
            "institutia": report.organization.name,
            "despre": programme.title
            if programme
            else report.service.name
            if report.service
            else report.organization.name,
            "lider": programme.tree.lead if programme else report.organization.name,
            "inceput": f"{report.start:%d.%m.%Y}",
            "sfarsit": f"{report.end:%d.%m.%Y}",
            "an": str(report.end.year),
            "azi": f"{timezone.localdate():%d.%m.%Y}",
            "extras": report.extract or DASH,
        }
        found |= {name: number(value.get("")) for name, value in self.open.numbers.items()}
        if programme is not None:
            found |= {name: number(value) for name, value in programme.tree.facts.items()}
        for code, has in self.open.achieved.items():
            name = named(code)
            found |= {
                f"tinta_{name}": number(has.indicator.goal),
                f"realizat_{name}": f"{SIGNS.get(has.bound, has.bound)}{number(has.value)}",
                f"procent_{name}": DASH if has.percent is None else f"{has.percent}%",
            }
        return found

    def nearby(self, place: Place) -> list[tuple[str, str, str]]:
        """The figures of a place: name, what it counts, what it says today; of an action those of its indicators."""
        if place.node is None:
            return [
                (name, in_words(one.label), self.figures.get(name, DASH))
                for name, one in self.kind.figures.items()
            ]
        found = []
        for code, has in self.open.achieved.items():
            if has.indicator.node == place.node.code:
                name = named(code)
                for word, said in (("tinta", "țintă"), ("realizat", "realizat"), ("procent", "procent")):
                    key = f"{word}_{name}"
                    found.append((key, f"{has.indicator.name}: {said}", self.figures[key]))
        facts = self.report.programme.tree.facts if self.report.programme else {}
        ending = f"_{named(place.node.code)}"
        return found + [
            (name, "scris în sursă", self.figures[name]) for name in facts if name.endswith(ending)
        ]

    @cached_property
    def places(self) -> list[Place]:
        """All parts in order, with those of the actions below theirs."""
        with translation.override(LANGUAGE):
            return [one for part in self.kind.parts for one in self._places(part)]

    def _places(self, part: content.Part) -> Iterator[Place]:
        title = in_words(part.title)
        if not part.each:
            blocks = [table_block(self.open, table) for table in part.tables]
            told = tuple(block for block in blocks if block)
            yield Place(
                part.key, title, 2, part,
                draft=self.drafts.get(part.key),
                told=told,
                photographs=self._photographs.get(part.key, ()),
            )  # fmt: skip
            return
        yield Place(part.key, title, 2, part)
        yield from self._of_actions(part)

    def _of_actions(self, part: content.Part) -> Iterator[Place]:
        """Those of the programme's tree: where something is written or told, and what stands above it."""
        programme = self.report.programme
        assert programme is not None, "only a programme has actions"
        tree = programme.tree
        told: dict[str, tuple[Block, ...]] = {}
        for node in tree.nodes:
            blocks = [table_block(self.open, table, node.code) for table in part.tables]
            told[node.code] = tuple(block for block in blocks if block)
        wanted = [node for node in tree.nodes if told[node.code] or (part.write and node.is_work)]
        shown = {above.code for node in wanted for above in tree.path(node.code)}
        for node in tree.nodes:
            if node.code in shown:
                key = f"{part.key}:{node.code}"
                yield Place(
                    key=key,
                    title=f"{node.code}. {node.title}",
                    level=min(2 + len(tree.path(node.code)), 4),
                    part=part,
                    node=node,
                    draft=self.drafts.get(key),
                    told=told[node.code],
                    against=tuple(one for one in self.against if one.claim.node == node.code),
                    term=tree.term(node).words() if node.is_work else "",
                    photographs=self._photographs.get(key, ()),
                )

    @cached_property
    def _photographs(self) -> dict[str, tuple[Placed, ...]]:
        found: dict[str, tuple[Placed, ...]] = {}
        for one in placed_in(self.report, self.user):
            part = one.photograph.part
            found[part] = (*found.get(part, ()), one)
        return found

    def writes_in(self, key: str) -> bool:
        """Whether somebody writes in the part of that key; nothing is filled for it."""
        part, programme = self.kind.part(key), self.report.programme
        code = key.partition(":")[2]
        node = programme.tree.by_code.get(code) if programme and code else None
        if part is None or not part.write or part.each != bool(code):
            return False
        return node is not None and node.is_work if part.each else True

    @cached_property
    def against(self) -> list[Judged]:
        """The claims that the programme's own figures contradict, or that rest on no figure."""
        return [one for one in self.open.claims if one.verdict in NOT_CARRIED]

    @property
    def empty(self) -> list[Place]:
        """Where something is to be written and is not."""
        return [one for one in self.places if one.is_empty]

    @property
    def unknown(self) -> list[str]:
        """The figures that a draft or a sentence names and that say nothing today."""
        texts = [one.draft.text for one in self.places if one.draft]
        texts += [text for part in self.kind.parts for text in part.text]
        names = dict.fromkeys(name for text in texts for name in names_in(text))
        return [name for name in names if self.figures.get(name, DASH) == DASH]

    def said(self, text: str) -> str:
        """A text with its figures put in."""
        return NAMED.sub(lambda match: self.figures.get(match[1], DASH), text)

    def paper(self, *, issued: str = "") -> PlanPaper:
        """The report as it is printed.

        Args:
            issued: what stands above an issued one; without it the paper says that it is a draft.
        """
        with translation.override(LANGUAGE):
            parts: list[Part] = [Part(False, list(self._opening()))]
            for place in self.places:
                blocks = list(self._blocks(place, is_draft=not issued))
                # Only a table asks for wide pages; who has none stays on the page that is there.
                wide = place.part.landscape if place.told or not place.part.landscape else parts[-1].landscape
                if blocks and wide != parts[-1].landscape:
                    parts.append(Part(wide, []))
                parts[-1].blocks.extend(blocks)
            if self.kind.signatures:
                people = [[role, ""] for role in self.kind.signatures]
                if parts[-1].landscape:
                    parts.append(Part(False, []))
                parts[-1].blocks.append(Block(kind="signatures", people=people))
            organization: Organization = self.report.organization
            return PlanPaper(
                title=f"{self.kind.title['ro']}: {self.report.programme or self.report.service or organization}",
                institution=organization.name,
                decision=issued,
                annex=f"{organization.name}\n{issued}".strip(),
                parts=parts,
                is_report=True,
            )

    def _opening(self) -> Iterator[Block]:
        figures = self.figures
        about = "" if figures["despre"] == figures["institutia"] else f"{figures['despre']}. "
        yield Block(
            kind="paragraph", text=f"{about}Pentru perioada {figures['inceput']}–{figures['sfarsit']}."
        )
        if self.kind.basis:
            yield Block(kind="paragraph", text=f"Temei: {'; '.join(self.kind.basis)}.")
        if self.report.extract:
            yield Block(
                kind="paragraph",
                text=f"Cifrele numărate vin toate din extrasul {self.report.extract}; cele mai mici decât pragul de"
                " publicare sunt înlocuite cu o liniuță.",
            )

    def _blocks(self, place: Place, *, is_draft: bool) -> Iterator[Block]:
        """What is printed of a place; nothing of one that left empty."""
        shown = [one.photograph for one in place.photographs if one.stands]
        bare = place.is_empty and not place.told and not shown and not place.term
        if bare and not is_draft and not place.part.text:
            return
        yield Block(kind="heading", text=_shortened(place.title), level=place.level)
        if place.term and len(place.title) > _LONGEST_TITLE:
            yield Block(kind="paragraph", text=place.title)
        if place.term:
            yield Block(kind="paragraph", text=f"Termen: {place.term}.")
        for text in () if place.node else place.part.text:
            yield from _paragraphs(self.said(text))
        if place.draft is not None:
            yield from _paragraphs(self.said(place.draft.text))
        if place.is_empty and is_draft:
            yield Block(kind="paragraph", text="[De scris.]")
        for photograph in shown:
            yield Block(kind="picture", text=photograph.caption, label=str(photograph.pk))
        for block in place.told:
            if block.text and place.node is None:
                yield Block(kind="paragraph", text=f"{block.text}:")
            yield block
        if place.part.tables and not place.told and not place.part.each:
            yield Block(kind="paragraph", text="Nimic înscris în această perioadă.")


def _shortened(title: str) -> str:
    if len(title) <= _LONGEST_TITLE:
        return title
    return title[:_LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _paragraphs(text: str) -> Iterator[Block]:
    for line in text.splitlines():
        said = line.strip()
        if said.startswith(_ITEM):
            yield Block(kind="item", label="•", text=said.removeprefix(_ITEM), level=1)
        elif said:
            yield Block(kind="paragraph", text=said)


def frozen(paper: PlanPaper) -> str:
    """A paper as JSON, from which it comes again."""
    return json.dumps(asdict(paper), ensure_ascii=False)


def thawed(text: str) -> PlanPaper:
    """A paper from its JSON."""
    told = json.loads(text)
    told["parts"] = [
        Part(one["landscape"], [_block(block) for block in one["blocks"]]) for one in told["parts"]
    ]
    return PlanPaper(**told)


def _block(told: dict[str, object]) -> Block:
    columns = [Column(**one) for one in told.pop("columns")]  # type: ignore[attr-defined]
    return Block(**told, columns=columns)  # type: ignore[arg-type]
