"""The XML that OpenRosa clients read."""

import hashlib
from collections.abc import Iterable, Mapping
from xml.etree import ElementTree as ET

from django.http import HttpResponse

_RESPONSE = "http://openrosa.org/http/response"
_LIST = "http://openrosa.org/xforms/xformsList"
_MANIFEST = "http://openrosa.org/xforms/xformsManifest"

Fields = Mapping[str, str]


def message(text: str, *, status: int) -> HttpResponse:
    """What happened, in words that the client shows."""
    root = ET.Element("OpenRosaResponse", xmlns=_RESPONSE)
    nature = "submit_success" if status < 300 else "error"
    ET.SubElement(root, "message", nature=nature).text = text
    return as_xml(root, status=status)


def forms(rows: Iterable[Fields]) -> HttpResponse:
    """The list of forms."""
    root = ET.Element("xforms", xmlns=_LIST)
    for row in rows:
        _fields(ET.SubElement(root, "xform"), row)
    return as_xml(root)


def media(rows: Iterable[Fields]) -> HttpResponse:
    """The files that go with a form; those with an address of integrity are lists of entities."""
    root = ET.Element("manifest", xmlns=_MANIFEST)
    for row in rows:
        kind = {"type": "entityList"} if "integrityUrl" in row else {}
        _fields(ET.SubElement(root, "mediaFile", kind), row)
    return as_xml(root)


def entities(deleted: Mapping[str, bool]) -> HttpResponse:
    """Which of the entities asked for are no longer there."""
    root = ET.Element("data")
    listed = ET.SubElement(root, "entities")
    for key, gone in deleted.items():
        ET.SubElement(ET.SubElement(listed, "entity", id=key), "deleted").text = str(gone).lower()
    return as_xml(root)


def as_xml(root: ET.Element, *, status: int = 200) -> HttpResponse:
    """An answer in XML."""
    content = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(content, status=status, content_type="text/xml; charset=utf-8")


def hash_of(content: bytes) -> str:
    """The hash by which a client knows that a file changed, in the form that OpenRosa asks for."""
    return f"md5:{hashlib.md5(content, usedforsecurity=False).hexdigest()}"


def _fields(parent: ET.Element, row: Fields) -> None:
    for name, text in row.items():
        ET.SubElement(parent, name).text = text
