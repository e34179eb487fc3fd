"""A resident begins an application on the site, without an account; the desk finds it by its code and finishes it."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.benefits.catalogue import rulebook_that_holds
from punte.benefits.enums import OPEN, ApplicationState
from punte.benefits.given import BENEFITS
from punte.benefits.models import Application
from punte.cases.permission import required_reason
from punte.directory.help.need import benefits
from punte.kernel.codes import code_for, typed
from punte.kernel.encryption import blind_index
from punte.kernel.errors import DomainError, NotAllowed
from punte.organizations.models import Organization
from punte.people.models import Household, Person
from punte.petitions.queries import addressees
from punte.registers.actions import add_entry
from punte.registers.catalogue import register_named

LONGEST_TEXT, LONGEST_LINE, MOST_PEOPLE = 4_000, 250, 40
_GROUPS = 3


@dataclass(frozen=True)
class Begun:
    """An application with the code by which the desk finds it; the code is shown once and kept nowhere."""

    application: Application
    code: str


@dataclass(frozen=True)
class Resident:
    """Who applies and how they are reached."""

    name: str
    phone: str = ""
    email: str = ""
    address: str = ""
    people: int | None = None
    text: str = ""


def asked_at_town_halls() -> dict[str, Any]:
    """The rights that are asked for where one writes by the form of the town hall, by their keys."""
    return {key: one for key, one in benefits().items() if any(place.written_to for place in one.ask_at)}


def digest_of(code: str) -> str:
    """What is kept of a code, however it is typed."""
    return blind_index(f"benefit application {typed(code)}")


def begin_application(
    *, organization: Organization, benefit: str, resident: Resident, token: str, language: str = "ro"
) -> Begun:
    """Take in what a resident sends by the site. Sent twice with one token it is one application with one code.

    Not a verb: the sender has no account, and nobody's record is changed.

    Raises:
        DomainError: the institution takes none here, there is no such right, something is missing or too long.
    """
    if not addressees().filter(pk=organization.pk).exists():
        raise DomainError(_("This institution does not receive applications here."), field="organization")
    if benefit not in asked_at_town_halls():
        raise DomainError(_("Choose what you ask for."), field="benefit")
    _check(resident)
    sent = hashlib.sha256(repr((token, organization.pk, benefit, vars(resident))).encode()).hexdigest()
    once, code = blind_index(f"benefit sent {sent}"), code_for(f"benefit code {sent}", groups=_GROUPS)
    if found := Application.objects.filter(once=once).first():
        return Begun(found, code)
    try:
        with transaction.atomic():
            made = Application.objects.create(
                organization=organization,
                benefit=benefit,
                language=language,
                once=once,
                code_digest=digest_of(code),
                **{
                    name: value.strip() if isinstance(value, str) else value
                    for name, value in vars(resident).items()
                },
            )
    except IntegrityError:
        made = Application.objects.get(once=once)
    return Begun(made, code)


def _check(resident: Resident) -> None:
    if not resident.name.strip():
        raise DomainError(_("Write your name."), field="name")
    if not any(one.strip() for one in (resident.phone, resident.email, resident.address)):
        raise DomainError(
            _("Write a phone, an e-mail or an address: else nobody can reach you."), field="phone"
        )
    for field in ("name", "phone", "email", "address"):
        if len(getattr(resident, field)) > LONGEST_LINE:
            raise DomainError(_("This is too long."), field=field)
    if len(resident.text) > LONGEST_TEXT:
        raise DomainError(_("This is too long."), field="text")
    if resident.people is not None and not 1 <= resident.people <= MOST_PEOPLE:
        raise DomainError(_("Write how many live with you, you included."), field="people")
    if resident.email.strip():
        try:
            validate_email(resident.email.strip())
        except ValidationError:
            raise DomainError(
                _("This is not an e-mail address. Example: ana@exemplu.ro"), field="email"
            ) from None


def found_by_code(user: User, code: str) -> Application | None:
    """The application that a code names, of those that the account sees."""
    if not typed(code):
        return None
    return Application.objects.visible_to(user).filter(code_digest=digest_of(code)).first()


@verb
def tick_papers(*, by: User, application: Application, brought: list[str]) -> Application:
    """Note which of the papers were brought, by their place on the list of the right."""
    found = _open(by, application)
    found.brought = sorted(set(brought))
    found.save(update_fields=["brought"])
    _trace(by, found, "tick_papers")
    return found


@verb
def tie_application(*, by: User, application: Application, household: Household) -> Application:
    """Say which household of the record it is of.

    Raises:
        NotAllowed: the account does not record people there, or does not see the household.
        DomainError: it is finished; the household is another institution's.
    """
    found = _open(by, application)
    home = Household.objects.visible_to(by).filter(pk=household.pk).first()
    if home is None:
        raise NotAllowed(_("You do not see this household."))
    if home.keeper_id != found.organization_id:
        raise DomainError(_("This household is kept by another institution."), field="household")
    found.household, found.state = home, ApplicationState.TIED
    found.save(update_fields=["household", "state"])
    _trace(by, found, "tie_application", household=home.pk)
    return found


@verb
def finish_application(
    *, by: User, application: Application, person: Person, number: str = ""
) -> Application:
    """Write the application down in the register of benefits, as asked for by somebody of the household.

    Raises:
        NotAllowed: the account may not write in the register about the person.
        DomainError: no household is tied to it, or it is finished.
    """
    found = _open(by, application)
    if found.household is None:
        raise DomainError(_("Say first which household it is."))
    entry = add_entry(
        by=by,
        register=BENEFITS,
        subject=person,
        start=timezone.localdate(),
        state="asked",
        given=_given(found, number),
        confirmed=True,
    )
    found.entry, found.state, found.ended_at = entry, ApplicationState.FINISHED, timezone.now()
    found.save(update_fields=["entry", "state", "ended_at"])
    _trace(by, found, "finish_application", household=found.household_id, person=person.pk)
    return found


def _given(found: Application, number: str) -> dict[str, Any]:
    kind = register_named(BENEFITS).fields["kind"]
    known = found.benefit in {choice.key for choice in kind.choices}
    given: dict[str, Any] = {"kind": found.benefit if known else "other", "covers": covers(found.benefit)}
    return {**given, "number": number.strip()} if number.strip() else given


def covers(benefit: str) -> str:
    """Whether a right is of the family or of one person, as its entitlements say."""
    of = {one.of for one in rulebook_that_holds().entitlements.values() if benefit in one.registered}
    return "self" if of == {"person"} else "family"


@verb
def close_application(*, by: User, application: Application, reason: str) -> Application:
    """Close it without an application: the resident gave it up, or it was sent by mistake."""
    found = _open(by, application)
    found.state, found.ended_at = ApplicationState.CLOSED, timezone.now()
    found.ended_why = required_reason(reason)
    found.save(update_fields=["state", "ended_at", "ended_why"])
    _trace(by, found, "close_application", reason=found.ended_why)
    return found


def _open(by: User, application: Application) -> Application:
    by.standing.require(Capability.EDIT_PEOPLE, application.organization_id)
    locked = Application.objects.select_for_update(of=("self",), no_key=True)
    found = locked.select_related("household").get(pk=application.pk)
    if found.state not in OPEN:
        raise DomainError(_("This application is finished."))
    return found


def _trace(by: User, found: Application, name: str, **about: Any) -> None:
    sealed = found.household is not None and found.household.sealed
    record(by=by, verb=name, keeper=found.organization_id, subject=found.pk, sealed=sealed, **about)
