"""Keep the texts complete: `collect` reads the code, `compile` makes the catalogues, `check` fails on gaps.

Every room and every area of screens has its own Romanian catalogue beside its code. What residents read is also in
Hungarian: the folders of `HUNGARIAN`, whole or the named files of them; everywhere else a Hungarian page falls back to
Romanian. To add Hungarian to a folder, name it there, run `collect` for it, and fill its `locale/hu`. Ukrainian, of the
pages that people who fled meet, is kept the same way (`UKRAINIAN`).
"""

import os
import re
import subprocess
import sys
from collections import Counter
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("ro", "hu", "uk")
# What is in Hungarian: a folder, and the files of it whose texts residents read; none named means all of it.
HUNGARIAN: dict[str, tuple[str, ...]] = {
    "punte/www/public": (),
    "punte/www/townhall": (),
    "punte/www": (
        "frame/drawn_field.py",
        "frame/maps/pins.py",
        "frame/telling.py",
        "frame/uploads.py",
        "templates/frame/demonstration.html",
        "templates/frame/errors.html",
        "templates/frame/leave.html",
        "templates/frame/maps/schematic.html",
        "templates/404.html",
    ),
    "punte/directory": ("enums.py", "services/places_in_words.py"),
    "punte/petitions": (
        "enums.py",
        "actions/receiving.py",
        "actions/messages.py",
        "attachments.py",
        "mail.py",
    ),
    "punte/publication": ("enums.py", "tables.py"),
    "punte/satisfaction": ("actions/asking.py",),
    "punte/statistics": ("publishing/showing.py",),
    "punte/kernel": ("files.py",),
    "punte/api": ("templates/api/open_data.html", "templates/api/profile.html", "tables/content.py"),
}
# What is in Ukrainian: the form by which somebody tells of trouble, and the fast list that is handed over.
UKRAINIAN: dict[str, tuple[str, ...]] = {
    "punte/www/townhall": (
        "forms/telling.py",
        "views/telling.py",
        "templates/townhall/tell.html",
        "templates/townhall/tell_more.html",
        "templates/townhall/told.html",
        "templates/townhall/told_more.html",
    ),
    "punte/www": (
        "frame/drawn_field.py",
        "frame/telling.py",
        "templates/frame/demonstration.html",
        "templates/frame/errors.html",
        "templates/frame/leave.html",
        "templates/404.html",
    ),
    "punte/www/public": ("templates/frame/public.html",),
    "punte/notifications": ("enums.py", "actions/receiving.py", "actions/adding.py", "permission.py"),
    "punte/emergencies": ("actions/listing.py", "permission.py"),
    "punte/www/office/emergencies": (
        "forms/fast.py",
        "templates/office_emergencies/fast_fields.html",
        "templates/office_emergencies/fast_rest.html",
        "templates/office_emergencies/hand_over.html",
    ),
}
IN_PARTS = {"hu": HUNGARIAN, "uk": UKRAINIAN}
_PLURALS = {
    "hu": "nplurals=1; plural=0;",
    "uk": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
}

