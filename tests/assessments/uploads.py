"""A version of the questionnaire about older people as a methodologist sends it."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from punte.accounts.models import User
from punte.assessments.actions import upload_pack
from punte.assessments.models import PackUpload
from punte.methodology.packs import PACK_FILES, PACKS_DIR
from punte.organizations.models import Organization

NAME = "older_person"
VERSION = "2027.1"


def files(of: str = NAME, *, version: str = VERSION, **changes: tuple[str, str]) -> dict[str, str]:
    """The files of a pack with another version, and with pieces of files (named without their ending) replaced."""
    made = {name: (PACKS_DIR / of / name).read_text("utf-8") for name in PACK_FILES}
    now = next(line for line in made["pack.yaml"].splitlines() if line.startswith("version:")).split('"')[1]
    made["pack.yaml"] = made["pack.yaml"].replace(f'version: "{now}"', f'version: "{version}"')
    made["settings.csv"] = made["settings.csv"].replace(now, version)
    for file, (old, new) in changes.items():
        name = next(name for name in PACK_FILES if name.startswith(f"{file}."))
        assert old in made[name], old
        made[name] = made[name].replace(old, new, 1)
    return made


def archive(entries: Mapping[str, Any]) -> bytes:
    """An archive with these entries."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in entries.items():
            package.writestr(name, content)
    return made.getvalue()


def uploaded(keeper: Organization, by: User, **changes: Any) -> PackUpload:
    """A version that was checked and kept."""
    return upload_pack(by=by, keeper=keeper, files=files(**changes))
