"""The night shelters of the demonstration open in the evening and close in the morning."""

import random

import pytest

from punte.demonstration.service_details import invented_details
from punte.directory.models import NomenclatureCode
from tests.factories import ServiceFactory


@pytest.mark.parametrize("code", ["8790 CR-PFA-II", "8790 CR-C-III", "8790 CR-C-II"])
def test_night_shelters_are_open_at_night(db: None, code: str) -> None:
    NomenclatureCode.objects.create(code=code, name="Adăposturi", beneficiaries="Oameni", mode="residential")
    details = invented_details(ServiceFactory(code_id=code), 1, random.Random(1))  # noqa: S311
    night = code != "8790 CR-C-II"
    assert details.fields["always_open"] is not night
    assert {(opens, closes) for _day, opens, closes in details.hours} == (
        {("20:00", "08:00")} if night else set()
    )