_MESSAGE = re.compile(
    r'^(?:msgctxt (?P<context>"[^\n]*"(?:\n"[^\n]*")*)\n)?msgid (?P<id>"[^\n]*"(?:\n"[^\n]*")*)$',
    re.MULTILINE,
)
_HEADER = """#
msgid ""
msgstr ""
"Project-Id-Version: Punte\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""


def catalogues(language: str) -> list[Path]:
    """Every catalogue of a language, and where one would be."""
    homes = [path.parent for path in (ROOT / "punte").glob("**/locale")]
    if language in IN_PARTS:
        homes = [home for home in homes if str(home.relative_to(ROOT)) in IN_PARTS[language]]
    return sorted(home / f"locale/{language}/LC_MESSAGES/django.po" for home in homes)


def collect(only: str = "") -> None:
    """Bring new msgids into every catalogue, or those of one folder, and drop what is gone (needs xgettext)."""
    for language in LANGUAGES:
        homes = [path.parents[3] for path in catalogues(language)]
        every = [path.parents[3] for path in catalogues("ro")]
        for home in homes:
            if not str(home.relative_to(ROOT)).startswith(only):
                continue
            nested = [str(other.relative_to(home)) for other in every if home in other.parents]
            files = IN_PARTS[language][str(home.relative_to(ROOT))] if language in IN_PARTS else ()
            _collect(home, language, nested, "file" if files else "never")
            if files:
                _keep(home / f"locale/{language}/LC_MESSAGES/django.po", language, files)


def _collect(home: Path, language: str, nested: list[str], location: str) -> None:
    ignored = [f"--ignore={path}/*" for path in [*nested, "static/*"]]
    where = "--no-location" if location == "never" else f"--add-location={location}"
    (home / "locale").mkdir(exist_ok=True)
    subprocess.run(
        [
            sys.executable,
            "-m",
            "django",
            "makemessages",
            "-l",
            language,
            "--no-obsolete",
            where,
            "--no-wrap",
            *ignored,
        ],
        cwd=home,
        check=True,
        stdout=subprocess.DEVNULL,
        # A room may have a module of the name of one of Python's: its folder is not where modules are looked for.
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "punte.settings",
            "PYTHONPATH": str(ROOT),
            "PYTHONSAFEPATH": "1",
        },
    )


def _keep(path: Path, language: str, files: tuple[str, ...]) -> None:
    """Of a catalogue with locations, keep the texts of these files alone."""
    if not path.exists():
        return
    every = read_po(BytesIO(path.read_bytes()), locale=language)
    kept = Catalog(locale=language, header_comment="#", fuzzy=False)
    for message in every:
        names = {name.removeprefix("./") for name, _line in message.locations}
        if message.id and names & set(files):
            kept.add(message.id, message.string, context=message.context, flags=message.flags)
    texts = BytesIO()
    write_po(texts, kept, width=0, omit_header=True)
    head = _HEADER.format(language=language, plurals=_PLURALS[language])
    path.write_bytes(head.encode() + texts.getvalue())


def compile_() -> None:
    """Write the binary catalogues that Django reads."""
    for language in LANGUAGES:
        for path in catalogues(language):
            if path.exists():
                made = BytesIO()
                with path.open("rb") as source:
                    write_mo(made, read_po(source, locale=language))
                _replace(path.with_suffix(".mo"), made.getvalue())


def _replace(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: who reads it meanwhile, a running server or another test, sees the old one."""
    with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".new", delete=False) as fresh:
        fresh.write(content)
    Path(fresh.name).chmod(0o644)
    Path(fresh.name).replace(path)


def twice(texts: str) -> list[str]:
    """The msgids that stand more than once in a catalogue with the same context: new texts cannot be collected."""
    found = Counter((match["context"] or "", match["id"]) for match in _MESSAGE.finditer(texts))
    return [name for (_context, name), count in found.items() if count > 1]


def check() -> int:
    """Print every message without its text, with a guessed one, or that stands twice, and heads; their number."""
    gaps = 0
    for language in LANGUAGES:
        for path in catalogues(language):
            if not path.exists():
                continue
            for name in twice(path.read_text(encoding="utf-8")):
                print(f"{path.relative_to(ROOT)}: {name} stands twice")
                gaps += 1
            catalogue = read_po(BytesIO(path.read_bytes()), locale=language)
            if catalogue.fuzzy:
                print(f"{path.relative_to(ROOT)}: its head is a guess, and with it how plurals are made")
                gaps += 1
            for message in catalogue:
                texts = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
                if message.id and (message.fuzzy or not all(texts)):
                    print(f"{path.relative_to(ROOT)}: {message.id!r}")
                    gaps += 1
    return gaps


if __name__ == "__main__":
    step = sys.argv[1]
    if step == "collect":
        collect(*sys.argv[2:3])
    elif step == "compile":
        compile_()
    else:
        sys.exit(1 if check() else 0)
