"""A table as it was published, made by hand: a page needs no extract."""

from typing import Any

from punte.statistics.models import Extract, PublishedTable


def a_published_table(organization: Any, *, by: Any, extract: Extract) -> PublishedTable:
    """Of one place, one year, three ages of which the small one is hidden with another."""
    each = {"ro": "Oameni", "en": "People", "hu": "Emberek"}
    place = str(organization.uat_id)
    ages = {code: {"in": "", **dict.fromkeys(each, code)} for code in ("0-17", "18-64", "65+")}
    return PublishedTable.objects.create(
        organization=organization,
        by=by,
        extract=extract,
        key="people_assessed",
        number=1,
        counts="people_assessed",
        words={"title": each, "about": each, "dimensions": {"age": each}, "source": "-", "query": "SELECT 1"},
        coded=[
            ["area", [[place, {"in": "", **dict.fromkeys(each, str(organization.uat))}]]],
            ["year", [["2025", {"in": "", **dict.fromkeys(each, "2025")}]]],
            ["age", list(ages.items())],
        ],
        sums={"area": False, "year": False, "age": True},
        numbers=[
            [place, "2025", "", 40],
            *(
                [place, "2025", code, number]
                for code, number in (("0-17", None), ("18-64", 30), ("65+", None))
            ),
        ],
        certificate={"rule": {"least": 5, "width": 5}, "files": [{"name": "people_assessed-1.csv"}]},
    )
