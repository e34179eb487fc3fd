"""What the room of people keeps of somebody, and what a file for their own request tells of it."""

import datetime as dt
from collections.abc import Callable, Collection, Sequence

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import pgettext, pgettext_lazy

from punte.accounts.enums import Compartment
from punte.accounts.guests import Erasing, Kept, Told
from punte.accounts.models import User
from punte.people.models import Consent, Membership, Person, Sharing
from punte.people.residences import stays_of
from punte.people.sight import hidden_from

Tell = Callable[[User, Person, Collection[str]], Sequence[Told]]


def kept_with_file(
    title: str | Promise,
    *models: str,
    told_to: Tell | None = None,
    why_not: str | Promise = "",
    plain: bool = False,
    tells_where: bool = False,
    erasing: Erasing | None = None,
) -> Kept:
    """What stays as long as the file of the person, and goes with it."""
    return Kept(
        models,
        title,
        pgettext_lazy("own file", "as long as the file of the person is kept"),
        pgettext_lazy(
            "own file", "by decision of the institution, with the file; Punte erases nothing by itself"
        ),
        told_to,
        why_not,
        erasing=erasing,
        plain=plain,
        tells_where=tells_where,
    )


def lives_behind_a_seal(person: Person) -> bool:
    """Whether the household where the person lives today is sealed.

    Of one that was left nothing may follow: whoever left it would see from their own file that it is sealed since.
    """
    return Membership.objects.current().filter(person=person, household__sealed=True).exists()


def day(value: dt.date | None) -> str:
    """A day in words; empty where there is none."""
    return f"{value:%d.%m.%Y}" if value else ""


def _identity(user: User, person: Person, _compartments: Collection[str]) -> Sequence[Told]:
    known = hidden_from(user).person(person)
    told = {
        pgettext("own file", "Family name"): known.family_name,
        pgettext("own file", "Given name"): known.given_name,
        pgettext("own file", "Birth date"): day(known.birth_date),
        pgettext("own file", "Sex"): str(known.get_sex_display()),
        pgettext("own file", "CNP"): known.cnp,
        pgettext("own file", "Ethnicity, as declared"): known.ethnicity,
        pgettext("own file", "Died on"): day(known.died_on),
    }
    return [{label: said for label, said in told.items() if said}]


def _reached(user: User, person: Person, _compartments: Collection[str]) -> Sequence[Told]:
    known = hidden_from(user).person(person)
    told = {pgettext("own file", "Phone"): known.phone, pgettext("own file", "E-mail"): known.email}
    said = {label: said for label, said in told.items() if said}
    return [said] if said else []


def _requests(user: User, person: Person, _compartments: Collection[str]) -> Sequence[Told]:
    """What was asked about the data of the person, with what they hold against an answer; of a sealed home nothing."""
    if lives_behind_a_seal(person):
        return []
    shown = hidden_from(user).people.get(person.pk)
    return [
        {
            pgettext("own file", "What was asked"): str(one.get_kind_display()),
            pgettext("own file", "Asked on"): day(one.asked_on),
            pgettext("own file", "By which right"): str(one.get_asked_by_display()),
            pgettext("own file", "State"): str(one.get_state_display()),
            pgettext("own file", "Wrong on the record"): one.wrong,
            pgettext("own file", "What it should say"): one.should_say,
            pgettext("own file", "Answer"): one.answer,
            pgettext("own file", "What the person holds against it"): one.statement,
        }
        for one in person.subject_requests.order_by("asked_on", "pk")
        if shown is None or one.created_at < shown.sealed_at
    ]


def _other_names(_user: User, person: Person, _compartments: Collection[str]) -> Sequence[Told]:
    return [
        {
            pgettext("own file", "Name"): str(one),
            pgettext("own file", "Kind"): str(one.get_kind_display()),
            pgettext("own file", "Until"): day(one.until),
        }
        for one in person.other_names.all()
    ]


def _papers(_user: User, person: Person, _compartments: Collection[str]) -> Sequence[Told]:
    return [
        {
            pgettext("own file", "Kind"): str(one.get_kind_display()),
            pgettext("own file", "Number"): one.number,
            pgettext("own file", "Issued on"): day(one.issued_on),
            pgettext("own file", "Valid until"): day(one.expires_on),
        }
        for one in person.documents.all()
    ]


def _homes(user: User, person: Person, _compartments: Collection[str]) -> Sequence[Told]:
    """The households; their addresses are told by themselves, each with its days (see `_addresses`)."""
    hidden = hidden_from(user)
    lived = hidden.beyond(Membership.objects.filter(person=person))
    seen = hidden.as_seen(lived.order_by("start", "pk"))
    return [
        {
            pgettext("own file", "Relation to the head"): str(one.get_relation_display()),
            pgettext("own file", "From"): day(one.start),
            pgettext("own file", "Last day"): day(one.end - dt.timedelta(days=1) if one.end else None),
        }
        for one in seen
        if one.household_id not in hidden.households
    ]


def _addresses(user: User, person: Person, _compartments: Collection[str]) -> Sequence[Told]:
    """Of a home that was left only until then: where it is since is of those who stayed, or moved on."""
    return [
        {
            pgettext("own file", "Address"): one.address,
            pgettext("own file", "From"): day(one.start),
            pgettext("own file", "Last day"): day(one.end - dt.timedelta(days=1) if one.end else None),
        }
        for one in stays_of(user, person)
    ]


