"""The addresses of pages about rows."""

from uuid import uuid4

import pytest
from django.urls import NoReverseMatch, reverse

from punte.www.frame.addresses import address_of


@pytest.mark.parametrize("page", ["cases", "case", "case_step", "registers_of"])
def test_they_are_those_of_the_table(page: str) -> None:
    named = {"case": [uuid4()], "case_step": [uuid4(), uuid4()], "registers_of": ["cazuri", uuid4()]}
    for _again in range(2):
        assert address_of(page, *named.get(page, [])) == reverse(page, args=named.get(page, []))


def test_there_is_none_of_a_page_that_is_not_there() -> None:
    with pytest.raises(NoReverseMatch):
        address_of("case", "cazuri")
