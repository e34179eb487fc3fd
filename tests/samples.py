"""Small files that are what they say."""

import io
import zipfile

import pikepdf
import pillow_heif
from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def docx_file(main: str = _DOCX, **more: str) -> bytes:
    """A document of Word, or what looks like one: with another main type or more parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        types = f'<Types><Override ContentType="{main}"/></Types>'
        for name, content in {
            "[Content_Types].xml": types,
            "word/document.xml": "<w:document/>",
            **more,
        }.items():
            # The same bytes each time: tests are named by them.
            package.writestr(zipfile.ZipInfo(name), content)
    return made.getvalue()


def heic(width: int, height: int, exif: dict[int, object] | None = None) -> bytes:
    """A photograph as an iPhone keeps it, red all over."""
    photo = Image.new("RGB", (width, height), (200, 30, 30))
    tags = Image.Exif()
    tags.update(exif or {})
    made = io.BytesIO()
    pillow_heif.from_pillow(photo).save(made, exif=tags.tobytes(), quality=50)
    return made.getvalue()


def photograph(
    exif: dict[int, object] | None = None, *, size: tuple[int, int] = (64, 32), kind: str = "JPEG"
) -> bytes:
    """A photograph, red all over, with what its camera wrote."""
    tags = Image.Exif()
    tags.update(exif or {})
    made = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(made, kind, exif=tags, quality=90)
    return made.getvalue()


def written_pdf(password: str = "") -> bytes:
    """A PDF of one empty page; with a password nobody else opens it."""
    made = io.BytesIO()
    with pikepdf.new() as paper:
        paper.add_blank_page()
        locked = pikepdf.Encryption(owner=password, user=password) if password else False
        paper.save(made, encryption=locked, deterministic_id=not password)
    return made.getvalue()