def _consents(user: User, person: Person, compartments: Collection[str]) -> Sequence[Told]:
    """The person's own, and those of the household where they live; of a sealed household none."""
    if lives_behind_a_seal(person):
        return []
    hidden = hidden_from(user)
    shown = hidden.people.get(person.pk)
    lives = hidden.living().filter(person=person).values("household")
    rows = Consent.objects.filter(
        Q(person=person) | Q(household__in=lives), compartment__in=list(compartments)
    )
    return [
        {
            pgettext("own file", "What for"): one.purpose_named,
            pgettext("own file", "To whom"): str(one.organization or one.receiver),
            pgettext("own file", "Given on"): day(one.start),
            pgettext("own file", "Last day"): day(one.last_day),
            pgettext("own file", "Withdrawn on"): day(one.withdrawn_on),
        }
        for one in rows.select_related("organization").order_by("start", "pk")
        if shown is None or one.created_at < shown.sealed_at
    ]


def _sharings(user: User, person: Person, _compartments: Collection[str]) -> Sequence[Told]:
    """Who else reads, or read, of the household where the person lives; nothing of what is sealed."""
    if lives_behind_a_seal(person) or person.seals.filter(end=None).exists():
        return []
    lives = hidden_from(user).living().filter(person=person).values("household")
    rows = Sharing.objects.filter(household__in=lives, start__isnull=False).select_related("organization")
    return [
        {
            pgettext("own file", "Who reads"): str(one.organization),
            pgettext("own file", "What is read"): ", ".join(one.parts_named),
            pgettext("own file", "What for"): one.what_for,
            pgettext("own file", "From"): day(one.start),
            pgettext("own file", "Last day"): day(one.ended_at.date() if one.ended_at else one.until),
        }
        for one in rows.order_by("start", "pk")
    ]


def _remarks(user: User, person: Person, compartments: Collection[str]) -> Sequence[Told]:
    if Compartment.GENERAL not in compartments:
        return []
    shown = hidden_from(user).people.get(person.pk)
    rows = person.register_rows.exclude(remarks="").order_by("created_at", "pk")
    return [
        {
            pgettext("own file", "Taken in on"): day(row.created_at.date()),
            pgettext("own file", "Remarks"): row.remarks,
        }
        for row in rows
        if shown is None or row.created_at < shown.sealed_at
    ]


TELLS_OF_OTHERS = pgettext_lazy("own file", "it tells of other people too")
REPEATS = pgettext_lazy("own file", "it repeats what stands elsewhere, so that it is found")

KEEPS = (
    kept_with_file(
        pgettext_lazy("own file", "Who the person is"), "people.Person", told_to=_identity, plain=True
    ),
    kept_with_file(
        pgettext_lazy("own file", "How the person is reached"),
        "people.Person",
        told_to=_reached,
        plain=True,
        tells_where=True,
    ),
    kept_with_file(
        pgettext_lazy("own file", "Other names"), "people.OtherName", told_to=_other_names, plain=True
    ),
    kept_with_file(
        pgettext_lazy("own file", "Papers"), "people.IdentityDocument", told_to=_papers, plain=True
    ),
    kept_with_file(
        pgettext_lazy("own file", "Where the person lived"),
        "people.Membership",
        "people.Household",
        told_to=_homes,
        plain=True,
        tells_where=True,
    ),
    kept_with_file(
        pgettext_lazy("own file", "Addresses"),
        "people.Residence",
        "people.Dwelling",
        told_to=_addresses,
        plain=True,
        tells_where=True,
    ),
    kept_with_file(
        pgettext_lazy("own file", "Consents"), "people.Consent", told_to=_consents, tells_where=True
    ),
    kept_with_file(
        pgettext_lazy("own file", "Who else reads the record"),
        "people.Sharing",
        told_to=_sharings,
        tells_where=True,
    ),
    kept_with_file(
        pgettext_lazy("own file", "Remarks of registers that were taken in"),
        "people.TakenRow",
        told_to=_remarks,
        tells_where=True,
    ),
    kept_with_file(
        pgettext_lazy("own file", "Requests about the person's data"),
        "people.SubjectRequest",
        told_to=_requests,
        tells_where=True,
    ),
    kept_with_file(pgettext_lazy("own file", "Relatives"), "people.Kinship", why_not=TELLS_OF_OTHERS),
    kept_with_file(
        pgettext_lazy("own file", "Seals"),
        "people.PersonSeal",
        "people.HouseholdSight",
        "people.EmergencyRequest",
        why_not=pgettext_lazy("own file", "it protects somebody"),
    ),
    kept_with_file(
        pgettext_lazy("own file", "Files that were joined, or may be of one person"),
        "people.PersonJoin",
        "people.LikelyPair",
        why_not=TELLS_OF_OTHERS,
    ),
    kept_with_file(
        pgettext_lazy("own file", "Index of names"),
        "people.PersonName",
        "people.PersonNamePair",
        why_not=REPEATS,
    ),
    kept_with_file(
        pgettext_lazy("own file", "Files of registers, before they are taken in"),
        "people.RegisterImport",
        why_not=TELLS_OF_OTHERS,
    ),
)
