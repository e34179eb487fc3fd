"""A sheet corrected, signed, sent, received and frozen; or sent back."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.cases.actions.note_duty_done import note_duty_done
from punte.kernel.errors import DomainError, NotAllowed
from punte.returns.actions.filling import form_of, settle
from punte.returns.enums import SheetState
from punte.returns.models import Sheet, SheetCorrection
from punte.returns.queries import reads_whole


def _locked(sheet: Sheet, *states: SheetState) -> Sheet:
    """The sheet as it is now.

    Raises:
        DomainError: it is in another state.
    """
    found = Sheet.objects.select_for_update(of=("self",), no_key=True).get(pk=sheet.pk)
    if found.state not in states:
        raise DomainError(_("This sheet is “%(state)s” by now.") % {"state": SheetState(found.state).label})
    return found


def _own(by: User, sheet: Sheet) -> None:
    by.standing.require(Capability.PLAN, sheet.organization_id)
    if not reads_whole(by, sheet):
        raise DomainError(_("You do not see all numbers of this sheet. A coordinator corrects and signs it."))


def _receives(by: User, sheet: Sheet) -> None:
    if sheet.receiver_id is None:
        raise NotAllowed(_("Nobody receives this sheet here."))
    by.standing.require(Capability.PLAN, sheet.receiver_id)


def _noted(by: User, sheet: Sheet, verb_name: str, keeper: Any, reason: str = "", **changes: Any) -> None:
    record(
        by=by, verb=verb_name, keeper=keeper, subject=sheet.pk, reason=reason,
        changes={"form": sheet.form, "period": sheet.period, **changes},
    )  # fmt: skip


@verb
def correct_cell(
    *, by: User, sheet: Sheet, row: str, column: str, value: int | None, reason: str = ""
) -> Sheet:
    """Write another number than was counted, or one that is not counted, with the reason; the rules are asked at once.

    Raises:
        NotAllowed: the account does not plan there.
        DomainError: the sheet is signed, there is no such cell, or no reason is said.
    """
    _own(by, sheet)
    found = _locked(sheet, SheetState.DRAFT)
    form = form_of(found)
    cell = next((one for one in form.cells() if (one[1].key, one[2].key) == (row, column)), None)
    if cell is None:
        raise DomainError(_("This cell is not filled in by hand."))
    if cell[1].query and not reason.strip():
        raise DomainError(_("Say in a few words why."), field="reason")
    SheetCorrection.objects.create(
        sheet=found,
        row=row,
        column=column,
        was=found.value(row, column),
        value=value,
        reason=reason.strip(),
        by=by,
    )
    settle(found, form)
    found.save()
    _noted(by, found, "correct_cell", found.organization_id, cell=f"{row} {column}")
    return found


@verb
def answer_rule(*, by: User, sheet: Sheet, rule: str, reason: str) -> Sheet:
    """Say why something that a rule found is right all the same.

    Raises:
        NotAllowed: the account does not plan there.
        DomainError: the rule found nothing, or no reason is said.
    """
    _own(by, sheet)
    found = _locked(sheet, SheetState.DRAFT)
    if rule not in found.faults:
        raise DomainError(_("This rule finds nothing wrong by now."))
    if not reason.strip():
        raise DomainError(_("Say in a few words why."), field="reason")
    SheetCorrection.objects.create(sheet=found, row=rule, reason=reason.strip(), by=by)
    found.faults[rule]["answered"] = True
    found.save(update_fields=["faults"])
    _noted(by, found, "answer_rule", found.organization_id, rule=rule)
    return found


@verb
def sign_sheet(*, by: User, sheet: Sheet) -> Sheet:
    """Close the sheet: nothing is missing, and all that the rules find is put right or answered.

    Raises:
        NotAllowed: the account does not plan there.
        DomainError: the quarter is not over, a cell is empty, or a rule is not answered.
    """
    _own(by, sheet)
    found = _locked(sheet, SheetState.DRAFT)
    form = form_of(found)
    if timezone.localdate() < found.end:
        raise DomainError(_("The quarter is not over yet."))
    empty = [cell for cell in form.cells() if found.value(cell[1].key, cell[2].key) is None]
    if empty:
        raise DomainError(_("Fill in the empty cells first: %(n)s.") % {"n": len(empty)})
    settle(found, form)
    if found.unanswered:
        raise DomainError(_("Something does not fit yet: put it right, or say why it is so."))
    found.state, found.signed_by, found.signed_at = SheetState.SIGNED, by, timezone.now()
    found.save()
    _noted(by, found, "sign_sheet", found.organization_id)
    return found


@verb
def send_sheet(*, by: User, sheet: Sheet) -> Sheet:
    """Send a signed sheet; what the calendar asked of the institution is noted as done.

    Raises:
        NotAllowed: the account does not plan there.
        DomainError: it is not signed.
    """
    by.standing.require(Capability.PLAN, sheet.organization_id)
    found = _locked(sheet, SheetState.SIGNED)
    found.state, found.sent_at, found.returned = SheetState.SENT, timezone.now(), ""
    if found.receiver_id is None:
        # Nobody receives it here: it went out as a file, and stays as it went.
        found.state, found.frozen_at = SheetState.FROZEN, timezone.now()
    found.save()
    _noted(by, found, "send_sheet", found.organization_id)
    try:
        note_duty_done(by=by, organization=found.organization, rule=form_of(found).term)
    except DomainError:
        # Noted already by hand, or not asked for by a term.
        return found
    return found


@verb
def freeze_sheet(*, by: User, sheet: Sheet) -> Sheet:
    """Receive a sheet: it stays as it is.

    Raises:
        NotAllowed: the account does not plan for the directorate that receives it.
        DomainError: it was not sent.
    """
    _receives(by, sheet)
    found = _locked(sheet, SheetState.SENT)
    found.state, found.frozen_at = SheetState.FROZEN, timezone.now()
    found.save()
    _noted(by, found, "freeze_sheet", found.receiver_id)
    return found


@verb
def return_sheet(*, by: User, sheet: Sheet, reason: str) -> Sheet:
    """Send a sheet back to be put right.

    Raises:
        NotAllowed: the account does not plan for the directorate that receives it.
        DomainError: it was not sent, or no reason is said.
    """
    _receives(by, sheet)
    found = _locked(sheet, SheetState.SENT)
    if not reason.strip():
        raise DomainError(_("Say in a few words why."), field="reason")
    found.state, found.returned = SheetState.DRAFT, reason.strip()
    found.signed_by, found.signed_at, found.sent_at = None, None, None
    found.save()
    _noted(by, found, "return_sheet", found.receiver_id)
    return found
