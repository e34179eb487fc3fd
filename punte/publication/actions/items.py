"""Publishing, confirming and withdrawing what everybody may read."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.kernel import files
from punte.kernel.errors import DomainError
from punte.organizations.models import Organization
from punte.publication.actions.duties import known_duty
from punte.publication.enums import ItemKind
from punte.publication.models import DutyMet, PublishedFile, PublishedItem

EDITABLE = (files.DOCX, files.ODT, files.XLSX, files.ODS)
ALLOWED = (*EDITABLE, files.PDF)
MOST_BYTES = 10 * files.MEGABYTE
MOST_FILES = 5
_LONGEST_SUMMARY = 3_000
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


@dataclass(frozen=True)
class Upload:
    """A file as it was sent."""

    name: str
    content: bytes


@verb
def publish_item(
    *,
    by: User,
    organization: Organization,
    kind: str,
    title: str,
    summary: str = "",
    year: int | None = None,
    duty: str = "",
    uploads: Sequence[Upload] = (),
) -> PublishedItem:
    """Publish something; the duty that it meets is met today.

    Args:
        kind: an `ItemKind`; a form needs at least one file that can be edited (HG 797/2017, art. 6).
        year: the year that it speaks of.
        duty: the key of the duty that it meets, if one.

    Raises:
        NotAllowed: the account does not publish for the organisation.
        DomainError: something is missing or too long; a file may not be kept.
    """
    by.standing.require(Capability.PUBLISH, organization.pk)
    _check(kind, title, summary, year)
    kinds = _check_files(kind, uploads)
    if not uploads and not summary.strip():
        raise DomainError(_("Add a file, or write what is published."), field="summary")
    key = known_duty(duty).key if duty else ""
    item = PublishedItem.objects.create(
        organization=organization,
        kind=kind,
        title=title.strip(),
        summary=summary.strip(),
        year=year,
        duty=key,
        by=by,
    )
    _keep(item, uploads, kinds)
    _meet(item, by)
    _recorded(item, "publish_item", by)
    return item


@verb
def renew_item(*, by: User, item: PublishedItem, uploads: Sequence[Upload] = ()) -> PublishedItem:
    """Say that what is published is still true, or give it newer files in place of the older ones.

    Raises:
        NotAllowed: the account does not publish for the organisation.
        DomainError: it was withdrawn; a file may not be kept.
    """
    found = _published(by, item)
    kinds = _check_files(found.kind, uploads) if uploads else []
    if uploads:
        found.files.filter(replaced_at=None).update(replaced_at=timezone.now())
        _keep(found, uploads, kinds)
    found.modified_at = timezone.now()
    found.save(update_fields=["modified_at"])
    _meet(found, by)
    _recorded(found, "renew_item", by)
    return found


@verb
def withdraw_item(*, by: User, item: PublishedItem, reason: str) -> PublishedItem:
    """Take something from the public pages; it is kept here, with the reason.

    Raises:
        NotAllowed: the account does not publish for the organisation.
        DomainError: it was withdrawn before, or there is no reason.
    """
    found = _published(by, item)
    if not reason.strip():
        raise DomainError(_("Write why it is withdrawn."), field="reason")
    found.withdrawn_on, found.withdrawn_because = timezone.localdate(), reason.strip()[:250]
    found.save(update_fields=["withdrawn_on", "withdrawn_because"])
    _recorded(found, "withdraw_item", by)
    return found


def _published(by: User, item: PublishedItem) -> PublishedItem:
    by.standing.require(Capability.PUBLISH, item.organization_id)
    found = PublishedItem.objects.select_for_update(no_key=True).get(pk=item.pk)
    if found.withdrawn_on:
        raise DomainError(_("This was withdrawn. Publish it anew."))
    return found


def _check(kind: str, title: str, summary: str, year: int | None) -> None:
    if kind not in ItemKind.values:
        raise DomainError(_("Choose what it is."), field="kind")
    if not title.strip() or len(title) > 200:
        raise DomainError(_("Give it a title of at most 200 characters."), field="title")
    if len(summary) > _LONGEST_SUMMARY:
        raise DomainError(
            _("The text is too long: at most %(count)s characters fit.") % {"count": _LONGEST_SUMMARY},
            field="summary",
        )
    if year is not None and not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise DomainError(_("This is not a year."), field="year")


def _check_files(kind: str, uploads: Sequence[Upload]) -> list[files.FileKind]:
    if len(uploads) > MOST_FILES:
        raise DomainError(_("Send at most %(most)s files.") % {"most": MOST_FILES}, field="attached")
    kinds = [
        files.checked(one.content, name=one.name, allowed=ALLOWED, most_bytes=MOST_BYTES, field="attached")
        for one in uploads
    ]
    if kind == ItemKind.FORM and not set(kinds) & set(EDITABLE):
        raise DomainError(
            _(
                "A form is published so that it can be filled in on a computer: add it as DOCX, ODT, XLSX or ODS."
            ),
            field="attached",
        )
    return kinds


def _keep(item: PublishedItem, uploads: Sequence[Upload], kinds: Sequence[files.FileKind]) -> None:
    for upload, kind in zip(uploads, kinds, strict=True):
        made = PublishedFile(
            item=item,
            name=upload.name[-150:],
            extension=kind.extension,
            content_type=kind.content_type,
            size=len(upload.content),
        )
        made.path = default_storage.save(
            f"publication/{made.pk}.{kind.extension}", ContentFile(upload.content)
        )
        made.save()


def _meet(item: PublishedItem, by: User) -> None:
    if item.duty:
        DutyMet.objects.create(organization_id=item.organization_id, duty=item.duty, item=item, by=by)


def _recorded(item: PublishedItem, verb_name: str, by: User) -> None:
    record(
        by=by,
        verb=verb_name,
        keeper=item.organization_id,
        subject=item.pk,
        changes={"kind": item.kind, "duty": item.duty},
    )
