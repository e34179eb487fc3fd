"""Small files that are what they say."""

import io
import zipfile

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def docx_file(main: str = _DOCX, **more: str) -> bytes:
    """A document of Word, or what looks like one: with another main type or more parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("[Content_Types].xml", f'<Types><Override ContentType="{main}"/></Types>')
        package.writestr("word/document.xml", "<w:document/>")
        for name, content in more.items():
            package.writestr(name, content)
    return made.getvalue()
