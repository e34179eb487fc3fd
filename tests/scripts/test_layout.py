"""What the check of the layout finds in a template and in a stylesheet, and that it names the line."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "layout.py"


def told(path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, SCRIPT, path], capture_output=True, text=True)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "a.html",
            "<ul>\n  {% if a %}\n    <li>{% if b %}b{% else %}c{% endif %}</li>\n  {% endif %}\n</ul>\n",
        ),
        ("a.html", "{% block title %}{% block page %}{% endblock %} · Punte{% endblock %}\n"),
        ("a.html", "<p>\n  {% blocktranslate trimmed %}\n    a\n  {% endblocktranslate %}\n</p>\n"),
        ("a.css", "a { color: red }\nb {\n  color: blue;\n}\n"),
    ],
)
def test_what_is_laid_out_is_quiet(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    done = told(tmp_path / name)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize(
    ("name", "line", "fault"),
    [
        ("a.html", "x" * 121, "121 characters, at most 120"),
        ("a.html", "<ul><li>a</li></ul>", "more than one block-level element begins here"),
        ("a.html", "{% if a %}b", "stand alone on their line"),
        ("a.html", "b{% endif %}", "stand alone on their line"),
        ("a.html", "{% else %}b", "stand alone on their line"),
        ("a.html", "{% endif %}{% endfor %}", "stand alone on their line"),
        ("a.html", "{% blocktranslate %}", "{% blocktranslate trimmed %}"),
        (
            "a.html",
            '<section aria-labelledby="a"><i role="region" aria-labelledby="a">',
            "two landmarks of one name",
        ),
        ("a.css", "a { color: red } b { color: blue }", "more than one rule begins here"),
        ("a.css", "a { color: " + "x" * 120 + " }", "at most 120"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, name: str, line: str, fault: str) -> None:
    (tmp_path / name).write_text(f"\n{line}\n")
    done = told(tmp_path / name)
    assert done.returncode == 1
    assert done.stdout.startswith(f"{tmp_path / name}:2: ") and fault in done.stdout
