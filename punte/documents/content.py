"""What every paper takes from the record: who issues it, about whom, who signs."""

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy, pgettext

from punte.accounts.enums import SEALED_COMPARTMENTS, Compartment, Role
from punte.accounts.models import Appointment, User
from punte.cases.models import Case
from punte.documents.paper import Head, Line, Member, Paper, Signature
from punte.documents.romanian import age_in_words, clean, short_date
from punte.documents.templates import PaperTemplate, SignatureTemplate
from punte.kernel.errors import NotAllowed
from punte.kernel.text import fold
from punte.organizations.enums import OrganizationKind
from punte.organizations.models import Organization
from punte.people.compartments import compartments_of
from punte.people.enums import Relation, Sex
from punte.people.models import Household, Membership, Person
from punte.people.residences import residence_on
from punte.people.rules import completed_years
from punte.people.sight import Hidden, hidden_from_papers
from punte.territory.models import Uat

_KINDS_OF_UAT = {
    "comună": "comuna",
    "oraș": "orașul",
    "municipiu": "municipiul",
    "municipiu reședință de județ": "municipiul",
    "sector": "sectorul",
}
_CAPITAL = "B"
_KIND_OF_PLACE = re.compile(
    r"(com|comuna|sat|satul|loc|localitatea|oras|orasul|mun|municipiul|jud|judetul)\b\.? *"
)


@dataclass(frozen=True)
class Asked:
    """What the issuer gives to a paper beside the record.

    Attributes:
        aim: the purpose of an inquiry, a key of `purposes.yaml`.
        sections: the keys of the chapters chosen, where the purpose lets its author choose; all of them where empty.
        said: what the author says to the lines of chapters, by `line_key`.
        whom: the member that the inquiry is about, where its purpose is about one.
    """

    by: User
    conclusions: str = ""
    proposals: str = ""
    purpose: str = ""
    entry: str = ""
    heard: str = ""
    review_on: dt.date | None = None
    include_violence: bool = False
    aim: str = ""
    sections: tuple[str, ...] = ()
    said: Mapping[str, str] = field(default_factory=dict)
    whom: UUID | None = None


@dataclass(frozen=True)
class Built:
    """A paper with the compartments of the record that it holds."""

    paper: Paper
    compartments: frozenset[Compartment]


def allowed_compartments(case: Case, template: PaperTemplate, asked: Asked) -> frozenset[Compartment]:
    """The compartments that go on the paper: what it needs, of what its issuer reads.

    Raises:
        NotAllowed: violence was asked for by somebody who does not read all of it in this record.
    """
    read = compartments_of(asked.by, case.household)
    if asked.include_violence and not template.on_request <= read:
        raise NotAllowed(gettext_lazy("You may not read what is known about violence in this household."))
    wanted = template.compartments | (template.on_request if asked.include_violence else frozenset())
    return read & wanted


def shared_parts(
    case: Case,
    template: PaperTemplate,
    asked: Asked,
    *,
    members: Sequence[Membership],
    subject: list[Line],
    on: dt.date,
    as_of: dt.date | None = None,
) -> dict[str, Any]:
    """What every paper of a case has, as the fields of `Paper`; ages are those of `as_of`, else of the paper's day."""
    known_on = as_of or on
    head = head_of(case.keeper, template)
    return {
        "kind": template.kind.value,
        "title": template.title,
        "template_version": template.version,
        "head": head,
        "entry": clean(asked.entry),
        "register": "",
        "date": short_date(on),
        "legal_basis": legal_basis(template, members, on=known_on),
        "subject": subject,
        "members": member_lines(members, on=known_on),
        "signatures": signatures(case, template, asked.by),
        "data_notice": template.data_notice,
        "acknowledgement": template.acknowledgement,
        "information": [
            Line(one.label, one.text.replace("{institution}", head.institution))
            for one in template.information
        ],
    }


def held_by(used: Collection[Compartment], template: PaperTemplate, asked: Asked) -> frozenset[Compartment]:
    """The compartments that a paper holds; the author's own words may tell of violence too, where it was asked for."""
    asked_for = template.on_request if asked.include_violence else frozenset()
    return frozenset(used) | {Compartment.GENERAL} | asked_for


def tells_of_violence(held: Collection[Compartment]) -> bool:
    """Whether a paper is kept from those who live in the house: they do not sign it, nor is it left there."""
    return not SEALED_COMPARTMENTS.isdisjoint(held)


def built(paper: Paper, held: frozenset[Compartment], template: PaperTemplate) -> Built:
    """A paper with the compartments that it holds, signed by the family unless it tells of violence."""
    if tells_of_violence(held):
        paper = replace(paper, acknowledgement="", for_the_file=template.for_the_file)
    return Built(paper, held)


def hidden_on_papers(case: Case) -> Hidden:
    """What the papers of a case leave out: one that is not sealed is read outside the circle of a sealed person too."""
    return Hidden() if case.sealed else hidden_from_papers(case.household)


