"""The subset of SQL in which conditions are written: what it has, and that it has nothing else."""

from __future__ import annotations

import pytest

from punte.methodology.expressions import ExpressionError, Symbol, read_expression

SYMBOLS = {
    "age": Symbol("number"),
    "water": Symbol("choice", frozenset({"none", "yard"})),
    "damp": Symbol("boolean"),
    "born": Symbol("date"),
}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("age < 14 and not damp", "boolean"),
        ("water in ('none', 'yard') or damp is not null", "boolean"),
        ("coalesce(water <> 'none', true)", "boolean"),
        ("age between 3 and 5", "boolean"),
        ("(case when damp then 1 else 0 end) + 2 * age", "number"),
        ("full_years(born, date '2026-01-01') >= 18", "boolean"),
        ("full_days(born, date '2026-01-01')", "number"),
        ("-age / 2", "number"),
        ("born < date '2025-03-01'", "boolean"),
    ],
)
def test_the_subset_is_understood(text: str, kind: str) -> None:
    assert read_expression(text, SYMBOLS).kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "", "1 +", "age <", "age; drop table household", "age union select 1", "(select 1)", "exists (select 1)",
        "age in (select 1)", "age from household", "age where damp", "distinct age", "*", "age, damp", "household.age",
        "height > 1", "length(water) > 1", "read_csv('/etc/passwd')", "getenv('HOME') = 'x'", "age::varchar = '1'",
        "age = ?", "age = $1", "water like 'n%'", "water ~ 'n'", "water || 'x' = 'y'", "age % 2 = 1",
        "age is distinct from 3", "water = 'river'", "water < 'none'", "damp > true", "age = water", "not age",
        "damp and water", "case age when 1 then damp end", "date 'yesterday' < born", "findings_at_least(1, 3)",
        "full_years(age, born)", "full_years(born)", "sum(age) > 1", "age over () > 1", "[age]", "{'a': age}",
        "born + 1 > born", "interval 1 day", "lambda x: x", "age limit 1", "age order by 1", "age AS b",
    ],
)  # fmt: skip
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError):
        read_expression(text, SYMBOLS)


def test_names_are_quoted_and_listed() -> None:
    expression = read_expression("age < 14 and not damp -- a remark", SYMBOLS)
    assert expression.sql == '"age" < 14 AND NOT "damp"'
    assert set(expression.reads) == {"age", "damp"}
