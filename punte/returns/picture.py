"""The picture of an official table: lines over time with the seam, or bars. One SVG for the page and for the paper."""

from collections.abc import Sequence
from decimal import Decimal
from html import escape

from punte.returns.definition import Item
from punte.returns.grids import period_label, plain, spoken
from punte.returns.official import Shown, Value

_COLOURS = ("#0b5b4c", "#1c4d8c", "#7a4d00", "#9a1b1b", "#55605b", "#1b2421")
_DASHES = ("", "6 3", "2 3", "8 3 2 3", "1 3", "10 4")
_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM = 640, 260, 46, 14, 30
_MOST_LINES, _MOST_BARS, _KEY = 6, 14, 18


def picture(view: Shown) -> str:
    """An SVG; empty where there is too little to draw, or words alone."""
    if view.table.in_time:
        return _lines(view) if len(view.periods) > 1 else ""
    return _bars(view)


def _value(view: Shown, item: Item, period: str) -> Value:
    by_column = view.table.lines.of == "periods"
    return view.at("", item.key, period) if by_column else view.at(item.key, "", period)


def _lines(view: Shown) -> str:
    items = view.columns if view.table.lines.of == "periods" else view.lines
    chosen = [one for one in items if any(_value(view, one, period).number for period in view.periods)][
        -_MOST_LINES:
    ]
    numbers = [_value(view, one, period).number or Decimal(0) for one in chosen for period in view.periods]
    if not chosen or not any(numbers):
        return ""
    top, step = float(max(numbers)) or 1.0, (_WIDTH - _LEFT - 16) / max(1, len(view.periods) - 1)
    height = _HEIGHT - _TOP - _BOTTOM

    def across(at: int) -> float:
        return round(_LEFT + at * step, 1)

    def down(number: Decimal) -> float:
        return round(_TOP + height - float(number) / top * height, 1)

    drawn = [
        _text(_LEFT - 6, _TOP + 8, plain(max(numbers)), "end"),
        _text(_LEFT - 6, _TOP + height, "0", "end"),
    ]
    drawn += [_rule(_LEFT, y, _WIDTH - 16, y, "#dcdfd8") for y in (_TOP, _TOP + height / 2, _TOP + height)]
    every = max(1, -(-len(view.periods) // 8))
    for at, period in enumerate(view.periods):
        if at % every == 0:
            drawn.append(_text(across(at), _HEIGHT - 10, period[2:] if len(period) > 5 else period, "middle"))
    if view.computed and view.table.periods:
        seam = round(across(view.periods.index(view.computed[0])) - step / 2, 1)
        drawn.append(_rule(seam, _TOP, seam, _TOP + height, "#7c867f", dash="3 3"))
    for number, item in enumerate(chosen):
        look = f'stroke="{_COLOURS[number]}" stroke-dasharray="{_DASHES[number]}"'
        for run in _runs(view, item):
            points = " ".join(f"{across(at)},{down(value)}" for at, value in run)
            drawn.append(f'<polyline points="{points}" fill="none" stroke-width="2" {look}/>')
            drawn += [
                f'<circle cx="{across(at)}" cy="{down(value)}" r="2.5" fill="{_COLOURS[number]}"/>'
                for at, value in run
            ]
        y = _HEIGHT + number * _KEY + 6
        drawn.append(f'<line x1="{_LEFT}" x2="{_LEFT + 26}" y1="{y}" y2="{y}" stroke-width="2" {look}/>')
        drawn.append(_text(_LEFT + 34, y + 4, spoken(item.label)[:88], "start"))
    return _svg(view, drawn, _HEIGHT + len(chosen) * _KEY + 6)


def _runs(view: Shown, item: Item) -> Sequence[Sequence[tuple[int, Decimal]]]:
    """The stretches without a gap: what was published is not joined to what was counted."""
    runs: list[list[tuple[int, Decimal]]] = [[]]
    for at, period in enumerate(view.periods):
        value = _value(view, item, period)
        if value.number is None or (runs[-1] and value.computed and period == view.computed[0]):
            runs.append([])
        if value.number is not None:
            runs[-1].append((at, value.number))
    return [run for run in runs if run]


def _bars(view: Shown) -> str:
    """The first number of each line, or its total, in the period that is drawn: the newest of which enough is told."""
    column = next(
        (one for one in view.columns if one.key == "total"), view.columns[0] if view.columns else None
    )
    if column is None or column.words:
        return ""
    for period in reversed(view.periods):
        known = [(one, view.at(one.key, column.key, period).number) for one in view.lines if not one.sums]
        told = [(one, number) for one, number in known if number]
        if len(told) > 1:
            break
    else:
        return ""
    told = told[:_MOST_BARS]
    top, row = float(max(number for _one, number in told if number)), 36
    drawn = [_text(0, 12, period_label(view, period), "start")]
    for at, (item, number) in enumerate(told):
        y = 22 + at * row
        width = round(float(number or 0) / top * (_WIDTH - 90), 1)
        drawn.append(_text(0, y + 10, spoken(item.label)[:92], "start"))
        drawn.append(f'<rect x="0" y="{y + 15}" width="{width}" height="12" fill="{_COLOURS[0]}"/>')
        drawn.append(_text(width + 6, y + 25, plain(number), "start"))
    return _svg(view, drawn, 22 + len(told) * row)


def _svg(view: Shown, drawn: Sequence[str], height: int) -> str:
    title = escape(spoken(view.table.title))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{title}" '
        f'font-family="Libertinus Serif, system-ui, sans-serif" font-size="12">{"".join(drawn)}</svg>'
    )


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="#1b2421">{escape(words)}</text>'


def _rule(x1: float, y1: float, x2: float, y2: float, colour: str, dash: str = "") -> str:
    look = f'stroke="{colour}" stroke-dasharray="{dash}"'
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" {look}/>'
