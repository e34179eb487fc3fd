"""Packs as this installation first used them, so that an old assessment is always read by its own version."""

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from punte.assessments.models import PackUpload, PackVersion
from punte.kernel.errors import DomainError
from punte.kernel.prepared import Prepared
from punte.methodology.model import Pack, Package
from punte.methodology.packs import PACK_FILES, available_packs, former_pack, load_pack


def current_version(name: str) -> PackVersion:
    """The version of a pack that is in use now; its files are kept the first time they are met.

    Raises:
        DomainError: the files changed but the version did not.
    """
    pack = load_pack(name)
    kept = _kept(pack)
    if kept.digest != pack.digest:
        raise DomainError(
            _("The methodology %(pack)s was changed without a new version. Give it one in pack.yaml.")
            % {"pack": pack.name}
        )
    return kept


def _kept(pack: Pack) -> PackVersion:
    known: list[PackVersion] = _known(name=pack.name, version=pack.version)
    if known:
        return known[0]
    files = {file: (pack.path / file).read_text(encoding="utf-8") for file in PACK_FILES}
    kept, _new = PackVersion.objects.defer("files").get_or_create(
        name=pack.name,
        version=pack.version,
        defaults={
            "digest": pack.digest,
            "files": files,
            "about": pack.about,
            "sets_severity": pack.sets_severity,
            "opens_with": pack.opens_with,
        },
    )
    return kept


_known = Prepared(
    lambda name, version: PackVersion.objects.defer("files").filter(name=name, version=version).order_by()
)


def version_named(name: str, version: str) -> PackVersion:
    """A version that this installation knows: one that was used here, or a former one of `content/former_packs`.

    Raises:
        DomainError: there is none.
    """
    known: PackVersion | None = next(iter(_known(name=name, version=version)), None)
    if known is None and any((pack.name, pack.version) == (name, version) for pack in available_packs()):
        return current_version(name)
    if known is None and (former := former_pack(name, version)) is not None:
        known = _kept(former)
    if known is None:
        raise DomainError(
            _("The questionnaire version %(version)s is not known here. Update the form and send it again.")
            % {"version": version or "?"}
        )
    return known


def pack_of(version: PackVersion) -> Pack:
    """The pack as it was at that version, from `content/` where it is still the same, else from what was kept.

    Read once in a process; the files that were kept are asked for only then.
    """
    return _read(_Named(version.name, version.version, version.digest, version))


def package_of(name: str) -> Package:
    """What plans are drafted from now, by the files in use, whatever version found the findings."""
    return load_pack(name).package


@dataclass(frozen=True)
class _Named:
    """A version by what tells it from others: its digest is that of its files, which are long."""

    name: str
    version: str
    digest: str
    row: PackVersion = field(compare=False)


@lru_cache(maxsize=16)
def _read(named: _Named) -> Pack:
    today = load_pack(named.name)
    if today.digest == named.digest:
        return today
    return load_pack(_laid_down(named.row))


def pack_of_upload(upload: PackUpload) -> Pack:
    """The pack of a version that was uploaded, in force or not."""
    return load_pack(_laid_down(upload))


def _laid_down(kept: PackVersion | PackUpload) -> Path:
    """A folder with the files of a version."""
    folder = Path(settings.VAR) / "packs" / f"{kept.name}-{kept.version}-{kept.digest[:12]}" / kept.name
    folder.mkdir(parents=True, exist_ok=True)
    for file, text in kept.files.items():
        if not (folder / file).is_file() or (folder / file).read_text("utf-8") != text:
            (folder / file).write_text(text, encoding="utf-8")
    return folder


def keep_current(name: str) -> None:
    """Keep what is in use now, so that a form begun with it is read after another version took its place."""
    if any(pack.name == name for pack in available_packs()):
        current_version(name)
