"""What is kept in a record is whole, open, and tells nothing of where and with what it was photographed."""

import io
import zipfile

import pytest
from django.utils import translation
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook
from PIL import Image

from punte.kernel.errors import DomainError
from punte.kernel.files import DOCX, JPEG, ODT, PDF, PNG, XLSX
from punte.kernel.taken_in import take_in
from tests.samples import docx_file, photograph, written_pdf

ALLOWED = (PDF, JPEG, PNG, DOCX, XLSX, ODT)
PLACE = {0x010F: "Xiaomi", 0x0132: "2026:03:01 10:00:00", 0x8825: {1: "N", 2: (46.0, 46.0, 0.0)}}


def kept(content: bytes, name: str, most: int = 5_000_000) -> bytes:
    return take_in(content, name=name, allowed=ALLOWED, most_bytes=most, field="files").content


def refused(content: bytes, name: str, most: int = 5_000_000) -> str:
    with translation.override("ro"), pytest.raises(DomainError) as why:
        kept(content, name, most)
    assert why.value.field == "files"
    return str(why.value.message)


def workbook() -> bytes:
    made = io.BytesIO()
    Workbook().save(made)
    return made.getvalue()


def locked_workbook() -> bytes:
    made = io.BytesIO()
    OOXMLFile(io.BytesIO(workbook())).encrypt("parola", made)
    return made.getvalue()


def locked_text() -> bytes:
    """As office programs lock an ODT: its parts are encrypted, the list of them is not."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("mimetype", ODT.content_type)
        package.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
        package.writestr("content.xml", "\x00\x01")
    return made.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photograph_keeps_what_is_seen_and_nothing_else(kind: str) -> None:
    taken = photograph(PLACE, kind=kind)
    assert b"Xiaomi" in taken
    clean = kept(taken, f"IMG_0001.{kind.lower()}")
    assert b"Xiaomi" not in clean and b"2026:03" not in clean
    with Image.open(io.BytesIO(clean)) as read:
        assert (read.format, read.size, dict(read.getexif())) == (kind, (64, 32), {})
        assert read.getpixel((5, 5)) == pytest.approx((200, 30, 30), abs=6)


def test_words_that_a_program_wrote_in_a_picture_go_too() -> None:
    made = io.BytesIO()
    picture = Image.new("RGB", (8, 8))
    picture.save(made, "JPEG", comment=b"la adapost, Cluj", xmp=b"<x:xmpmeta>autor</x:xmpmeta>")
    clean = kept(made.getvalue(), "a.jpg")
    assert b"adapost" not in clean and b"autor" not in clean


def test_what_stands_after_the_end_of_a_picture_goes_too() -> None:
    assert b"<script>" not in kept(photograph() + b"<script>alert(1)</script>", "a.jpg")


def test_a_photograph_stands_upright() -> None:
    with Image.open(io.BytesIO(kept(photograph({0x0112: 6}), "a.jpg"))) as read:
        assert read.size == (32, 64)


def test_a_paper_is_kept_to_the_byte() -> None:
    for content, name in ((written_pdf(), "a.pdf"), (workbook(), "a.xlsx"), (docx_file(), "a.docx")):
        assert kept(content, name) == content


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (written_pdf("parola"), "a.pdf"),
        (locked_workbook(), "a.xlsx"),
        (locked_text(), "a.odt"),
    ],
    ids=["pdf", "xlsx", "odt"],
)
def test_what_a_password_locks_is_told_apart(content: bytes, name: str) -> None:
    assert "parolă" in refused(content, name)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (photograph(size=(400, 400))[:600], "a.jpg"),
        (photograph(kind="PNG", size=(400, 400))[:200], "a.png"),
        (written_pdf()[:40], "a.pdf"),
        (b"%PDF-1.7\n" + b"\x00" * 50, "a.pdf"),
        (workbook()[:300], "a.xlsx"),
    ],
    ids=["jpeg", "png", "pdf", "no pdf", "xlsx"],
)
def test_what_is_broken_is_told_apart(content: bytes, name: str) -> None:
    assert "nu se deschide" in refused(content, name)


def test_an_old_word_file_is_asked_for_as_pdf() -> None:
    assert "PDF" in refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "a.doc")


def test_empty_large_and_of_another_kind_say_what_they_are() -> None:
    assert "este gol" in refused(b"", "a.pdf")
    assert "prea mare" in refused(written_pdf(), "a.pdf", most=10)
    assert "nu poate fi primit" in refused(b"MZ\x90\x00", "virus.pdf")


def test_a_picture_of_more_pixels_than_any_scanner_makes_is_not_opened() -> None:
    """A few kilobytes that would unpack into gigabytes."""
    made = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(made, "PNG")
    assert "nu se deschide" in refused(made.getvalue(), "a.png")
