"""The pages of the manual as HTML: their headings can be led to, their links and pictures are those of the product."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from pathlib import Path

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token
from PIL import Image

from punte.www.frame.help import CONTENTS, MANUAL

_LINK = re.compile(r"([\w-]+)\.md(#.*)?")
_PICTURE = re.compile(r"pictures/([\w-]+)\.png")
_TABLE = '<div class="scroll" tabindex="0" role="region" aria-label="Tabelul {}"><table>'
# Pages are written by whoever writes the product; even so what is HTML in them is shown as text.
_READ = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True)
class Heading:
    """A section of a page, as it is led to."""

    anchor: str
    title: str
    level: int


@dataclass(frozen=True)
class Page:
    """A page of the manual."""

    name: str
    title: str
    headings: tuple[Heading, ...]
    html: SafeString


def pages() -> list[str]:
    """The names of all pages."""
    return sorted(path.stem for path in MANUAL.glob("*.md"))


def page_named(name: str) -> Page | None:
    """The page of a name; None where there is none."""
    path = MANUAL / f"{name}.md"
    return _rendered(name, path.stat().st_mtime_ns) if name in pages() else None


def anchor_of(title: str) -> str:
    """The word by which a section is led to, the same as where the source is read on the web."""
    return re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-")


@lru_cache(maxsize=64)
def _rendered(name: str, _written_at: int) -> Page:
    tokens = _READ.parse((MANUAL / f"{name}.md").read_text("utf-8"))
    headings = tuple(_headings(tokens))
    for token in tokens:
        _lead(token.children or ())
        if token.type in ("th_open", "td_open"):
            _align(token)
    # Its title, the first heading, stands above the list of its sections.
    html = _READ.renderer.render(tokens[3:], _READ.options, {})
    number = count(1)
    html = re.sub("<table>", lambda _found: _TABLE.format(next(number)), html)
    html = html.replace("</table>", "</table></div>")
    sections = tuple(heading for heading in headings if heading.level > 1)
    return Page(name, headings[0].title, sections, mark_safe(html))  # noqa: S308


def _headings(tokens: Sequence[Token]) -> Iterator[Heading]:
    """The headings in order; each is given its anchor."""
    for opening, inline in zip(tokens, tokens[1:], strict=False):
        if opening.type == "heading_open":
            title = "".join(one.content for one in inline.children or ())
            opening.attrSet("id", anchor_of(title))
            yield Heading(anchor_of(title), title, int(opening.tag[1]))


def _lead(tokens: Sequence[Token]) -> None:
    """Links to other pages and pictures lead to them here; a link beyond the manual is its words alone."""
    leads = True
    for token in tokens:
        if token.type == "link_open":
            url = _address(str(token.attrGet("href") or ""))
            leads = bool(url)
            token.attrs = {"href": url} if url else {}
        if token.type in ("link_open", "link_close") and not leads:
            token.tag = "span"
        found = _PICTURE.fullmatch(str(token.attrGet("src") or "")) if token.type == "image" else None
        if found:
            with Image.open(MANUAL / "pictures" / f"{found[1]}.png") as picture:
                width, height = picture.size
            token.attrSet("src", reverse("manual_picture", args=[found[1]]))
            token.attrs |= {"width": width, "height": height, "loading": "lazy"}


def _address(href: str) -> str:
    """Where a link of a page leads in the product; empty where that is not served."""
    if href.startswith(("#", "https://")):
        return href
    found = _LINK.fullmatch(href)
    if found is None or not (MANUAL / f"{found[1]}.md").exists():
        return ""
    url = reverse("manual") if found[1] == CONTENTS else reverse("manual_page", args=[found[1]])
    return url + (found[2] or "")


def _align(token: Token) -> None:
    """The policy of the pages allows no style within them."""
    style = token.attrs.pop("style", "")
    if style == "text-align:right":
        token.attrSet("class", "number")


def picture_named(name: str) -> Path | None:
    """The file of a picture; None where there is none."""
    path = MANUAL / "pictures" / f"{name}.png"
    return path if path.is_file() else None
