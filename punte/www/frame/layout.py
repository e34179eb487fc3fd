"""Templates and stylesheets are laid out for people; what is sent to a browser carries none of that layout."""

import re
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.template import Origin
from django.template.loaders import app_directories
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Whitespace counts in these, or is taken care of by Django.
_AS_IT_STANDS = re.compile(
    r"<(pre|textarea|script|style)\b.*?</\1>|{% (blocktranslate|verbatim)\b.*?{% end\2 %}", re.DOTALL
)
_BLOCK = (
    r"</?(?:html|head|meta|title|link|script|body|header|nav|main|footer|section|aside|article|div|p|h[1-6]|ul|ol|li|dl"
    r"|dt|dd|table|caption|thead|tbody|tfoot|tr|th|td|form|fieldset|legend|details|summary|figure|option|br|hr"
    r"|circle|path|polygon|rect|text)\b"
)
_OPENS = r"{% (?:block|csrf_token|elif|else|empty|if|load|with)\b[^}]*%}|<(?!img|input|wbr)\w+\b[^<>]*>"
_CLOSES = r"{% (?:elif|else|empty|endblock|endfor|endif|endwith)\b[^}]*%}|</\w+>"
# Line breaks that nobody would see: beside a block-level element, and within what stands alone on its line, where the
# one before `{% if %}` or `<a>` and the one after `{% endif %}` or `</a>` are enough. The last: before a block-level
# element that may be there or not, where one follows that is always there.
_UNSEEN = [
    re.compile(rf"(?<![^\n\v])((?:{_OPENS}))\n"),
    re.compile(rf"()\n(?=(?:{_CLOSES})(?:[\n\v]|\Z))"),
    re.compile(rf"({_BLOCK}[^<>]*>)\n"),
    re.compile(rf"()\n(?={_BLOCK})"),
    re.compile(rf"()\n(?={{% if\b[^}}]*%}}\v{_BLOCK}(?:(?!{{% (?:if|el|end)).)*\v{{% endif %}}\v{_BLOCK})"),
]


class TemplateLoader(app_directories.Loader):
    """Django's own loader of the templates of each application, which takes the layout out of those of the house."""

    def get_contents(self, origin: Origin) -> str:
        """The text of a template; of a page, without its indentation and line breaks."""
        source: str = super().get_contents(origin)
        ours = origin.name.startswith(f"{settings.ROOT / 'punte'}/") and origin.name.endswith(".html")
        return without_layout(source) if ours else source


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Files named by their content and compressed, the stylesheets without their layout."""

    def _save(self, name: str, content: Any) -> str:
        if name.endswith(".css"):
            # In chunks, which begin at the beginning: whoever named the file by its content has read it to its end.
            content = ContentFile(re.sub(rb"\s+", b" ", b"".join(content.chunks())))
        return super()._save(name, content)


def without_layout(source: str) -> str:
    """The same page in fewer bytes: what a browser shows does not change.

    A line break becomes one space, or nothing where no browser shows one. `scripts/layout.py` holds what this relies
    on: `{% if %}` and its like stand alone on a line, or begin and end on it.
    """
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[0])
        return "\0"

    page = re.sub(r"\s*\n\s*", "\n", _AS_IT_STANDS.sub(keep, source))
    for line_break in _UNSEEN:
        page = line_break.sub(r"\1\v", page)
    page = page.replace("\v", "").replace("\n", " ")
    rest = iter(kept)
    return re.sub("\0", lambda _: next(rest), page)
