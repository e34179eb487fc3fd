"""The addresses of pages about rows."""

from uuid import uuid4

import pytest
from django import urls
from django.urls import NoReverseMatch

from punte.www.frame.addresses import reverse


@pytest.mark.parametrize("page", ["cases", "case", "case_step", "registers_of"])
def test_they_are_those_of_the_table(page: str) -> None:
    named = {"case": [uuid4()], "case_step": [uuid4(), uuid4()], "registers_of": ["cazuri", uuid4()]}
    for _again in range(2):
        assert reverse(page, named.get(page, [])) == urls.reverse(page, args=named.get(page, []))


def test_there_is_none_of_a_page_that_is_not_there() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("case", ["cazuri"])
