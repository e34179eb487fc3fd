"""The guard of templates finds what Django leaves out in silence, and only in templates of the house."""

from pathlib import Path

import pytest
from django.template import Context, Origin, Template

import punte
from tests.guards.findings import caught

OURS = Path(punte.__file__).parent / "www" / "templates" / "planted.html"


def missing(text: str, place: Path | str = OURS, **given: object) -> list[str]:
    with caught() as found:
        Template(text, origin=Origin(str(place))).render(Context(given))
    return found


@pytest.mark.parametrize(
    "text",
    [
        "{{ nmae }}",
        "{% if nmae %}x{% endif %}",
        "{% if nmae == 1 or nmae %}x{% endif %}",
        "{{ nmae|default:'x' }}",
        "{% for one in nmae %}x{% endfor %}",
        "{% with one=nmae %}x{% endwith %}",
        "{% firstof nmae 'x' %}",
        "{% blocktranslate %}So {{ nmae }}{% endblocktranslate %}",
        "{% blocktranslate with one=nmae %}So {{ one }}{% endblocktranslate %}",
        "{% blocktranslate count n=2 %}One {{ nmae }}{% plural %}Many {{ nmae }}{% endblocktranslate %}",
        "{% if 1|add:nmae %}x{% endif %}",
    ],
)
def test_a_misspelt_word_is_named_with_its_template(text: str) -> None:
    assert missing(text, name="Ana") == ["www/templates/planted.html: the variable nmae is not there"]


@pytest.mark.parametrize(
    "text", ["{{ household.nmae }}", "{% if household.nmae.first %}x{% endif %}", "{{ nothing.name }}"]
)
def test_a_word_that_is_not_of_a_thing_is_named_too(text: str) -> None:
    assert len(missing(text, household={"name": "Albu"}, nothing=None)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "{{ name }}{{ nothing|default:'x' }}{% if nothing %}x{% endif %}",
        "{% if nothing.name or nothing.name.first == 'A' %}x{% endif %}",
        "{% for one in names %}{{ one }}{{ forloop.counter }}{% endfor %}",
        "{% blocktranslate with one=name %}So {{ one }} and {{ name }}{% endblocktranslate %}",
        "{% blocktranslate count n=2 %}One{% plural %}{{ n }} of {{ name }}{% endblocktranslate %}",
    ],
)
def test_what_is_there_is_not_missing(text: str) -> None:
    assert missing(text, name="Ana", names=["Ana"], nothing=None) == []


def test_templates_of_others_are_left_alone() -> None:
    assert missing("{{ nmae }}", "/elsewhere/allauth/page.html") == []
