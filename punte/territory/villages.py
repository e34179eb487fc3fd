"""The villages and parts of towns of the country, as far as `content/reference/localities.csv` knows them."""

import csv
from functools import lru_cache

from django.conf import settings

from punte.kernel.tables.places import Villages


@lru_cache(maxsize=1)
def villages() -> Villages:
    """Every locality within a UAT by its SIRUTA code and its name; read once."""
    path = settings.CONTENT / "reference" / "localities.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return Villages.of((int(row["siruta"]), row["name"], int(row["uat"])) for row in csv.DictReader(file))
