"""Need and supply: those who see totals; the outlines are for every map."""

from tests.access.rows import Row

TOTALS = {"leaders|planners": 200, "*|case_team": 403}

ROWS: tuple[Row, ...] = (
    Row("outlines", {"anonymous|*|case_team": 200}),
    Row("needs", TOTALS),
    Row("needs_uat", TOTALS, {"siruta": "commune"}),
    Row("needs_where", TOTALS),
    Row("county_board", TOTALS),
    Row("needs_lines", TOTALS),
    Row("opinions", TOTALS),
    Row("lookback", TOTALS),
    Row("lookback_rounds", TOTALS),
    Row("lookback_question", TOTALS, {"key": "severity_of_homes"}),
    Row("needs_extract", TOTALS, {"pk": "extract"}),
)
