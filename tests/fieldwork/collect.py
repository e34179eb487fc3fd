"""ODK Collect in small: its engine (JavaRosa) fills the form, and its requests are made one by one."""

from __future__ import annotations

import base64
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from punte.devices.actions import Registered
from tests.methodology.collect import java

SOURCE = Path(__file__).parent / "javarosa" / "Fill.java"


@dataclass
class Phone:
    """A phone with ODK Collect, set up for one worker."""

    registered: Registered
    folder: Path
    client: Client

    @property
    def authorization(self) -> str:
        given = f"{self.registered.device.username}:{self.registered.secret}"
        return f"Basic {base64.b64encode(given.encode()).decode()}"

    def get(self, url: str) -> Any:
        asked = urlsplit(url)
        path = f"{asked.path}?{asked.query}" if asked.query else asked.path
        return self.client.get(path, headers={"Authorization": self.authorization})

    def download(self, name: str = "sci") -> None:
        """Fetch a form and its lists, following the addresses as they are given."""
        offered = elements(self.get("/openrosa/formList").content, "xform")
        (form,) = [one for one in offered if one["formID"] == name]
        (self.folder / "form.xml").write_bytes(self.get(form["downloadUrl"]).content)
        for media in elements(self.get(form["manifestUrl"]).content, "mediaFile"):
            (self.folder / media["filename"]).write_bytes(self.get(media["downloadUrl"]).content)

    def fill(self, answers: Mapping[str, object]) -> bytes:
        """The submission that the engine makes of these answers (paths below ``/data``)."""
        lines = [f"/data/{path}\t{answer}" for path, answer in answers.items()]
        (self.folder / "answers.tsv").write_text("\n".join(lines), encoding="utf-8")
        sent = self.folder / "sent.xml"
        arguments = [self.folder / "form.xml", self.folder, self.folder / "answers.tsv", sent]
        ran = subprocess.run([*java(SOURCE), *arguments], capture_output=True, text=True, encoding="utf-8")
        assert ran.returncode == 0, ran.stderr
        return sent.read_bytes()

    def send(self, instance: bytes, *, incomplete: bool = False, **files: bytes) -> Any:
        parts: dict[str, Any] = {"xml_submission_file": SimpleUploadedFile("form.xml", instance, "text/xml")}
        parts |= {name: SimpleUploadedFile(name, content) for name, content in files.items()}
        if incomplete:
            parts["*isIncomplete*"] = "yes"
        return self.client.post("/openrosa/submission", parts, headers={"Authorization": self.authorization})


def elements(xml: bytes, name: str) -> list[dict[str, str]]:
    """The elements of a name, each with its children by name."""
    found = [node for node in ET.fromstring(xml).iter() if node.tag.rsplit("}", 1)[-1] == name]
    return [{child.tag.rsplit("}", 1)[-1]: child.text or "" for child in node} for node in found]
