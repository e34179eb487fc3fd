"""All versions of all packs that can be read here, and where each stands."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from punte.assessments.enums import UploadState
from punte.assessments.models import PackUpload, PackVersion
from punte.assessments.packs import pack_of, pack_of_upload
from punte.methodology.model import Pack
from punte.methodology.packs import available_packs, former_packs, shipped_packs


@dataclass(frozen=True)
class KnownVersion:
    """One version of a pack.

    Attributes:
        in_use: whether questionnaires are filled by it today.
        used: whether one was filled by it here.
        upload: how it came in, where it was uploaded.
    """

    name: str
    version: str
    in_use: bool
    used: bool
    upload: PackUpload | None

    @property
    def starts_on(self) -> dt.date | None:
        """The day from which it is in force, where that is still to come."""
        upload = self.upload
        if upload and upload.state == UploadState.AGREED and upload.starts_on:
            return upload.starts_on if upload.starts_on > timezone.localdate() else None
        return None


def versions_known() -> list[KnownVersion]:
    """Every version, by the name of its pack, the newest first."""
    today = {(pack.name, pack.version) for pack in available_packs()}
    used = set(PackVersion.objects.order_by().values_list("name", "version"))
    uploads = {(one.name, one.version): one for one in _uploads()}
    known = {*today, *used, *uploads, *_keys(shipped_packs()), *_keys(former_packs())}
    made = [KnownVersion(*key, key in today, key in used, uploads.get(key)) for key in known]
    newest_first = sorted(
        made, key=lambda one: [_part(part) for part in one.version.split(".")], reverse=True
    )
    return sorted(newest_first, key=lambda one: one.name)


def readable_version(name: str, version: str) -> Pack | None:
    """A version to be read; nothing is kept of it."""
    upload = next((one for one in _uploads() if (one.name, one.version) == (name, version)), None)
    if upload:
        return pack_of_upload(upload)
    files = [*available_packs(), *shipped_packs(), *former_packs()]
    found = next((pack for pack in files if (pack.name, pack.version) == (name, version)), None)
    kept = None if found else PackVersion.objects.filter(name=name, version=version).first()
    return pack_of(kept) if kept else found


def _uploads() -> Iterable[PackUpload]:
    there = PackUpload.objects.exclude(state=UploadState.WITHDRAWN)
    return there.select_related("uploaded_by", "asked_by", "answered_by").order_by("-created_at", "pk")


def _keys(packs: Iterable[Pack]) -> set[tuple[str, str]]:
    return {(pack.name, pack.version) for pack in packs}


def _part(text: str) -> tuple[int, str]:
    return (int(text), "") if text.isdecimal() else (-1, text)
