"""Hold the layout of templates and stylesheets: name every line that is too long or holds more than one element, and
every part of a page that a reader by ear would hear named twice.

    python scripts/layout.py [FILE …]

Without files, all of the house. `punte.www.frame.layout` takes the layout out of what is sent, and relies on this.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LAID_OUT = ("punte/**/templates/**/*.html", "punte/**/static/**/*.css", "frontend/src/**/*.css")
BUILT = ROOT / "punte/www/static/build"
LONGEST = 120

_BLOCK = re.compile(
    r"<(?:html|head|body|header|nav|main|footer|section|aside|article|div|p|h[1-6]|ul|ol|li|dl|dt|dd|table|caption"
    r"|thead|tbody|tfoot|tr|th|td|form|fieldset|legend|details|summary|figure|pre|option|noscript)\b"
)
_NAMED = re.compile(r'<section\b[^>]* aria-labelledby="([^"]+)"')
_REGION = re.compile(r'\brole="region"[^>]* aria-labelledby="([^"]+)"')
_TAG = re.compile(r"{% *(\w+)(?:(?!%}).)*%}")
_OPENING = {"if", "for", "with", "block"}
_BRANCHING = {"elif", "else", "empty"}
_CLOSING = {f"end{name}" for name in _OPENING}


def faults(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file that are not laid out, each with what is wrong with it."""
    named: set[str] = set()
    for number, line in enumerate(path.read_text().splitlines(), start=1):
        if len(line) > LONGEST:
            yield number, f"{len(line)} characters, at most {LONGEST}"
        if path.suffix == ".css":
            if line.count("{") > 1:
                yield number, "more than one rule begins here; one a line"
            continue
        if len(_BLOCK.findall(line)) > 1:
            yield number, "more than one block-level element begins here; one a line"
        if not _stands_alone_or_whole(line):
            yield number, "{% if %} and its like stand alone on their line, or begin and end on it"
        if "{% blocktranslate" in line and "{% endblocktranslate" not in line and " trimmed" not in line:
            yield number, "a message of several lines is {% blocktranslate trimmed %}"
        named.update(_NAMED.findall(line))
        if named.intersection(_REGION.findall(line)):
            yield number, "two landmarks of one name; the section around it goes without"


def _stands_alone_or_whole(line: str) -> bool:
    """Whether the tags of a line, unless one of them is all of it, begin and end on it."""
    if _TAG.fullmatch(line.strip()):
        return True
    depth = 0
    for name in _TAG.findall(line):
        depth += (name in _OPENING) - (name in _CLOSING)
        if depth < 0 or (depth == 0 and name in _BRANCHING):
            return False
    return depth == 0


def main(names: list[str]) -> int:
    """Print what is wrong, file by file; 1 if anything is."""
    found = [Path(name) for name in names] or [
        path for pattern in LAID_OUT for path in sorted(ROOT.glob(pattern))
    ]
    wrong = 0
    for path in found:
        if path.is_relative_to(BUILT):
            continue
        for number, fault in faults(path):
            print(f"{path.relative_to(ROOT) if path.is_relative_to(ROOT) else path}:{number}: {fault}")
            wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
