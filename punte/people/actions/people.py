"""People: made and changed."""

import datetime as dt
from collections.abc import Collection
from typing import Any, TypedDict, Unpack
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.kernel.encryption import blind_index
from punte.kernel.errors import DomainError
from punte.organizations.models import Organization
from punte.people.actions.checks import (
    changed,
    check_choice,
    check_lengths,
    check_not_future,
    tidy,
)
from punte.people.actions.death import follow_death
from punte.people.actions.other_names import keep_former_name
from punte.people.identity import agreed_identity
from punte.people.models import Person, PersonSeal
from punte.people.names import known_name
from punte.people.search.index import index_names
from punte.people.sight import Shown, forget_households_in_sight, hidden_from


class PersonDetails(TypedDict, total=False):
    """What may be known of a person besides the name; `ethnicity` is what the person declared (R178)."""

    birth_date: dt.date | None
    sex: str
    cnp: str
    ethnicity: str
    phone: str
    email: str
    died_on: dt.date | None


class PersonFields(PersonDetails, total=False):
    """All that may be changed of a person."""

    family_name: str
    given_name: str


@verb
def create_person(
    *,
    by: User,
    keeper: Organization,
    family_name: str,
    given_name: str,
    key: UUID | None = None,
    **details: Unpack[PersonDetails],
) -> Person:
    """Begin the record of a person, kept by `keeper`; birth date and sex are read from the CNP where there is one.

    One name is a name, and both may be empty: a foundling, a newborn.

    Args:
        key: the identifier that a questionnaire already gave the person.

    Raises:
        NotAllowed: the account does not record people there.
        DomainError: on a field that cannot be so, or a CNP that the keeper already has.
    """
    by.standing.require(Capability.EDIT_PEOPLE, keeper.pk)
    person = Person(keeper=keeper, **({"pk": key} if key else {}))
    names = _apply(person, {"family_name": family_name, "given_name": given_name, **details})
    _save(person, new=True)
    index_names([person])
    record(by=by, verb="create_person", keeper=keeper.pk, person=person.pk, changes={"fields": names})
    return person


@verb
def change_person(
    *, by: User, person: Person, correcting_name: bool = False, **fields: Unpack[PersonFields]
) -> Person:
    """Change what is named; the rest stays. A new CNP is checked against the birth date and sex that stand.

    With the day of death every membership ends on it and no term, paper or count speaks of the person any more;
    without it all is as it was before.

    Args:
        correcting_name: the name was written wrong, so what stood before is no former name.

    Raises:
        NotAllowed, DomainError: as for `create_person`.
    """
    by.standing.require(Capability.EDIT_PEOPLE, person.keeper_id)
    before = (person.family_name, person.given_name)
    shown = hidden_from(by).people.get(person.pk)
    if shown is not None:
        person.phone, person.email = shown.phone, shown.email
    names = _apply(person, dict(fields))
    _save(person, shown=shown, names=names)
    forget_households_in_sight(by)
    if {"family_name", "given_name"} & set(names):
        if not correcting_name:
            keep_former_name(person, *before)
        index_names([person])
    if "died_on" in names:
        follow_death(by=by, person=person)
    record(
        by=by,
        verb="change_person",
        keeper=person.keeper_id,
        person=person.pk,
        sealed=PersonSeal.objects.filter(person=person, end=None).exists() and shown is None,
        changes={"fields": names},
    )
    return person


def _apply(person: Person, fields: dict[str, Any]) -> list[str]:
    texts = {key: tidy(value) for key, value in fields.items() if isinstance(value, str)}
    texts |= {key: known_name(texts[key]) for key in ("family_name", "given_name") if key in texts}
    names = changed(person, {**fields, **texts})
    check_lengths(Person, **{key: text for key, text in texts.items() if key != "cnp"})
    if person.sex:
        check_choice(Person, "sex", person.sex)
    identity = agreed_identity(
        cnp=person.cnp, birth_date=person.birth_date, sex=person.sex, today=timezone.localdate()
    )
    person.cnp, person.birth_date, person.sex = identity.cnp, identity.birth_date, identity.sex
    person.cnp_index = blind_index(identity.cnp) if identity.cnp else ""
    _check_death(person)
    _check_cnp_is_new(person)
    return names


def _check_death(person: Person) -> None:
    check_not_future("died_on", person.died_on)
    if person.died_on and person.birth_date and person.died_on < person.birth_date:
        raise DomainError(_("The date of death is before the birth date."), field="died_on")


def _check_cnp_is_new(person: Person) -> None:
    if not person.cnp_index:
        return
    same = Person.objects.filter(keeper=person.keeper_id, cnp_index=person.cnp_index).exclude(pk=person.pk)
    if (other := same.first()) is not None:
        raise _cnp_taken(str(other))


def _save(
    person: Person, *, new: bool = False, shown: Shown | None = None, names: Collection[str] = ()
) -> None:
    try:
        with transaction.atomic():
            if shown is None:
                person.save(force_insert=new)
            else:
                _save_beside_seal(person, shown, names)
    except IntegrityError as refused:
        if "cnp" not in str(refused):
            raise
        raise _cnp_taken("") from refused


def _save_beside_seal(person: Person, shown: Shown, names: Collection[str]) -> None:
    """Save what somebody outside the circle wrote: how the person is reached stays as the circle has it."""
    reached = {"phone", "email"}
    if reached & set(names):
        PersonSeal.objects.filter(pk=shown.seal).update(phone=person.phone, email=person.email)
    if not names or set(names) - reached:
        own = {"id", "folded_phone", *reached}
        person.save(update_fields={field.name for field in Person._meta.concrete_fields} - own)


def _cnp_taken(name: str) -> DomainError:
    return DomainError(
        _("A person with this CNP is already in your records: %(name)s. Use that record, or correct the CNP.")
        % {"name": name or "…"},
        field="cnp",
    )
