"""A device sends a filled questionnaire: it is kept first, and then becomes an assessment if nothing stands against."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from punte.accounts.verbs import record, verb
from punte.devices.models import Device
from punte.fieldwork.enums import FormState
from punte.fieldwork.models import ReceivedFile, ReceivedForm
from punte.fieldwork.taking import take
from punte.kernel.encryption import encrypt_bytes
from punte.kernel.errors import DomainError
from punte.methodology.entities import HouseholdEntity, household_entity
from punte.methodology.errors import InstanceError
from punte.methodology.forms import InstanceHeader, instance_header
from punte.people.models import Household

MAX_FILES = 100
MAX_FILE_BYTES = 20_000_000


@dataclass(frozen=True)
class Sent:
    """One sending of a form; a form with many files comes in several.

    Attributes:
        instance: the XForm instance, the same in each sending.
        files: the files that came along, by name.
        more_to_come: whether other files of the form follow.
        household: the one that it is about, where the device says so beside the form and its worker sees it.
        base: the newest assessment of it that the device had.
    """

    instance: bytes
    files: Mapping[str, bytes] = field(default_factory=dict)
    more_to_come: bool = False
    household: Household | None = None
    base: UUID | None = None


@verb
def receive_form(*, device: Device, sent: Sent) -> ReceivedForm:
    """Take what a device sent, in the name of its owner; the same form sent again is taken once.

    A form that cannot become an assessment yet (somebody may already be on record, the household is not known)
    waits for a person; nothing that arrived whole is ever refused for what it says.

    Raises:
        DomainError: it is damaged, too large, or was sent before with other answers.
    """
    form = _kept(device, sent)
    _keep_files(form, sent.files)
    if form.state == FormState.ARRIVING and not sent.more_to_come:
        take(form, known=sent.household)
        for later in _waiting_for(form):
            take(later)
    record(
        by=device.owner,
        verb="receive_form",
        keeper=device.organization_id,
        subject=form.pk,
        changes={"state": [None, form.state]},
    )
    return form


def _kept(device: Device, sent: Sent) -> ReceivedForm:
    header, entity = _read(sent.instance)
    digest = hashlib.sha256(sent.instance).hexdigest()
    before = ReceivedForm.objects.select_for_update().filter(instance_id=header.instance_id).first()
    if before is None:
        return ReceivedForm.objects.create(
            device=device,
            instance_id=header.instance_id,
            digest=digest,
            instance=sent.instance.decode("utf-8"),
            household=_about(entity, sent),
            creates=bool(entity and entity.create),
            base_version=entity.base_version if entity else None,
            base=sent.base,
        )
    if before.device.owner_id != device.owner_id or before.digest != digest:
        raise DomainError(
            _("This questionnaire was already sent with other answers. Begin a new assessment.")
        )
    return before


def _about(entity: HouseholdEntity | None, sent: Sent) -> UUID | None:
    if entity is not None:
        return entity.key
    return sent.household.pk if sent.household is not None else None


def _read(instance: bytes) -> tuple[InstanceHeader, HouseholdEntity | None]:
    try:
        instance.decode("utf-8")
        return instance_header(instance), household_entity(instance)
    except UnicodeDecodeError as refused:
        raise DomainError(_("The questionnaire is not written in UTF-8. Send it again.")) from refused
    except InstanceError as refused:
        raise DomainError(_(refused.message) % refused.params) from refused


def _keep_files(form: ReceivedForm, files: Mapping[str, bytes]) -> None:
    if not files:
        return
    known = dict(form.files.values_list("name", "digest"))
    for name, content in files.items():
        digest = hashlib.sha256(content).hexdigest()
        if known.get(name, digest) != digest:
            raise DomainError(_("The file %(name)s was already sent with another content.") % {"name": name})
        if name in known:
            continue
        if len(content) > MAX_FILE_BYTES or len(known) >= MAX_FILES or len(name) > 120:
            raise DomainError(_("A questionnaire carries at most 100 files, each of at most 20 MB."))
        known[name] = digest
        ReceivedFile.objects.create(form=form, name=name, digest=digest, content=encrypt_bytes(content))


def _waiting_for(form: ReceivedForm) -> list[ReceivedForm]:
    """Forms about a household that this one has just begun, in the order in which they came."""
    if form.state != FormState.TAKEN or not form.creates:
        return []
    waiting = ReceivedForm.objects.waiting().filter(household=form.household, device__owner=form.device.owner)
    return list(waiting)
