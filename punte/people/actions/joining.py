"""Two files of one person become one."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.kernel.errors import DomainError
from punte.people.actions.checks import check_lengths, check_present
from punte.people.actions.other_names import index_other_names
from punte.people.enums import OtherNameKind, PairState
from punte.people.joining.homes import join_homes
from punte.people.joining.moved import as_text, move_all
from punte.people.joining.sight import open_to
from punte.people.models import (
    Household,
    LikelyPair,
    Membership,
    OtherName,
    Person,
    PersonJoin,
    PersonName,
    PersonNamePair,
    PersonSeal,
)
from punte.people.rules import may_be_parent_and_child
from punte.people.signals import death_changed, files_joined, joining_files, sealed_person_moved

_IDENTITY = ("cnp", "cnp_index", "birth_date", "sex")
_FILLED_IN = ("family_name", "given_name", "birth_date", "sex", "ethnicity", "phone", "email", "died_on")


@verb
def join_people(
    *, by: User, keep: Person, join: Person, why: str, household: Household | None = None
) -> PersonJoin:
    """Two files are of one person: all that hangs on `join` hangs on `keep` from now on.

    `join` stays as a row that leads to the kept one, and is in no list, search or count any more. What the kept file
    does not say is filled in from the other.

    Args:
        household: where the person lives, if the files name two households today.

    Raises:
        NotAllowed: the account does not record people there.
        DomainError: one of them is not in sight of the account; they cannot be one person; or both have what a person
            has once at a time.
    """
    by.standing.require(Capability.EDIT_PEOPLE, keep.keeper_id)
    check_present("why", why.strip())
    check_lengths(PersonJoin, why=why)
    kept, joined = _both(by, keep, join)
    _check_one_person(kept, joined)
    homes = _homes_today(kept, joined)
    _check_home(homes, household)
    joining_files.send(Person, kept=kept, joined=joined, by=by)
    lived = list(Household.objects.filter(memberships__person__in=(kept, joined)).distinct().order_by("pk"))
    filled = _fill_in(kept, joined)
    memberships = join_homes(kept, joined, lives_in=household)
    moved, aside = move_all(joined, kept)
    named = _keep_name(kept, joined)
    what: dict[str, Any] = {
        "fields": filled,
        "memberships": memberships,
        "moved": moved,
        "aside": aside,
        "named": named,
    }
    done = PersonJoin.objects.create(kept=kept, joined=joined, by=by, why=why.strip(), what=as_text(what))
    settle_pair(by=by, one=kept, other=joined, state=PairState.JOINED)
    files_joined.send(Person, kept=kept, joined=joined, by=by)
    follow_files(kept, lived, by=by)
    record(
        by=by,
        verb="join_people",
        keeper=kept.keeper_id,
        household=homes[0].pk if homes else None,
        person=kept.pk,
        subject=joined.pk,
        changes={"rows": len(moved) + len(aside), "fields": sorted(filled)},
    )
    return done


def lock_people(*people: Person) -> dict[Any, Person]:
    """The people as they stand now, locked in one order, so that two joins never wait for each other."""
    keys = sorted({person.pk for person in people})
    return {
        one.pk: one
        for one in Person.everyone.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    }


def not_in_sight() -> DomainError:
    """The words for a person whom the account does not see, whatever the reason."""
    return DomainError(_("Choose a person from your records."), field="join")


def follow_files(person: Person, households: list[Household], *, by: User) -> None:
    """Let devices, terms and who works with a sealed person follow a change of who lives in households."""
    for household in households:
        household.revision += 1
        household.save(update_fields=["revision"])
    death_changed.send(Person, person=person, households=households, by=by)
    if PersonSeal.objects.filter(person=person, end=None).exists():
        for household in households:
            sealed_person_moved.send(Person, household=household, by=by)


def settle_pair(*, by: User, one: Person, other: Person, state: PairState) -> LikelyPair:
    """Write what was said of two files, whether or not they were listed."""
    first, second = sorted((one, other), key=lambda person: person.pk)
    pair, _made = LikelyPair.objects.update_or_create(
        first=first,
        second=second,
        defaults={"keeper_id": one.keeper_id, "state": state, "by": by, "at": timezone.now()},
        create_defaults={
            "keeper_id": one.keeper_id,
            "state": state,
            "by": by,
            "at": timezone.now(),
            "probability": 1.0 if state == PairState.JOINED else 0.0,
        },
    )
    return pair


def _both(by: User, keep: Person, join: Person) -> tuple[Person, Person]:
    if keep.pk == join.pk:
        raise DomainError(_("This is one and the same file. Choose another one."), field="join")
    locked = lock_people(keep, join)
    kept, joined = locked[keep.pk], locked[join.pk]
    for person in (kept, joined):
        if person.joined_into_id is not None:
            raise DomainError(_("One of the files was already joined. Look at the list again."), field="join")
    if open_to(by).filter(pk__in=locked).count() < len(locked):
        raise not_in_sight()
    if kept.keeper_id != joined.keeper_id:
        raise DomainError(_("This person is in the records of another institution."), field="join")
    return kept, joined


def _check_one_person(kept: Person, joined: Person) -> None:
    if kept.cnp and joined.cnp and kept.cnp != joined.cnp:
        raise DomainError(
            _(
                "The files have two different CNPs, both right in form. If one of them is wrong, correct it first."
            ),
            field="join",
        )
    if may_be_parent_and_child(kept.birth_date, joined.birth_date):
        raise DomainError(
            _(
                "The years of birth are as far apart as those of a parent and a child. If one is wrong, correct it."
            ),
            field="join",
        )


def _homes_today(kept: Person, joined: Person) -> list[Household]:
    """Where the kept one lives, then where the other does, if that is elsewhere."""
    living = Membership.objects.current().filter(person__in=(kept, joined)).select_related("household")
    rows = sorted(living, key=lambda row: row.person_id != kept.pk)
    return list({row.household_id: row.household for row in rows}.values())


def _check_home(homes: list[Household], household: Household | None) -> None:
    if household is not None and household.pk not in {home.pk for home in homes}:
        raise DomainError(
            _("Choose one of the households in which the files say that the person lives."), field="household"
        )
    if len(homes) > 1 and household is None:
        raise DomainError(
            _("The files say that the person lives in %(one)s and in %(other)s. Say where they live today.")
            % {"one": homes[0], "other": homes[1]},
            field="household",
        )


def _fill_in(kept: Person, joined: Person) -> dict[str, list[Any]]:
    """What the kept file did not say, from the other; a CNP brings its birth date and sex along."""
    before = {name: getattr(kept, name) for name in ("cnp", "cnp_index", *_FILLED_IN)}
    names = [name for name in _FILLED_IN if not before[name]]
    if joined.cnp and not kept.cnp:
        names = [*names, *(name for name in _IDENTITY if getattr(joined, name))]
    for name in names:
        setattr(kept, name, getattr(joined, name))
    joined.cnp_index, joined.joined_into = "", kept
    joined.save(update_fields=["cnp_index", "joined_into"])
    kept.save()
    return {
        name: [before[name], getattr(kept, name)] for name in before if before[name] != getattr(kept, name)
    }


def _keep_name(kept: Person, joined: Person) -> str:
    """Find the person by the name of the joined file too; the row that was made for it, if one was."""
    PersonName.objects.filter(person=joined).delete()
    PersonNamePair.objects.filter(person=joined).delete()
    name = {"family_name": joined.family_name, "given_name": joined.given_name}
    is_new = (
        any(name.values()) and str(joined) not in kept.names and not kept.other_names.filter(**name).exists()
    )
    made = (
        str(OtherName.objects.create(person=kept, kind=OtherNameKind.SPELLING, **name).pk) if is_new else ""
    )
    index_other_names(kept)
    return made
