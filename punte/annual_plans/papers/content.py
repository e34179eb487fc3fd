"""The annual plan as a paper: headings, points and tables in the order of Ordin 1086/2018, ready to print.

Both the PDF and the DOCX are made from what `plan_paper` returns, so that they say the same.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from punte.annual_plans.content import BudgetedLine, PlanContent, ServiceLine, TextLine, TrainingLine
from punte.annual_plans.enums import BUDGETS, Section
from punte.annual_plans.frame import frame
from punte.annual_plans.models import PlanVersion
from punte.annual_plans.papers.numbers import DASH, capacity, code, lei, occupancy, thousand

Kind = Literal["heading", "paragraph", "item", "fact", "table", "signatures", "picture"]


@dataclass(frozen=True)
class Column:
    """A column: its title, the title that it shares with its neighbours, its share of the width, and its side."""

    title: str
    group: str = ""
    width: float = 1.0
    right: bool = False


@dataclass(frozen=True)
class Block:
    """A piece of the paper. A table has `columns`, `rows` and `totals`; the rest have `text`.

    A picture has the name by which it is handed over as `label`, and what it shows as `text`. A fact, which only a DOCX
    has, is its `label` and what it is.
    """

    kind: Kind
    text: str = ""
    label: str = ""
    level: int = 0
    columns: list[Column] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    totals: list[list[str]] = field(default_factory=list)
    people: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True)
class Part:
    """Pages of one orientation."""

    landscape: bool
    blocks: list[Block]


@dataclass(frozen=True)
class PlanPaper:
    """The whole paper; `decision` is empty for a draft. In a report the head of a number stands over the numbers."""

    title: str
    institution: str
    decision: str
    annex: str
    parts: list[Part]
    is_report: bool = False


def plan_paper(content: PlanContent, *, version: PlanVersion | None = None) -> PlanPaper:
    """Lay out a plan.

    Args:
        version: the approval that it is printed for; without one the paper says that it is a draft.
    """
    decision = _decision(version) if version else ""
    return PlanPaper(
        title=content.title,
        institution=content.organization,
        decision=decision,
        annex=str(frame()["annex"]).format(decision=decision) if decision else "",
        parts=[
            Part(False, [*_preamble(content)]),
            Part(True, [_heading(frame()["chapters"]["one"], 2), *_existing(content), *_proposed(content)]),
            Part(
                False,
                [
                    *_contracting(content),
                    *_subsidies(content),
                    *_information(content),
                    *_training(content),
                    *_signatures(content),
                ],
            ),
        ],
    )


def _decision(version: PlanVersion) -> str:
    day: dt.date | None = version.decided_on
    return version.decision + (f" din {day:%d.%m.%Y}" if day else "")


def _heading(text: str, level: int) -> Block:
    return Block("heading", text=text, level=level)


def _preamble(content: PlanContent) -> Iterable[Block]:
    yield Block("paragraph", text=frame()["preamble"])
    grounds = content.texts(Section.LEGAL_BASIS)
    for at, line in enumerate(grounds, start=1):
        last = at == len(grounds)
        text = _with_detail(line)
        if last and content.consulted:
            text += ": " + ", ".join(one.name for one in content.consulted)
        yield Block("item", label=f"{line.label or at}.", text=text + ("." if last else ";"), level=1)
    contents = content.texts(Section.CONTENTS)
    if contents:
        yield Block("paragraph", text=str(frame()["contents"]).format(title=content.title))
        for at, line in enumerate(contents, start=1):
            yield Block("item", label=f"{line.label or at}.", text=_with_detail(line), level=1)


def _with_detail(line: TextLine) -> str:
    """A point with what is said of it: „lista furnizorilor… - se actualizează lunar”, „Telefonul verde: -”."""
    if not line.detail:
        return line.text
    if line.detail == DASH:
        return f"{line.text}: {DASH}"
    return f"{line.text} - {line.detail}" if line.text else line.detail


def _budget_columns(group: str, width: float) -> list[Column]:
    return [Column(title, group, width, right=True) for title in frame()["budget_sources"].values()]


def _budgets(line: BudgetedLine) -> list[str]:
    return [thousand(amount) for amount in line.budgets.values()]


def _sums(lines: Sequence[BudgetedLine]) -> list[Decimal]:
    return [sum((getattr(line, name) or Decimal(0) for line in lines), Decimal(0)) for name in BUDGETS]


def _existing(content: PlanContent) -> Iterable[Block]:
    words = frame()["existing"]
    reference = str(words["reference"]).format(reference_year=content.year - 1)
    yield _heading(frame()["sections"]["existing"], 3)
    columns = [
        Column(words["number"], width=0.45),
        Column(words["provider"], width=2.3),
        Column(words["service"], width=3.6),
        Column(words["capacity"], reference, 0.8),
        Column(words["occupancy"], reference, 0.75, right=True),
        *_budget_columns(words["budgets"], 0.85),
    ]
    yield Block(
        "table",
        text=frame()["sections"]["existing"],
        columns=columns,
        rows=list(_service_rows(content.services)),
        totals=_totals(content.services, before=5),
    )


def _service_rows(lines: Sequence[ServiceLine]) -> Iterable[list[str]]:
    before: tuple[int | None, str] | None = None
    for line in lines:
        first = before != (line.number, line.provider)
        before = line.number, line.provider
        coded = " - ".join(part for part in (line.name, code(line)) if part)
        yield [
            f"{line.number}." if first and line.number else "",
            line.provider if first else "",
            " ".join(part for part in (coded, line.remark) if part),
            capacity(line),
            occupancy(line),
            *_budgets(line),
        ]


def _totals(lines: Sequence[BudgetedLine], *, before: int, after: int = 0) -> list[list[str]]:
    sums, words = _sums(lines), frame()["totals"]
    if not lines:
        return []
    blank = [""] * after
    return [
        [words["thousand"], *[""] * (before - 1), *(thousand(amount) for amount in sums), *blank],
        [words["lei"], *[""] * (before - 1), *(lei(amount) for amount in sums), *blank],
    ]


def _proposed(content: PlanContent) -> Iterable[Block]:
    words = frame()["proposed"]
    yield _heading(frame()["sections"]["proposed"], 3)
    columns = [
        Column(words["service"], width=1.8),
        Column(words["code"], width=1.2),
        Column(words["beneficiaries"], width=1.4),
        Column(words["per_day"], words["needed"], 0.8),
        Column(words["places"], words["needed"], 0.8),
        Column(words["area"], width=0.9, right=True),
        Column(words["staff"], width=1.9),
        *_budget_columns(words["budgets"], 0.85),
        Column(words["justification"], width=1.3),
    ]
    rows = [
        [
            line.name,
            code(line),
            line.beneficiaries,
            line.per_day_printed or str(line.per_day or DASH),
            line.places_printed or str(line.places or DASH),
            DASH if line.area is None else f"{line.area.normalize():f}".replace(".", ","),
            line.staff or DASH,
            *_worded(line.budget_words, _budgets(line)),
            line.justification or DASH,
        ]
        for line in content.proposed
    ]
    totals = (
        _totals(content.proposed, before=7, after=1) if any(one.total for one in content.proposed) else []
    )
    yield Block("table", text=frame()["sections"]["proposed"], columns=columns, rows=rows, totals=totals)


def _worded(words: str, budgets: list[str]) -> list[str]:
    """The first amount gives way to words that stand in its place."""
    return [words, *budgets[1:]] if words and budgets[0] == DASH else budgets


def _contracting(content: PlanContent) -> Iterable[Block]:
    yield _heading(frame()["sections"]["contracting"], 3)
    for line in content.texts(Section.CONTRACTING):
        level = len(line.label) if set(line.label) == {"-"} else 0
        text = _with_detail(line)
        yield Block("item", label=DASH, text=text, level=level) if level else Block("paragraph", text=text)
    if content.grants_budget is not None:
        sentence = str(frame()["grants"]).format(
            year=content.year, thousand=thousand(content.grants_budget), lei=lei(content.grants_budget)
        )
        yield Block("paragraph", text=sentence)


def _subsidies(content: PlanContent) -> Iterable[Block]:
    sections, words = frame()["sections"], frame()["eligible"]
    points = {line.label: line for line in content.texts(Section.SUBSIDY_EXPENSES)}
    yield _heading(sections["subsidies"], 3)
    yield _heading(str(sections["eligible"]).format(year=content.year), 4)
    yield Block(
        "table",
        text=str(sections["eligible"]).format(year=content.year),
        columns=[
            Column(words["number"], width=0.4),
            Column(words["name"], width=2.6),
            Column(words["beneficiaries"], width=2.2),
            Column(words["code"], width=1.4),
        ],
        rows=[
            [f"{line.number}." if line.number else "", line.name, line.beneficiaries, code(line)]
            for line in content.eligible
        ],
    )
    for point, name in (("2", "subsidy_expenses"), ("3", "subsidy_budget")):
        if point in points:
            yield Block("item", label=f"{point}.", text=_with_detail(points[point]), level=1)
        else:
            yield _heading(sections[name], 4)
    yield _subsidy_table(content, {label: line.text for label, line in points.items()})


def _subsidy_table(content: PlanContent, titles: dict[str, str]) -> Block:
    words, totals = frame()["subsidies"], frame()["totals"]
    whole = sum((line.amount or Decimal(0) for line in content.subsidies), Decimal(0))
    printed = content.subsidy_budget
    return Block(
        "table",
        text=frame()["sections"]["subsidy_budget"],
        columns=[
            Column(words["number"], width=0.5),
            Column(f"3.a) {titles['3.a']}" if "3.a" in titles else words["code"], width=2.2),
            Column(f"3.b) {titles['3.b']}" if "3.b" in titles else words["amount"], width=2.6, right=True),
        ],
        rows=[
            [
                f"{line.number}." if line.number else "",
                " ".join(part for part in (line.cpv, code(line)) if part),
                lei(line.amount),
            ]
            for line in content.subsidies
        ],
        totals=[
            [totals["rows_lei"], "", lei(whole)],
            [totals["rows_thousand"], "", thousand(whole)],
            *([[words["total"], "", f"{lei(printed)} LEI"]] if printed is not None else []),
        ],
    )


def _information(content: PlanContent) -> Iterable[Block]:
    yield _heading(frame()["chapters"]["two"], 2)
    texts = content.texts(Section.INFORMATION)
    for point, title in frame()["information"].items():
        yield _heading(title, 3)
        for line in texts:
            if line.label.split(".")[0] == point:
                yield _point(line)
        if point == "4":
            yield _campaigns(content)


def _point(line: TextLine) -> Block:
    """A point of a list by its last mark: „a)”, „(i)”; a dash where it is only numbered."""
    parts = line.label.split(".")
    if len(parts) == 1:
        return Block("paragraph", text=_with_detail(line) if line.text else line.detail)
    mark = parts[-1]
    label = DASH if mark.isdigit() else f"({mark})" if len(parts) > 2 else f"{mark})"
    return Block("item", label=label, text=_with_detail(line), level=len(parts) - 1)


def _campaigns(content: PlanContent) -> Block:
    words = frame()["campaigns"]
    return Block(
        "table",
        text=frame()["information"]["4"],
        columns=[
            Column(words["number"], width=0.4),
            Column(words["name"], width=1.8),
            Column(words["objectives"], width=2.6),
            Column(words["period"], width=0.9),
            Column(words["responsible"], width=1.5),
        ],
        rows=[
            [f"{one.number}." if one.number else "", one.name, one.objectives, one.period, one.responsible]
            for one in content.campaigns
        ],
    )


def _training(content: PlanContent) -> Iterable[Block]:
    words, points = frame()["training"], frame()["methodology"]
    texts = content.texts(Section.METHODOLOGY)
    own = [line for line in content.training if not line.label.startswith("c.")]
    taught = [line for line in content.training if line.label.startswith("c.")]
    yield _heading(frame()["chapters"]["three"], 2)
    for point, title in points.items():
        lines = [line for line in texts if line.label == point]
        yield _heading(title, 3 if len(point) == 1 else 4)
        if point == "1.a" and own:
            amount = str(words["amount_own"]).format(year=content.year)
            yield _training_table(own, [words["category"], words["persons_own"], amount])
        if point == "1.c" and taught:
            yield _training_table(
                taught, [words["label"], words["category"], words["persons"], words["amount"]]
            )
            for note in texts:
                if note.label == "1.c.nota":
                    yield Block("paragraph", text=f"*) Notă: {note.text}")
        for line in lines:
            listed = len(lines) > 1
            text = _with_detail(line) if line.text else line.detail
            yield Block("item", label=DASH, text=text, level=1) if listed else Block("paragraph", text=text)


def _training_table(lines: Sequence[TrainingLine], titles: list[str]) -> Block:
    labelled = len(titles) == 4  # noqa: PLR2004
    widths = [0.5, 2.6, 1.0, 1.4] if labelled else [2.6, 1.4, 1.4]
    rows = [
        [
            *([line.label] if labelled else []),
            line.category,
            str(line.persons or DASH),
            line.budget_words if line.amount is None and line.budget_words else thousand(line.amount),
        ]
        for line in lines
    ]
    whole = sum((line.amount or Decimal(0) for line in lines), Decimal(0))
    blank, totals = [""] * (len(titles) - 2), frame()["totals"]
    return Block(
        "table",
        text=frame()["methodology"]["1.c" if labelled else "1.a"],
        columns=[
            Column(title, width=width, right=at >= len(titles) - 2)
            for at, (title, width) in enumerate(zip(titles, widths, strict=True))
        ],
        rows=rows,
        totals=[[totals["thousand"], *blank, thousand(whole)], [totals["lei"], *blank, lei(whole)]],
    )


def _signatures(content: PlanContent) -> Iterable[Block]:
    lines = content.texts(Section.SIGNATURES)
    people = [[line.label, line.text] for line in lines if line.label]
    below = " ".join(_with_detail(line) for line in lines if not line.label)
    if people or below:
        yield Block("signatures", text=below, people=people)
