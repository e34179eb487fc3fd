"""ODK Collect's engine (JavaRosa, inside pyxform's copy of ODK Validate) as a second reader of the form."""

from __future__ import annotations

import atexit
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import pyxform

JAR = Path(pyxform.__file__).parent / "validators" / "odk_validate" / "bin" / "ODK_Validate.jar"
SOURCE = Path(__file__).parent / "javarosa" / "Answers.java"


@dataclass(frozen=True)
class Answer:
    """One question of one instance: whether it is asked, whether its answer is allowed, the answer."""

    relevant: bool
    valid: bool
    value: str


@cache
def java(source: Path) -> list[str]:
    """The command that runs a Java class against the engine, compiled once, and quick to start for it ends soon."""
    if not shutil.which("javac"):
        pytest.skip("needs a Java compiler")
    classes = tempfile.mkdtemp(prefix="punte-java-")
    atexit.register(shutil.rmtree, classes)
    subprocess.run(["javac", "-cp", JAR, "-d", classes, source], check=True)
    short_lived = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
    return ["java", *short_lived, "-Dfile.encoding=UTF-8", "-cp", f"{classes}:{JAR}", source.stem]


def opened(folder: Path, form: str, instances: list[str]) -> list[dict[str, Answer]]:
    """Open filled forms; the answers of each by path (``/data/member[2]/person/age``)."""
    files = [folder / "form.xml", *(folder / f"{number}.xml" for number in range(len(instances)))]
    for file, text in zip(files, [form, *instances], strict=True):
        file.write_text(text, encoding="utf-8")
    ran = subprocess.run(
        [*java(SOURCE), *files], check=True, capture_output=True, text=True, encoding="utf-8"
    )
    lines = ran.stdout.splitlines()
    answers: list[dict[str, Answer]] = [{} for _ in instances]
    for number, path, relevant, valid, value in (line.split("\t") for line in lines if line.count("\t") == 4):
        place = re.sub(r"(?<!/member)\[1\]", "", path)
        answers[int(number)][place] = Answer(relevant == "true", valid == "true", value)
    return answers
