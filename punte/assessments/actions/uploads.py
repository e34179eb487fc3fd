"""A version of a pack is uploaded, looked at by a second person, put in force from a day, or withdrawn before it."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.assessments.enums import UploadState
from punte.assessments.fitting import require_fits
from punte.assessments.in_force import lay_down
from punte.assessments.models import PackUpload
from punte.assessments.packs import keep_current
from punte.assessments.versions import versions_known
from punte.kernel.errors import DomainError, NotAllowed
from punte.methodology.checking import require_opens_everywhere
from punte.methodology.errors import PackError, gettext_noop
from punte.methodology.model import Pack
from punte.methodology.packs import load_pack
from punte.organizations.models import Organization


def upload_pack(*, by: User, keeper: Organization, files: Mapping[str, str]) -> PackUpload:
    """Check a version of a pack and keep it; nothing is asked or found by it yet.

    Args:
        keeper: the institution for which it is brought in.
        files: those of `assessments.unpacking`.

    Raises:
        NotAllowed: the account does not bring in methodologies there.
        PackError: it does not hold together, does not open everywhere, does not fit what is here, or is known already.
    """
    by.standing.require(Capability.KEEP_METHODOLOGY, keeper.pk)
    with TemporaryDirectory(dir=settings.VAR) as temporary:
        folder = Path(temporary)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
        pack = load_pack(folder)
        require_opens_everywhere(pack)
        require_fits(pack)
        _require_new(pack)
    return _keep_upload(by=by, keeper=keeper, pack=pack, files=files)


def _require_new(pack: Pack) -> None:
    if any((one.name, one.version) == (pack.name, pack.version) for one in versions_known()):
        message = gettext_noop("the version %(version)s is known here already; give it another")
        raise PackError(message, str(pack.path / "pack.yaml"), 1, version=pack.version)


@verb
def _keep_upload(*, by: User, keeper: Organization, pack: Pack, files: Mapping[str, str]) -> PackUpload:
    made = PackUpload.objects.create(
        keeper=keeper,
        name=pack.name,
        version=pack.version,
        digest=pack.digest,
        files=dict(files),
        uploaded_by=by,
    )
    _trace(by, "upload_pack", made)
    return made


@verb
def ask_in_force(*, by: User, upload: PackUpload, starts_on: dt.date, reason: str) -> PackUpload:
    """Ask that a version be in force from a day on; somebody else agrees.

    Raises:
        NotAllowed: as for `upload_pack`.
        DomainError: it was asked already or withdrawn, the day is past or another version's, or there is no reason.
    """
    by.standing.require(Capability.KEEP_METHODOLOGY, upload.keeper_id)
    held = _held(upload, UploadState.CHECKED)
    if starts_on < timezone.localdate():
        raise DomainError(_("The day is past. Choose today or a later day."), field="starts_on")
    if not reason.strip():
        raise DomainError(_("Write the reason."), field="reason")
    _require_free(held, starts_on)
    held.state, held.starts_on, held.reason, held.asked_by = UploadState.ASKED, starts_on, reason.strip(), by
    held.answered_by = held.answered_at = None
    held.save()
    _trace(by, "ask_in_force", held, reason=reason)
    return held


@verb
def agree_in_force(*, by: User, upload: PackUpload) -> PackUpload:
    """Agree, as second person, that a version be in force from the day asked for, or from today where that has passed.

    Raises:
        NotAllowed: the account does not agree to methodologies, or asked for it.
        DomainError: it does not wait for an answer, another version begins that day, or it no longer fits.
    """
    held = _answered(by, upload)
    held.starts_on = max(held.starts_on or timezone.localdate(), timezone.localdate())
    _require_free(held, held.starts_on)
    keep_current(held.name)
    held.state = UploadState.AGREED
    held.save()
    lay_down()
    _trace(by, "agree_in_force", held)
    return held


@verb
def refuse_in_force(*, by: User, upload: PackUpload, reason: str) -> PackUpload:
    """Refuse, as second person; it can be asked for again. Same errors as `agree_in_force`."""
    if not reason.strip():
        raise DomainError(_("Write the reason."), field="reason")
    held = _answered(by, upload)
    held.state, held.starts_on = UploadState.CHECKED, None
    held.save()
    _trace(by, "refuse_in_force", held, reason=reason)
    return held


@verb
def withdraw_pack(*, by: User, upload: PackUpload, reason: str) -> PackUpload:
    """Take a version back before its day.

    Raises:
        NotAllowed: as for `upload_pack`.
        DomainError: it is in force already, was withdrawn, or there is no reason.
    """
    by.standing.require(Capability.KEEP_METHODOLOGY, upload.keeper_id)
    if not reason.strip():
        raise DomainError(_("Write the reason."), field="reason")
    held = _held(upload, UploadState.CHECKED, UploadState.ASKED, UploadState.AGREED)
    if held.state == UploadState.AGREED and held.starts_on and held.starts_on <= timezone.localdate():
        raise DomainError(_("It is in force already. Upload a newer version and put that in force."))
    held.state = UploadState.WITHDRAWN
    held.save()
    lay_down()
    _trace(by, "withdraw_pack", held, reason=reason)
    return held


def _answered(by: User, upload: PackUpload) -> PackUpload:
    # A version is for all institutions here: who looks at it may be of another one.
    if not by.standing.may(Capability.AGREE_METHODOLOGY):
        raise NotAllowed(_("Your role does not allow this. Ask your coordinator."))
    held = _held(upload, UploadState.ASKED)
    if held.asked_by_id == by.pk:
        raise NotAllowed(_("You asked for it: somebody else has to look at it."))
    held.answered_by, held.answered_at = by, timezone.now()
    return held


def _held(upload: PackUpload, *states: UploadState) -> PackUpload:
    """The row, held until the transaction ends, in one of these states."""
    held = PackUpload.objects.select_for_update(no_key=True).get(pk=upload.pk)
    if held.state not in states:
        raise DomainError(_("This was answered or withdrawn meanwhile. Look at the version again."))
    return held


def _require_free(held: PackUpload, day: dt.date) -> None:
    others = PackUpload.objects.filter(name=held.name, starts_on=day, state=UploadState.AGREED)
    if others.exclude(pk=held.pk).exists():
        raise DomainError(_("Another version of it begins that day. Choose another day."), field="starts_on")


def _trace(by: User, what: str, upload: PackUpload, *, reason: str = "") -> None:
    record(
        by=by,
        verb=what,
        keeper=upload.keeper_id,
        subject=upload.pk,
        reason=reason.strip(),
        changes={"version": str(upload)},
    )
