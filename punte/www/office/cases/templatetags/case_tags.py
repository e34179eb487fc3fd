"""The marks of a case: severity, status of a referral, free places of a service."""

from collections.abc import Collection
from functools import lru_cache
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from punte.cases.enums import ReferralStatus, Regime
from punte.directory.services.places_in_words import free_in_words
from punte.www.frame.drawn_findings import drawn_cell
from punte.www.frame.findings import Cell, ShownFinding

register = template.Library()


_SEVERITY = {
    3: ("severe", "▲", lambda: gettext("severe")),
    2: ("moderate", "◆", lambda: gettext("moderate")),
    1: ("watch", "●", lambda: gettext("to watch")),
}


@register.filter
def severity_tag(severity: int | None) -> SafeString | str:
    """The mark of a severity: shape, colour and word; nothing for what only describes."""
    return _tag(severity, get_language()) if severity in _SEVERITY else ""


@register.filter
def case_mark(case: Any) -> SafeString | str:
    """As `severity_tag`, of a case: a child at severe risk before all else."""
    return _child_tag(get_language()) if case.severe_child else severity_tag(case.severity)


@lru_cache
def _tag(severity: int, _language: str | None) -> SafeString:
    style, shape, word = _SEVERITY[severity]
    return format_html(
        '<span class="tag {}"><span aria-hidden="true">{}</span> {}</span>', style, shape, word()
    )


@lru_cache
def _child_tag(_language: str | None) -> SafeString:
    words = gettext("child, severe")
    return format_html('<span class="tag severe"><span aria-hidden="true">▲</span> {}</span>', words)


_REGIME = {
    Regime.STANDARD: lambda: gettext("standard"),
    Regime.INTENSIVE: lambda: gettext("intensive"),
    Regime.MONITORING: lambda: gettext("monitoring"),
}


@register.filter
def regime_briefly(regime: str) -> str:
    """A regime in one word, for a column of them."""
    return _REGIME[Regime(regime)]()


@register.filter
def severity_count(severity: int, count: int) -> SafeString | str:
    """A severity with how many findings share it, as beside the name of a member."""
    return _count(severity, count, get_language()) if severity in _SEVERITY else ""


@lru_cache(maxsize=1000)
def _count(severity: int, count: int, _language: str | None) -> SafeString:
    style, shape, word = _SEVERITY[severity]
    return format_html(
        '<span class="tag {}" title="{}"><span aria-hidden="true">{}</span> {}'
        '<span class="visually-hidden"> {}</span></span>',
        style,
        word(),
        shape,
        count,
        word(),
    )


@register.simple_tag
def finding_cell(cell: Cell, whose: str, fresh: Collection[ShownFinding]) -> SafeString:
    """What was found of somebody in one domain."""
    return drawn_cell(cell, whose, fresh or (), tag=severity_tag, count=severity_count)


_REFERRAL: dict[str, tuple[str, str]] = {
    ReferralStatus.SENT: ("plain", "→"),
    ReferralStatus.ACCEPTED: ("calm", "✓"),
    ReferralStatus.DONE: ("calm", "✓"),
    ReferralStatus.REFUSED: ("moderate", "◆"),
    ReferralStatus.WITHDRAWN: ("plain", "–"),
}


@register.filter
def referral_tag(referral: object) -> SafeString:
    """The status of a referral, with its shape."""
    style, shape = _REFERRAL[str(referral.status)]  # type: ignore[attr-defined]
    return format_html(
        '<span class="tag {}"><span aria-hidden="true">{}</span> {}</span>',
        style,
        shape,
        referral.get_status_display(),  # type: ignore[attr-defined]
    )


@register.filter
def free_places(service: object) -> SafeString:
    """How many places a service has free, as its provider last said; plainly unknown where nobody said."""
    free = getattr(service, "free", None)
    if free is None:
        return format_html('<span class="tag plain">{}</span>', gettext("free places not known"))
    tone, sign = ("calm", "✓") if free > 0 else ("moderate", "◆")
    return format_html(
        '<span class="tag {}"><span aria-hidden="true">{}</span> {}</span>',
        tone,
        sign,
        free_in_words(service),
    )
