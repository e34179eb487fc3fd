"""Keep the Romanian texts complete: `collect` reads the code, `compile` makes the catalogues, `check` fails on gaps.

Every room and every area of screens has its own catalogue beside its code.
"""

import os
import subprocess
import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
LANGUAGE = "ro"


def catalogues() -> list[Path]:
    """Every Romanian catalogue of the tree, and where one would be."""
    return sorted(path / "ro/LC_MESSAGES/django.po" for path in (ROOT / "punte").glob("**/locale"))


def collect(only: str = "") -> None:
    """Bring new msgids into every catalogue, or those of one folder, and drop what is gone (needs xgettext)."""
    homes = [path.parents[3] for path in catalogues()]
    for home in homes:
        if not str(home.relative_to(ROOT)).startswith(only):
            continue
        nested = [str(other.relative_to(home)) for other in homes if home in other.parents]
        ignored = [f"--ignore={path}/*" for path in [*nested, "static/*"]]
        subprocess.run(
            [
                sys.executable,
                "-m",
                "django",
                "makemessages",
                "-l",
                LANGUAGE,
                "--no-obsolete",
                "--no-location",
                "--no-wrap",
                *ignored,
            ],
            cwd=home,
            check=True,
            stdout=subprocess.DEVNULL,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "punte.settings", "PYTHONPATH": str(ROOT)},
        )


def compile_() -> None:
    """Write the binary catalogues that Django reads."""
    for path in catalogues():
        if path.exists():
            with path.open("rb") as source, path.with_suffix(".mo").open("wb") as target:
                write_mo(target, read_po(source, locale=LANGUAGE))


def check() -> int:
    """Print every message without a Romanian text, or with a guessed one; their number."""
    gaps = 0
    for path in catalogues():
        if not path.exists():
            continue
        for message in read_po(path.open("rb"), locale=LANGUAGE):
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
