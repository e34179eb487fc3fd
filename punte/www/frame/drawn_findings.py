"""A cell of the table of findings, drawn at once: a page has dozens of them."""

from collections.abc import Callable, Collection
from typing import Any

from django.utils.html import conditional_escape as escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from punte.www.frame.findings import Cell, Line, ShownFinding

Mark = Callable[..., SafeString | str]


def drawn_cell(
    cell: Cell, whose: str, fresh: Collection[ShownFinding], *, tag: Mark, count: Mark
) -> SafeString:
    """What was found of somebody in one domain, folded.

    Args:
        whose: of whom, for who hears the page and does not see its columns.
        fresh: the findings that were not there the time before.
        tag, count: the mark of a severity, alone and with how many findings share it.
    """
    if not cell.lines and not cell.undecided:
        return SafeString("")
    domain = f'<span class="domain">{escape(cell.domain)}</span> '
    undecided = _undecided(cell.undecided) if cell.undecided else ""
    if not cell.lines:
        return SafeString(domain + undecided)
    marks = "".join(f" {count(severity, number)}" for severity, number in cell.marks)
    lines = "".join(
        f'<li id="{escape(line.anchor)}"><div><b>{escape(line.finding.name)}</b> {_nature(line.finding)} '
        f"{_new() if line.finding in fresh else ''} {_why(line)}</div>{tag(line.finding.severity)}</li>"
        for line in cell.lines
    )
    return SafeString(
        f'<details name="found"><summary>{domain}{marks} {undecided} '
        f'<span class="visually-hidden">{escape(whose)}</span></summary><ul class="rows">{lines}</ul></details>'
    )


def _undecided(number: int) -> str:
    said = _("not decided: an answer is missing")
    return (
        f'<span class="tag unknown" title="{said}"><span aria-hidden="true">?</span> {number} '
        f'<span class="visually-hidden">{said}</span></span> '
    )


def _nature(finding: ShownFinding) -> str:
    return f'<span class="muted">· {escape(finding.nature)}</span>' if finding.nature else ""


def _new() -> str:
    return f'<span class="muted">· {_("new since the last assessment")}</span>'


def _why(line: Line) -> str:
    """The answers behind a finding, or where they were said already."""
    before: Any = line.as_in
    if before is not None:
        of = {
            "first": escape(str(before.finding.person or _("The household"))),
            "name": escape(before.finding.name),
        }
        said = _("As said of %(first)s: %(name)s") % of
        return f'<p class="why"><a href="#{escape(before.anchor)}">{said}</a></p>'
    if not line.finding.why:
        return ""
    return f'<p class="why">{_("Because: %(why)s") % {"why": escape(line.finding.why)}}</p>'
