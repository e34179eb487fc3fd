"""Totals of registers: what entries come to, month by month, with bands that a law dates and terms wait for."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest

from punte.accounts.enums import Compartment
from punte.methodology.errors import PackError
from punte.registers.definition import Definition
from punte.registers.reading import read_definition
from punte.registers.totals.definition import Over, months_before
from punte.registers.totals.reckoning import Row, reached, reckoned

TODAY = dt.date(2026, 11, 29)
BILLS = """\
key: bill
version: "1"
title: {ro: Factură, en: Bill}
about: household
period: day
overlap: allowed
fields:
  amount: {type: money, required: yes, label: {ro: Suma, en: Amount}}
  paid: {type: money, label: {ro: Plătit, en: Paid}}
  meter: {type: integer, compartment: health, label: {ro: Contor, en: Meter}}
states:
  due: {ro: de plătit, en: due}
  late: {ro: întârziată, en: late}
  paid: {ro: plătită, en: paid}
totals:
  arrears:
    label: {ro: Restanțe, en: Arrears}
    value: "sum(case when state = 'late' then amount - coalesce(paid, 0) else 0 end)"
    unit: money
    by: month
    bands:
      - {from: 500, name: {ro: m, en: h}, event: bills_high, source: lege, evidence: code, valid_to: 2026-07-01}
      - {from: 800, name: {ro: m, en: h}, event: bills_high, source: lege, evidence: code, valid_from: 2026-07-01}
      - {from: 9000, name: {ro: uriașe, en: huge}, event: bills_huge, source: lege, evidence: memory, active: no}
  missed:
    label: {ro: Câte, en: How many}
    value: "count(case when state = 'late' then 1 end)"
    unit: integer
    over: {months: 3}
line: {ro: "{amount}", en: "{amount}"}
source: propunere
evidence: memory
"""


def register(folder: Path, text: str = BILLS) -> Definition:
    path = folder / "bill.yaml"
    path.write_text(text, encoding="utf-8")
    return read_definition(path, compartments=Compartment.values)


def bill(home, month: int, amount: str, state: str = "late", paid: str = "") -> Row:
    said = {"amount": Decimal(amount)} | ({"paid": Decimal(paid)} if paid else {})
    start = dt.date(2026, month, 5)
    return Row(uuid4(), home, state, start, start + dt.timedelta(days=1), said)


def test_a_total_adds_up_what_counts_and_explains_itself(tmp_path: Path) -> None:
    one, home, other = register(tmp_path), uuid4(), uuid4()
    rows = [
        bill(home, 3, "300.10"),
        bill(home, 9, "600.05", paid="100"),
        bill(home, 10, "77", "paid"),
        bill(other, 10, "8", "due"),
        bill(other, 10, "5000", "withdrawn"),
    ]
    found = reckoned(one, rows, today=TODAY)
    arrears, missed = found[home]
    assert arrears.value == Decimal("800.15")
    assert [part for _key, part in arrears.parts] == [Decimal("500.05"), Decimal("300.10")]
    assert dict(arrears.months)[dt.date(2026, 9, 1)] == Decimal("500.05")
    assert missed.value == 1  # of the last three months
    assert arrears.band == one.totals["arrears"].bands[1]
    assert [total.value for total in found[other]] == [0, 0]
    # By the rule of another day the same debt is otherwise; what nobody has confirmed is no band.
    assert one.totals["arrears"].band_of(Decimal(600), dt.date(2026, 6, 30)) == one.totals["arrears"].bands[0]
    assert one.totals["arrears"].band_of(Decimal(600), TODAY) is None
    assert one.totals["arrears"].events == {"bills_high"}


def test_a_band_is_reached_by_the_entry_that_takes_the_total_there(tmp_path: Path) -> None:
    one, home, other = register(tmp_path), uuid4(), uuid4()
    rows = [
        bill(home, 8, "700"),
        bill(home, 9, "50"),
        bill(home, 10, "60"),
        bill(home, 11, "1"),
        bill(other, 1, "799"),
    ]
    [(band, day)] = reached(one, one.totals["arrears"], rows, today=TODAY)[home]
    assert (band.start, day) == (800, dt.date(2026, 10, 5))
    assert other not in reached(one, one.totals["arrears"], rows, today=TODAY)


@pytest.mark.parametrize(
    ("over", "day", "days"),
    [
        (Over("months", 12), dt.date(2024, 2, 29), (dt.date(2023, 2, 28), dt.date(2024, 3, 1))),
        (Over("month"), dt.date(2026, 12, 31), (dt.date(2026, 12, 1), dt.date(2027, 1, 1))),
        (Over("school_year"), dt.date(2026, 8, 31), (dt.date(2025, 9, 1), dt.date(2026, 9, 1))),
        (Over("calendar_year"), TODAY, (dt.date(2026, 1, 1), dt.date(2027, 1, 1))),
        (Over("running"), TODAY, (TODAY, TODAY + dt.timedelta(days=1))),
    ],
)
def test_a_total_is_over_days(over: Over, day: dt.date, days: tuple[dt.date, dt.date]) -> None:
    assert over.days(day) == days
    assert months_before(dt.date(2026, 3, 31), 1) == dt.date(2026, 2, 28)


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("sum(case when state = 'late' then amount - coalesce(paid, 0) else 0 end)", "amount", "nothing is added up"),
        ("coalesce(paid, 0) else 0 end)", "coalesce(payed, 0) else 0 end)", "unknown name"),
        ("coalesce(paid, 0) else 0 end)", "coalesce(meter, 0) else 0 end)", "not everybody reads"),
        ("else 0 end)", "else sum(paid) end)", "not allowed here"),
        ("'late' then amount", "'lost' then amount", "unknown answer"),
        ("unit: integer", "unit: people", "unit is one of"),
        ("over: {months: 3}", "over: {months: many}", "whole number of months"),
        ("valid_from: 2026-07-01", "valid_from: 2026-02-30", "not a date"),
        ("{from: 800,", "{from: many,", "is a number"),
        ("{from: 800, name: {ro: m, en: h}, event: bills_high, source: lege, evidence: code, valid_from: 2026-07-01",
         "{from: 500, name: {ro: m, en: h}, valid_from: 2026-06-01", "two bands begin"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_total_is_said_with_its_line(
    tmp_path: Path, was: str, now: str, said: str
) -> None:
    assert was in BILLS
    with pytest.raises(PackError) as refused:
        register(tmp_path, BILLS.replace(was, now))
    message = refused.value.message % refused.value.params
    assert said in message
    assert refused.value.line > 15