def members_of(case: Case) -> list[Membership]:
    """Who lives in the household today, as papers say it, the reference person first, then the oldest first."""
    hidden = hidden_on_papers(case)
    if case.person is not None:
        hidden.person(case.person)
    members = hidden.living().filter(household=case.household).select_related("person")
    return sorted(
        hidden.as_seen(members),
        key=lambda one: (one.relation != Relation.REFERENCE, one.person.birth_date or dt.date.max, one.pk),
    )


def member_lines(members: Sequence[Membership], *, on: dt.date) -> list[Member]:
    """The table of the household's composition."""
    return [
        Member(
            name=clean(str(one.person)),
            relation=_relation(one),
            born=short_date(one.person.birth_date),
            age=age_in_words(one.person.birth_date, on=on),
            cnp=one.person.cnp,
        )
        for one in members
    ]


def _relation(member: Membership) -> str:
    """What a member is to the reference person; of „soț sau soție” the word that is theirs, where that is known."""
    label = str(Relation(member.relation).label)
    his, _or, hers = label.partition(" sau ")
    if not hers or not member.person.sex:
        return label
    return hers if member.person.sex == Sex.FEMALE else his


def legal_basis(template: PaperTemplate, members: Sequence[Membership], *, on: dt.date) -> list[str]:
    """The acts that the paper stands on: those about children only where there is a child."""
    births = (one.person.birth_date for one in members)
    with_children = any(born and completed_years(born, on=on) < 18 for born in births)
    return [one.text for one in template.legal_basis if one.concerns != "children" or with_children]


def head_of(organization: Organization, template: PaperTemplate) -> Head:
    """The head of the paper."""
    contact = [organization.address, organization.phone, organization.email]
    town_hall = organization.kind == OrganizationKind.TOWN_HALL
    return Head(
        county=_county(organization.uat) if organization.uat else "",
        institution=clean(organization.name),
        service=template.service if town_hall else "",
        contact=" · ".join(clean(part) for part in contact if part),
    )


def subject_of(
    case: Case, members: Sequence[Membership], *, on: dt.date, whom: Person | None = None
) -> list[Line]:
    """About whom the paper is, and where they lived on the day of which it speaks."""
    person = whom or case.person or next((one.person for one in members), None)
    known = [
        (pgettext("paper", "Beneficiary"), clean(str(person)) if person else ""),
        (pgettext("paper", "CNP"), person.cnp if person else ""),
        (pgettext("paper", "Household"), clean(case.household.name)),
        (pgettext("paper", "Address"), address_of(case.household, on=on)),
        (pgettext("paper", "Phone"), clean((person and person.phone) or case.household.phone)),
        (pgettext("paper", "Case"), str(case)),
    ]
    return [Line(label, value) for label, value in known if value]


def address_of(household: Household, *, on: dt.date) -> str:
    """The address of a day as it is written, each place once, in full: street, locality, UAT, county."""
    lived = residence_on(household, on) or household
    uat = lived.uat
    parts = [*lived.address.split(","), lived.locality, _uat(uat), _county(uat)]
    once = {_place_named(part): clean(part) for part in parts if part.strip()}
    return ", ".join(once.values())


def _place_named(part: str) -> str:
    """The place that a part of an address names, however its kind is written; a county is not its town."""
    kind = _KIND_OF_PLACE.match(fold(part))
    if kind is None:
        return fold(part)
    return ("jud " if kind[1].startswith("jud") else "") + fold(part)[kind.end() :]


def _county(uat: Uat) -> str:
    if uat.county_id == _CAPITAL:
        return pgettext("paper", "the Municipality of Bucharest")
    return pgettext("paper", "%(county)s county") % {"county": uat.county.name}


def _uat(uat: Uat) -> str:
    return f"{_KINDS_OF_UAT.get(uat.kind, uat.kind)} {uat.name}".strip()


def signatures(case: Case, template: PaperTemplate, by: User) -> list[Signature]:
    """The places to sign."""
    return [_signature(one, case, by) for one in template.signatures]


def _signature(template: SignatureTemplate, case: Case, by: User) -> Signature:
    if template.who == "issuer":
        profession = profession_of(by, case.keeper)
        return Signature(template.role, clean(by.name), profession[:1].upper() + profession[1:])
    if template.who == "coordinator":
        return Signature(template.role, _only_coordinator(case.keeper), template.detail)
    return Signature(template.role, "", template.detail)


def profession_of(user: User, organization: Organization) -> str:
    """The qualification of an account, or else its role in the organisation."""
    if user.profession:
        return clean(user.profession)
    roles = [post.role for post in user.standing.posts if post.organization_id == organization.pk]
    return str(roles[0].label) if roles else ""


def _only_coordinator(organization: Organization) -> str:
    """The coordinator's name where there is exactly one; with several the paper leaves a line to write on."""
    appointed = Appointment.objects.current().filter(organization=organization, role=Role.COORDINATOR)
    names = list(appointed.filter(user__is_active=True).values_list("user__name", flat=True)[:2])
    return clean(names[0]) if len(names) == 1 else ""
