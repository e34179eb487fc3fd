"""Rights as content: whole in three languages, refused by file and line where they are not; no term from memory."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from punte.directory.help.benefits import Benefit, read_benefits
from punte.directory.help.need import LANGUAGES, benefits, needs, people, read_need
from punte.methodology.errors import PackError

FILE = "heating_aid.yaml"


def read(folder: Path) -> dict[str, Benefit]:
    return read_benefits(folder, languages=LANGUAGES, people=people(), needs=needs())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shared files and one right, to be spoiled."""
    shipped = settings.CONTENT / "benefits"
    shutil.copytree(shipped / "shared", tmp_path / "shared")
    shutil.copy(shipped / FILE, tmp_path / FILE)
    return tmp_path


def test_what_ships_holds_together_in_every_language(capsys: Any) -> None:
    assert len(benefits()) >= 25
    assert len({one.number for one in benefits().values()}) == len(benefits())
    for one in benefits().values():
        assert one.law and one.ask_at and one.papers.names, one.key
        assert set(one.words) == set(one.next) == set(LANGUAGES), one.key
    call_command("benefits", "check")
    assert "nicio eroare" in capsys.readouterr().out


def test_each_is_found_by_its_own_words() -> None:
    for one in benefits().values():
        for language in LANGUAGES:
            words = one.words[language][0]
            found = [right.key for right in read_need(words, language=language).benefits]
            assert one.key in found, (words, found)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("ask_at: [spas]", "ask_at: [mayor]", "unknown ask_at: mayor"),
        ("helped_by: [advice]", "helped_by: [nothing]", "unknown helped_by: nothing"),
        ("who: [poverty, older, family]", "who: [rich]", "unknown who: rich"),
        ("evidence: news", "evidence: sure", "unknown evidence: sure"),
        ("bring: [application,", "bring: [gold,", "unknown bring: gold"),
        ("ask_at:", "ask:", "unknown part: ask"),
        ("ask_at:", "urgent: da\nask_at:", "unknown urgent: da"),
        ("  hu: [fűtés,", "  de: [Heizung,", "unknown part: de"),
        ("source: practica primăriilor", "source:", "source is missing"),
    ],
)
def test_a_wrong_file_is_refused_by_its_line(folder: Path, before: str, after: str, told: str) -> None:
    path = folder / FILE
    whole = path.read_text("utf-8")
    line = whole[: whole.index(before)].count("\n") + 1
    path.write_text(whole.replace(before, after, 1), "utf-8")
    with pytest.raises(PackError) as refused:
        read(folder)
    assert str(refused.value) == f"{path}:{line}: {told}"


def test_a_missing_part_and_a_taken_name_are_refused(folder: Path) -> None:
    whole = (folder / FILE).read_text("utf-8")
    (folder / "advice.yaml").write_text(whole, "utf-8")
    with pytest.raises(PackError, match="not a name of its own: advice"):
        read(folder)
    (folder / "advice.yaml").unlink()
    (folder / FILE).write_text(whole[: whole.index("law:")], "utf-8")
    with pytest.raises(PackError, match="law is missing"):
        read(folder)


def test_a_term_from_memory_is_not_told(folder: Path) -> None:
    assert read(folder)["heating_aid"].term is not None
    path = folder / FILE
    start, rest = path.read_text("utf-8").split("term:", 1)
    path.write_text(f"{start}term:{rest.replace('evidence: news', 'evidence: memory', 1)}", "utf-8")
    assert read(folder)["heating_aid"].term is None


def test_the_command_names_the_file_and_the_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / FILE).write_text("name: {}\nname: {}\n", "utf-8")
    monkeypatch.setattr("punte.directory.management.commands.benefits.benefits", lambda: read(folder))
    with pytest.raises(CommandError) as refused:
        call_command("benefits", "check")
    assert str(refused.value).startswith(f"{folder / FILE}:2: ")
