"""Packs as this installation first used them, so that an old assessment is always read by its own version."""

import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from punte.assessments.models import PackVersion
from punte.kernel.errors import DomainError
from punte.methodology.model import Pack
from punte.methodology.packs import PACK_FILES, available_packs, load_pack


def current_version(name: str) -> PackVersion:
    """The version of a pack that is in use now; its files are kept the first time they are met.

    Raises:
        DomainError: the files changed but the version did not.
    """
    pack = load_pack(name)
    files = {file: (pack.path / file).read_text(encoding="utf-8") for file in PACK_FILES}
    kept, _new = PackVersion.objects.get_or_create(
        name=pack.name, version=pack.version, defaults={"digest": pack.digest, "files": files}
    )
    if kept.digest != pack.digest:
        raise DomainError(
            _("The methodology %(pack)s was changed without a new version. Give it one in pack.yaml.")
            % {"pack": pack.name}
        )
    return kept


def version_named(name: str, version: str) -> PackVersion:
    """A version that this installation knows.

    Raises:
        DomainError: it was never used here.
    """
    known = PackVersion.objects.filter(name=name, version=version).first()
    if known is None and any((pack.name, pack.version) == (name, version) for pack in available_packs()):
        return current_version(name)
    if known is None:
        raise DomainError(
            _("The questionnaire version %(version)s is not known here. Update the form and send it again.")
            % {"version": version or "?"}
        )
    return known


def pack_of(version: PackVersion) -> Pack:
    """The pack as it was at that version, from `content/` where it is still the same, else from what was kept."""
    return _read(version.name, version.version, version.digest, json.dumps(version.files, sort_keys=True))


@lru_cache(maxsize=16)
def _read(name: str, version: str, digest: str, files: str) -> Pack:
    today = load_pack(name)
    if today.digest == digest:
        return today
    folder = Path(settings.VAR) / "packs" / f"{name}-{version}-{digest[:12]}" / name
    folder.mkdir(parents=True, exist_ok=True)
    for file, text in json.loads(files).items():
        (folder / file).write_text(text, encoding="utf-8")
    return load_pack(folder)
