"""The manual inside the product: its pages, what they lead to, and what each page of the office leads to in it."""

import re
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from punte.accounts.enums import Role
from punte.www.frame.help import MANUAL, PARTS, has_part, help_url
from punte.www.manual.rendering import page_named, pages
from tests.access.walk import every_name
from tests.factories import worker
from tests.journeys.pages import SHEETS

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(worker(Role.TRAINEE))
    return client


def anchors(html: str) -> set[str]:
    return set(re.findall(r'<h\d id="([^"]+)"', html))


@pytest.mark.parametrize("name", [name for name in pages() if name != "README"])
def test_a_page_is_shown_with_its_sections_and_without_its_signs(client: Client, name: str) -> None:
    answer = client.get(reverse("manual_page", args=[name]))
    assert answer.status_code == 200
    page = answer.context["page"]
    assert answer.text.count("<h1") == 1 and page.title in answer.text
    assert {heading.anchor for heading in page.headings} <= anchors(answer.text)
    assert "style=" not in page.html and "\n## " not in page.html and "](" not in page.html


@pytest.mark.parametrize("name", pages())
def test_whatever_a_page_links_is_there(client: Client, name: str) -> None:
    html = str(page_named(name).html)  # type: ignore[union-attr]
    here = reverse("manual") if name == "README" else reverse("manual_page", args=[name])
    for link in re.findall(r'href="([^"]*)"', html):
        url, _mark, section = link.partition("#")
        if url.startswith("https://"):
            continue
        answer = client.get(url or here)
        assert answer.status_code == 200, link
        assert not section or unquote(section) in anchors(answer.text), link
    for source in re.findall(r'src="([^"]*)"', html):
        answer = client.get(source)
        assert answer.status_code == 200 and answer["Content-Type"] == "image/png", source


def test_the_contents_lead_to_every_page(client: Client) -> None:
    contents = client.get(reverse("manual")).text
    for name in set(pages()) - {"README"}:
        assert f'href="{reverse("manual_page", args=[name])}"' in contents, name


def test_what_is_not_there_is_not_found(client: Client) -> None:
    assert client.get("/manual/nimic/").status_code == 404
    assert client.get("/manual/pictures/nimic.png").status_code == 404
    assert client.get("/manual/README/").url == reverse("manual")


def test_it_is_for_who_works_here() -> None:
    assert reverse("account_login") in Client().get(reverse("manual")).url


@pytest.mark.parametrize("part", PARTS)
def test_each_part_that_is_named_is_there(part: str) -> None:
    name, _mark, section = part.partition("#")
    assert name in pages()
    assert not section or section in anchors(str(page_named(name).html))  # type: ignore[union-attr]


def test_every_page_of_the_office_has_its_part_of_the_manual() -> None:
    of_the_office = {sheet.name for sheet in SHEETS if sheet.who != "nobody"}
    assert not [name for name in sorted(of_the_office) if not has_part(name)]


def test_every_name_in_the_table_is_of_a_page_that_is_there() -> None:
    named = [name for names in PARTS.values() for name in names.split()]
    assert len(named) == len(set(named))
    of_the_library = ("account_", "mfa_", "usersessions_")
    assert not {name for name in named if not name.startswith(of_the_library)} - every_name()


def test_a_page_leads_to_its_own_part(client: Client) -> None:
    page = client.get(reverse("households")).text
    assert 'href="/manual/oameni/#o-gospodărie-nouă"' in page
    assert help_url("households") == "/manual/oameni/#o-gospodărie-nouă"
    assert help_url("no_such_page") == help_url(None) == reverse("manual")


def test_html_in_a_page_is_shown_as_text() -> None:
    from punte.www.manual.rendering import _READ

    assert "<script" not in _READ.render("<script>alert(1)</script>")
    assert MANUAL == settings.ROOT / "docs" / "manual" / "ro"
