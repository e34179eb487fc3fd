"""What a reader copies out of a PDF."""

import io
import re

import pikepdf


def pdf_text(content: bytes) -> str:
    """The text of every page, by the maps from glyphs to characters that the PDF itself carries."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return "\n".join(_page_text(page) for page in pdf.pages)


def _page_text(page: pikepdf.Page) -> str:
    maps = {name: _to_unicode(font) for name, font in page.resources.get("/Font", {}).items()}
    said: list[str] = []
    current: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "Tf":
            current = maps[str(operands[0])]
        elif name == "Tj":
            said.append(_decoded(bytes(operands[0]), current))
        elif name == "TJ":
            said.append(
                "".join(
                    _decoded(bytes(one), current) for one in operands[0] if isinstance(one, pikepdf.String)
                )
            )
        elif name == "ET":
            said.append(" ")
    return "".join(said)


def _decoded(codes: bytes, characters: dict[int, str]) -> str:
    pairs = zip(codes[::2], codes[1::2], strict=False)
    return "".join(characters.get(high << 8 | low, "") for high, low in pairs)


def _to_unicode(font: pikepdf.Object) -> dict[int, str]:
    text = bytes(font.ToUnicode.read_bytes()).decode("latin-1")
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.S):
        for code, value in re.findall(r"<(\w+)>\s*<(\w*)>", block):
            found[int(code, 16)] = bytes.fromhex(value).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.S):
        for first, last, value in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            start = int.from_bytes(bytes.fromhex(value), "big")
            for at, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                found[code] = chr(start + at)
    return found
