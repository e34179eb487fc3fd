"""The public site: everybody, with or without an account, is answered the same."""

from tests.access.rows import Row

OPEN = {"anonymous|*|case_team": 200}

ROWS: tuple[Row, ...] = (Row("find_help", OPEN),)
