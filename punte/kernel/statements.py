"""How PostgreSQL's statements are kept: parsed and planned once for each connection."""

from functools import lru_cache
from typing import Any

from psycopg import _queries

# More than the pages of a day ask. Of psycopg's own 100 each was given up before it was asked again.
_KEPT = 1_000

# psycopg keeps 128 texts with their places, and none of more than 50 values; it has no other way to say more.
_queries._query2pg = lru_cache(maxsize=_KEPT)(_queries._query2pg_nocache)
_queries.MAX_CACHED_STATEMENT_LENGTH = 100_000
_queries.MAX_CACHED_STATEMENT_PARAMS = 1_000


def keep_statements(connection: Any, **_of_signal: Any) -> None:
    """What a new connection asks stays prepared."""
    connection.connection.prepared_max = _KEPT
