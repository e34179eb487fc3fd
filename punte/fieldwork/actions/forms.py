"""A questionnaire that a device sent: it is kept first, and becomes an assessment or waits for a person who decides."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.assessments.actions.members import Decisions, NewMember
from punte.assessments.actions.submit import members_to_decide, submit_assessment
from punte.assessments.questionnaires import AnswerRefused, Questionnaire, refused_answer
from punte.cases.actions import follow_assessment
from punte.devices.models import Device
from punte.fieldwork.conflicts import both_assessments_stand, keep_conflict, newer_assessment
from punte.fieldwork.enums import EntryStatus, FormState
from punte.fieldwork.mending import OF_THE_HOUSEHOLD, Mending, mended_instance, place_of
from punte.fieldwork.models import FieldEntry, FieldFile, ReceivedFile, ReceivedForm
from punte.kernel.encryption import encrypt_bytes
from punte.kernel.errors import DomainError, EditedMeanwhile, NotAllowed
from punte.methodology.errors import InstanceError
from punte.methodology.instances import HouseholdEntity, InstanceHeader, household_entity, instance_header
from punte.people.actions import create_household
from punte.people.models import Household
from punte.territory.models import Uat

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
def receive_form(*, device: Device, sent: Sent, questionnaire: Questionnaire | None = None) -> ReceivedForm:
    """Take what a device sent, in the name of its owner; the same form sent again is taken once.

    A form that cannot become an assessment yet (somebody may already be on record, the household is not known)
    waits for a person; nothing that arrived whole is ever refused for what it says.

    Args:
        questionnaire: what the form says, where it was read already.

    Raises:
        DomainError: it is damaged, too large, or was sent before with other answers.
    """
    form = _kept(device, sent)
    _keep_files(form, sent.files)
    if form.state == FormState.ARRIVING and not sent.more_to_come:
        _assess(form, household=sent.household, questionnaire=questionnaire)
        for later in _waiting_for(form):
            _assess(later)
    record(
        by=device.owner,
        verb="receive_form",
        keeper=device.organization_id,
        subject=form.pk,
        changes={"state": [None, form.state]},
    )
    return form


@verb
def settle_form(
    *, by: User, form: ReceivedForm, decisions: Decisions | None = None, seen: str | None = None
) -> ReceivedForm:
    """Try again to make the assessment, now that what stood against it is settled.

    The assessment stays that of the worker who filled it; the trail says who settled it.

    Args:
        decisions: who the new members are, by their position in the questionnaire.
        seen: the edition of the answers of which the decisions speak, where somebody looked at them.

    Raises:
        NotAllowed: the form is of another worker, and the account does not lead there.
        EditedMeanwhile: other answers stand now, so that a position may be somebody else's.
        DomainError: it does not wait any more, or still cannot be taken, with the reason.
    """
    form = _waiting(by, form)
    if seen is not None:
        _check_seen(form, seen)
    _assess(form, decisions=decisions)
    if form.state == FormState.WAITING:
        raise DomainError(form.reason, field=form.refused or None)
    _trace(by, form, "settle_form")
    return form


@verb
def mend_form(*, by: User, form: ReceivedForm, mending: Mending, seen: str) -> ReceivedForm:
    """Write other answers beside those that came, or leave members out; what came stays as it came.

    Args:
        seen: the edition of the answers that was corrected.

    Raises:
        NotAllowed: the form is of another worker, and the account does not lead there.
        EditedMeanwhile: as for `settle_form`.
        DomainError: it does not wait any more, or cannot be read.
    """
    form = _waiting(by, form)
    _check_seen(form, seen)
    form.mended = mended_instance(form, mending)
    form.save(update_fields=["mended"])
    keeper = form.device.organization_id
    record(
        by=by,
        verb="mend_form",
        keeper=keeper,
        household=form.household,
        subject=form.pk,
        changes={"fields": mending.names},
    )
    return form


@verb
def set_aside(*, by: User, form: ReceivedForm, reason: str) -> ReceivedForm:
    """Leave a form out of the record; it is kept as it came, with the reason.

    Raises:
        NotAllowed, DomainError: as for `settle_form`; no reason.
    """
    form = _waiting(by, form)
    if not reason.strip():
        raise DomainError(_("Write the reason."), field="reason")
    form.state, form.reason, form.settled_at = FormState.SET_ASIDE, reason.strip(), timezone.now()
    form.save(update_fields=["state", "reason", "settled_at"])
    _trace(by, form, "set_form_aside", reason=form.reason)
    return form


def members_of_form(form: ReceivedForm, *, by: User) -> Sequence[NewMember]:
    """The members of a waiting form who may already be on record; none where it cannot be read."""
    if form.state != FormState.WAITING or form.household is None:
        return ()
    known = Household.objects.visible_to(by).filter(pk=form.household).first()
    household = known or Household(pk=form.household, keeper=form.device.organization)
    try:
        return members_to_decide(by=by, household=household, instance=form.answers)
    except DomainError:
        return ()


def _kept(device: Device, sent: Sent) -> ReceivedForm:
    header, entity = _read(sent.instance)
    digest = hashlib.sha256(sent.instance).hexdigest()
    before = (
        ReceivedForm.objects.select_for_update(no_key=True).filter(instance_id=header.instance_id).first()
    )
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


def _assess(
    form: ReceivedForm,
    *,
    household: Household | None = None,
    questionnaire: Questionnaire | None = None,
    decisions: Decisions | None = None,
) -> None:
    """Make the assessment of a form; what stands against it becomes the reason for which it waits.

    Args:
        household: its household, where it was found already among those that the device's worker sees.
    """
    waited = form.state == FormState.WAITING
    found = household if household is not None and household.pk == form.household else None
    try:
        with transaction.atomic():
            form.assessment = submit_assessment(
                by=form.device.owner,
                household=found or _household(form),
                instance=form.answers,
                questionnaire=None if form.mended else questionnaire,
                decisions=decisions,
            )
            follow_assessment(by=form.device.owner, assessment=form.assessment)
        form.state, form.reason, form.settled_at = FormState.TAKEN, "", timezone.now()
        form.refused = ""
    except DomainError as against:
        form.state, form.reason, form.refused = FormState.WAITING, str(against.message), place_of(against)
    form.save(update_fields=["state", "reason", "refused", "settled_at", "assessment"])
    if waited:
        _complete_entry(form)


def _household(form: ReceivedForm) -> Household:
    if form.household is None:
        raise DomainError(_("The questionnaire does not say which household it is about."))
    known = Household.objects.visible_to(form.device.owner).filter(pk=form.household).first()
    if known is not None:
        return known
    if not form.creates:
        raise DomainError(_("The household is not on record, or is not yours to assess."))
    return _new_household(form, form.household)


def _new_household(form: ReceivedForm, key: UUID) -> Household:
    entity = household_entity(form.answers)
    place = Uat.objects.filter(siruta=entity.siruta).first() if entity and entity.siruta else None
    if entity is None or place is None:
        words = _("The questionnaire does not say where the new household lives.")
        raise AnswerRefused(words, field="household_uat", member=None)
    if Household.objects.filter(pk=key).exists():
        raise DomainError(_("The household is not on record, or is not yours to assess."))
    try:
        return create_household(
            by=form.device.owner,
            keeper=form.device.organization,
            key=key,
            name=entity.name,
            uat=place,
            address=entity.address,
        )
    except NotAllowed:
        raise
    except DomainError as refused:
        field = f"household_{refused.field}"
        known = DomainError(refused.message, field=field)
        label = str(OF_THE_HOUSEHOLD[field].label) if field in OF_THE_HOUSEHOLD else ""
        raise refused_answer(known, label=label, member=None) from refused


def _complete_entry(form: ReceivedForm) -> None:
    """What came from Teren and waited is now what its entry became, and stands beside what others found meanwhile."""
    entry = FieldEntry.objects.filter(record=form.pk).first()
    if entry is None or form.assessment is None:
        return
    entry.record = form.assessment.pk
    conflict = newer_assessment(form)
    if conflict is not None:
        entry.status, entry.message = EntryStatus.CONFLICT, both_assessments_stand()[:300]
        keep_conflict(entry, conflict, record=conflict.theirs)
    entry.save(update_fields=["record", "status", "message"])
    FieldFile.objects.filter(about=form.pk).update(about=form.assessment.pk)


def _waiting(by: User, form: ReceivedForm) -> ReceivedForm:
    form = ReceivedForm.objects.select_for_update(no_key=True).select_related("device__owner").get(pk=form.pk)
    leads = by.standing.may(Capability.ASSIGN, form.device.organization_id)
    if form.device.owner_id != by.pk and not leads:
        raise NotAllowed(_("This questionnaire was filled by a colleague."))
    if form.state != FormState.WAITING:
        raise DomainError(_("This questionnaire does not wait any more."))
    return form


def edited_meanwhile() -> EditedMeanwhile:
    """Why nothing is written: answers are named by the position of a member, which may be another's by now."""
    return EditedMeanwhile(
        _(
            "Somebody corrected this questionnaire after you opened it. Nothing of yours was saved: look at it as it"
            " stands now."
        )
    )


def _check_seen(form: ReceivedForm, seen: str) -> None:
    if form.edition != seen:
        raise edited_meanwhile()


def _trace(by: User, form: ReceivedForm, verb_name: str, reason: str = "") -> None:
    keeper = form.device.organization_id
    record(by=by, verb=verb_name, keeper=keeper, household=form.household, subject=form.pk, reason=reason)
