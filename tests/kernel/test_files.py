"""Files that people send from a phone and from Windows: taken by what they are, refused in words that help."""

import io

import pytest
from django.utils import translation
from PIL import Image

from punte.kernel.errors import DomainError
from punte.kernel.files import DOCX, JPEG, PDF, PNG, accepted, as_jpeg, checked, is_heic
from tests.samples import heic

JPEG_BYTES = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 50
HEIC_BYTES = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 50
ALLOWED = (PDF, JPEG, PNG)


def check(content: bytes, name: str, most: int = 5_000_000) -> object:
    return checked(content, name=name, allowed=ALLOWED, most_bytes=most, field="attached")


def refused(content: bytes, name: str, most: int = 5_000_000) -> str:
    with translation.override("en"), pytest.raises(DomainError) as why:
        check(content, name, most)
    return str(why.value.message)


@pytest.mark.parametrize("ending", ["jpg", "jpeg", "JPG", "jfif", "JFIF", "jpe", "jfi", "pjpeg", "pjp"])
def test_a_jpeg_is_taken_under_every_name_that_it_has(ending: str) -> None:
    assert check(JPEG_BYTES, f"foto.{ending}") is JPEG


@pytest.mark.parametrize("ending", ["png", "pdf", "heic", "exe", ""])
def test_a_jpeg_under_another_name_is_refused(ending: str) -> None:
    assert "ending" in refused(JPEG_BYTES, f"foto.{ending}")


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"mif1", b"msf1", b"hevc"])
def test_a_damaged_photo_of_an_iphone_is_answered_with_what_to_do(brand: bytes) -> None:
    damaged = HEIC_BYTES.replace(b"ftypheic", b"ftyp" + brand)
    assert is_heic(damaged)
    with translation.override("en"), pytest.raises(DomainError) as why:
        as_jpeg(damaged, name="IMG_0001.HEIC")
    assert "Most Compatible" in str(why.value.message)


def test_a_photo_of_an_iphone_becomes_a_jpeg_that_tells_no_place() -> None:
    photo = heic(3000, 2000, exif={0x010F: "Apple", 0x8825: {1: "N", 2: (46.0, 46.0, 0.0)}})
    assert is_heic(photo)
    made = as_jpeg(photo, name="IMG_0001.HEIC")
    assert check(made, "IMG_0001.jpg") is JPEG
    with Image.open(io.BytesIO(made)) as read:
        assert read.size == (2560, 1707) and not read.getexif()
        assert read.getpixel((10, 10)) == pytest.approx((200, 30, 30), abs=12)


def test_a_photo_taken_upright_stands_upright() -> None:
    with Image.open(io.BytesIO(as_jpeg(heic(64, 32, exif={0x0112: 6}), name="a.heic"))) as read:
        assert read.size == (32, 64)


def test_a_photo_that_is_too_large_is_told_apart_from_a_document() -> None:
    assert "smaller size" in refused(JPEG_BYTES + b"\x00" * 100, "foto.jpg", most=100)
    assert "smaller size" not in refused(b"%PDF-1.7" + b"\x00" * 100, "cerere.pdf", most=100)


def test_an_input_says_what_it_takes() -> None:
    said = accepted((PDF, JPEG, DOCX)).split(",")
    assert {"image/jpeg", "application/pdf", ".jfif", ".jpe", ".jpeg", ".docx"} <= set(said)
    assert {"image/heic", ".heic", ".heif"} <= set(said) and not any("*" in one for one in said)
    assert ".heic" not in accepted((PDF, DOCX))
