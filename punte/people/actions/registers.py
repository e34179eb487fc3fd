"""Registers in tables on their way in: sent, understood, answered about, given up. What is read is kept encrypted."""

import datetime as dt
from collections.abc import Mapping

from django.utils import timezone

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.organizations.models import Organization
from punte.people.models import RegisterImport
from punte.people.registers.register import Register, read_register

KEPT = dt.timedelta(days=3)


@verb
def send_register(*, by: User, keeper: Organization, content: bytes, filename: str) -> RegisterImport:
    """Keep a table of people and households to be looked over; it is forgotten after three days.

    Raises:
        NotAllowed: the account does not record people there.
        DamagedTable: the file is no such table.
    """
    by.standing.require(Capability.EDIT_PEOPLE, keeper.pk)
    register = read_register(content, filename=filename, keeper=keeper)
    kept = RegisterImport.objects.create(
        keeper=keeper, by=by, content=register.to_text(), expires_at=timezone.now() + KEPT
    )
    _told(by, kept, "send_register", lines=sum(len(sheet.lines) for sheet in register.sheets))
    return kept


@verb
def name_columns(*, by: User, kept: RegisterImport, meanings: Mapping[str, str]) -> RegisterImport:
    """Say what each column of a register means; what becomes of each line is found out anew.

    Raises:
        NotAllowed: the account does not record people there.
        DomainError: a column is taken for two of one sheet, or nothing names anybody.
    """
    register = _locked(by, kept)
    register.name_columns(meanings)
    register.plan(kept=kept)
    save_register(kept, register)
    _told(by, kept, "name_columns", lines=len(register.planned))
    return kept


@verb
def answer_lines(
    *,
    by: User,
    kept: RegisterImport,
    decisions: Mapping[str, str],
    mended: Mapping[str, Mapping[str, str]],
) -> RegisterImport:
    """Say who a line is, or what should stand in a cell; only of lines that are asked about.

    Args:
        decisions: by the key of a line `new`, `leave`, nothing to take it back, or whom it is of those shown.
        mended: by the key of a line and the name of a column what should stand there; nothing for an empty cell.

    Raises:
        NotAllowed: the account does not record people there.
    """
    register = _locked(by, kept)
    answered = register.answer(decisions, mended)
    register.plan(kept=kept)
    save_register(kept, register)
    _told(by, kept, "answer_lines", lines=answered)
    return kept


@verb
def join_sure_lines(*, by: User, kept: RegisterImport) -> RegisterImport:
    """Say of every line with the name and birth date of one person, and nothing against it, that it is that person.

    Raises:
        NotAllowed: the account does not record people there.
    """
    register = _locked(by, kept)
    sure = register.sure()
    register.answer(sure, {})
    register.plan(kept=kept)
    save_register(kept, register)
    _told(by, kept, "answer_lines", lines=len(sure))
    return kept


@verb
def forget_register(*, by: User, kept: RegisterImport) -> None:
    """Give a register up; what was taken in of it stays.

    Raises:
        NotAllowed: the account does not record people there.
    """
    by.standing.require(Capability.EDIT_PEOPLE, kept.keeper_id)
    _told(by, kept, "forget_register")
    kept.delete()


def forget_old_registers() -> int:
    """Remove the registers whose days are over; how many."""
    old = RegisterImport.objects.filter(expires_at__lte=timezone.now())
    return old.delete()[1].get(RegisterImport._meta.label, 0)


def _locked(by: User, kept: RegisterImport) -> Register:
    """The register as it stands now, until the end of the transaction nobody else's."""
    by.standing.require(Capability.EDIT_PEOPLE, kept.keeper_id)
    kept.refresh_from_db(from_queryset=RegisterImport.objects.select_for_update(of=("self",), no_key=True))
    return Register.of(kept)


def save_register(kept: RegisterImport, register: Register) -> None:
    """Keep the register as it stands now."""
    kept.content = register.to_text()
    kept.save(update_fields=["content"])


def _told(by: User, kept: RegisterImport, verb: str, **changes: int) -> None:
    record(by=by, verb=verb, keeper=kept.keeper_id, subject=kept.pk, changes=dict(changes))
