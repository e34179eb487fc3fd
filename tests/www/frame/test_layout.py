"""What is sent carries none of the layout of the files, and shows the same."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.template import Engine, Origin
from django.template.loader import get_template
from django.template.loaders import app_directories

from punte.www.frame.layout import StaticFilesStorage, TemplateLoader, without_layout

SENT = {
    "between block-level elements nothing is shown": (
        "<ul>\n  {% for one in all %}\n    <li>{{ one }}</li>\n  {% endfor %}\n</ul>\n",
        "<ul>{% for one in all %}<li>{{ one }}</li>{% endfor %}</ul>",
    ),
    "a line break in a sentence is a space": (
        "<p>\n  Call\n  <b>112</b>\n  now.\n</p>",
        "<p>Call <b>112</b> now.</p>",
    ),
    "one space is left around what may be there or not": (
        "<p>\n  a\n  {% if b %}\n    · b\n  {% else %}\n    · c\n  {% endif %}\n  · d\n</p>",
        "<p>a {% if b %}· b{% else %}· c{% endif %} · d</p>",
    ),
    "what follows each other in a loop stays apart": (
        "<p>\n  {% for one in all %}\n    {{ one }}\n  {% endfor %}\n</p>",
        "<p>{% for one in all %} {{ one }}{% endfor %}</p>",
    ),
    "nothing is underlined around the words of a link": (
        "<p>\n  See\n  <a href='/'>\n    the list\n  </a>\n  and the map.\n</p>",
        "<p>See <a href='/'>the list</a> and the map.</p>",
    ),
    "a field is followed by its space": (
        "<label>\n  <input\n      type='radio'\n      name='a'>\n  <span>A</span>\n</label>",
        "<label><input type='radio' name='a'> <span>A</span></label>",
    ),
    "attributes stay apart": (
        '<form\n    method="post"\n    {% if a %}novalidate{% endif %}>\n  {% csrf_token %}\n  <p>b</p>\n</form>',
        '<form method="post" {% if a %}novalidate{% endif %}>{% csrf_token %}<p>b</p></form>',
    ),
    "a block-level element that may be there or not": (
        "<td>\n  a\n  {% if b %}\n    <p>b</p>\n  {% endif %}\n</td>",
        "<td>a{% if b %}<p>b</p>{% endif %}</td>",
    ),
    "a message is left to Django, which trims it": (
        "<p>\n  {% blocktranslate trimmed %}\n    a\n    b\n  {% endblocktranslate %}\n</p>",
        "<p>{% blocktranslate trimmed %}\n    a\n    b\n  {% endblocktranslate %}</p>",
    ),
}


@pytest.mark.parametrize("case", SENT)
def test_the_layout_is_taken_out(case: str) -> None:
    laid_out, sent = SENT[case]
    assert without_layout(laid_out) == sent


@pytest.mark.parametrize(
    "kept",
    [
        "<pre>\n  a\n    b\n</pre>",
        '<textarea name="a">\n  a\n\n  b</textarea>',
        '<script type="application/json">\n  {"a": 1}\n</script>',
    ],
)
def test_where_whitespace_counts_it_stays(kept: str) -> None:
    assert without_layout(f"<div>\n  {kept}\n</div>") == f"<div>{kept}</div>"


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        (settings.ROOT / "punte/www/templates/a.html", "a b"),
        (settings.ROOT / "punte/www/templates/a.txt", "a\n  b"),
        ("/site-packages/allauth/templates/a.html", "a\n  b"),
    ],
)
def test_only_pages_of_the_house_are_touched(
    monkeypatch: pytest.MonkeyPatch, name: object, sent: str
) -> None:
    monkeypatch.setattr(app_directories.Loader, "get_contents", lambda self, origin: "a\n  b")
    assert TemplateLoader(Engine.get_default()).get_contents(Origin(str(name))) == sent


def test_every_page_is_loaded_so() -> None:
    page = get_template("frame/errors.html").template.source  # type: ignore[attr-defined]
    assert "<ul>{% for error in form.non_field_errors %}<li>" in page


def test_a_stylesheet_is_sent_without_it(tmp_path: Path) -> None:
    storage = StaticFilesStorage(location=tmp_path, base_url="/static/")
    storage.save("a.css", ContentFile(b"a {\n  color: red;\n  margin: 0;\n}\nb { color: blue }\n"))
    assert (tmp_path / "a.css").read_text() == "a { color: red; margin: 0; } b { color: blue } "


def test_a_stylesheet_named_by_its_content_holds_it(tmp_path: Path) -> None:
    storage = StaticFilesStorage(location=tmp_path, base_url="/static/")
    storage.save("a.css", ContentFile(b"a {\n  color: red;\n}\n"))
    [(_name, named, _processed)] = storage.post_process({"a.css": (storage, "a.css")})
    assert named != "a.css"
    assert (tmp_path / named).read_text() == "a { color: red; } "
