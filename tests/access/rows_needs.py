"""Need and supply: those who see totals; the outlines are for every map."""

from tests.access.rows import Row

ROWS: tuple[Row, ...] = (Row("outlines", {"anonymous|*|case_team": 200}),)
