"""What is read of content is kept until its file changes."""

import os
from pathlib import Path
from typing import Any

import pytest

from punte.kernel.own_content import Files, both_files, kept_file, kept_files, looked_at_once, product_file


@pytest.fixture
def read(settings: Any, tmp_path: Path) -> list[str]:
    settings.CONTENT, settings.OWN_CONTENT = tmp_path / "product", tmp_path / "own"
    for place in (settings.CONTENT, settings.OWN_CONTENT):
        place.mkdir()
    written(settings.CONTENT, "usual", at=1)
    return []


def written(place: Path, text: str, *, at: int) -> None:
    (place / "a.yaml").write_text(text)
    os.utime(place / "a.yaml", ns=(0, at))


def test_a_file_is_read_anew_when_it_changes_and_the_own_one_instead(settings: Any, read: list[str]) -> None:
    def reading(path: Path) -> str:
        read.append(path.read_text())
        if read[-1] == "broken":
            raise ValueError(read[-1])
        return read[-1]

    said, of_product = kept_file("a.yaml")(reading), kept_file("a.yaml", find=product_file)(reading)
    assert [said(), said()] == ["usual"] * 2 and read == ["usual"]
    with looked_at_once():
        said()
        written(settings.OWN_CONTENT, "own", at=1)
        assert said() == "usual"
    assert said() == "own" and of_product() == "usual"
    written(settings.OWN_CONTENT, "broken", at=2)
    for _again in range(2):
        with pytest.raises(ValueError, match="broken"):
            said()
    assert read == ["usual", "own", "usual", "broken", "broken"]
    settings.CONTENT = settings.CONTENT / "nowhere"
    with pytest.raises(OSError):
        of_product()


@pytest.mark.parametrize(("name", "find"), [("a.yaml", {"find": both_files}), ("", {})])
def test_of_several_files_each_change_is_seen(
    settings: Any, read: list[str], name: str, find: dict[str, Any]
) -> None:
    @kept_files(name, **find)
    def said(files: Files) -> str:
        read.append(" ".join(f"{path.read_text()}:{own}" for path, own in files))
        return read[-1]

    assert said() == said() == "usual:False"
    written(settings.OWN_CONTENT, "own", at=1)
    assert said() == said() == "usual:False own:True"
    written(settings.OWN_CONTENT, "other", at=2)
    assert said() == "usual:False other:True" and len(read) == 3
