"""The document model: what a paper says, in words, before anybody decides how it looks.

Everything here is plain text that is ready to print. It is frozen as JSON when a paper is issued, and both the PDF
and the DOCX are made from that JSON alone.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Line:
    """A label with what it says."""

    label: str
    value: str


@dataclass(frozen=True)
class Head:
    """Who issues the paper, from the county down to the service."""

    county: str
    institution: str
    service: str
    contact: str


@dataclass(frozen=True)
class Signature:
    """A place to sign: in which capacity, and who, where that is known."""

    role: str
    name: str
    detail: str


@dataclass(frozen=True)
class Member:
    """A person of the household, as the table of its composition shows them."""

    name: str
    relation: str
    born: str
    age: str
    cnp: str


@dataclass(frozen=True)
class IdentifiedMember(Member):
    """The same with the number of the identity document, empty where the record does not have it."""

    identity: str


@dataclass(frozen=True)
class PersonText:
    """What is said about one person in a chapter."""

    name: str
    text: str


@dataclass(frozen=True)
class Chapter:
    """One side of the situation in sentences: of the household, then of each person; and rows to fill by hand.

    `lines` are what the author says of it, label by label; one without words is left to be written by hand.
    """

    title: str
    text: str
    people: list[PersonText]
    by_hand: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class FindingLine:
    """A vulnerability that was found, with the answers behind it."""

    name: str
    whom: str
    why: str
    severity: str


@dataclass(frozen=True)
class StepLine:
    """A step: what, for whom, who does it, until when, and where somebody was referred for it."""

    text: str
    provider: str
    responsible: str
    due: str
    state: str
    whom: str = ""


@dataclass(frozen=True)
class ObjectiveBlock:
    """An objective with the steps towards it."""

    number: int
    text: str
    whom: str
    due: str
    steps: list[StepLine]


@dataclass(frozen=True)
class Paper:
    """What every paper has. `register` is empty for a draft.

    `entry` is the number that the institution's own register gave it, `for_the_file` what stands in place of the
    family's signature where the paper tells of violence.
    """

    kind: str
    title: str
    template_version: str
    head: Head
    register: str
    date: str
    legal_basis: list[str]
    subject: list[Line]
    members: list[Member]
    signatures: list[Signature]
    data_notice: str
    acknowledgement: str
    entry: str = ""
    for_the_file: str = ""
    information: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class SocialInquiry(Paper):
    """Ancheta socială. Whether findings are told at all, its purpose says."""

    grounds: str = ""
    sources: list[Line] = field(default_factory=list)
    chapters: list[Chapter] = field(default_factory=list)
    findings: list[FindingLine] = field(default_factory=list)
    not_assessed: list[PersonText] = field(default_factory=list)
    conclusions: list[str] = field(default_factory=list)
    proposals: list[str] = field(default_factory=list)
    tells_findings: bool = True


@dataclass(frozen=True)
class Section:
    """What a kind of plan says beside its steps: benefits, the aim, the child's own view."""

    title: str
    text: list[str]


@dataclass(frozen=True)
class ServicePlan(Paper):
    """Planul de servicii, or another kind of plan.

    `visited` is the day of the visit that it rests on, and of the ages; empty without one.
    """

    visited: str = ""
    objectives: list[ObjectiveBlock] = field(default_factory=list)
    later: list[str] = field(default_factory=list)
    parts: list[Section] = field(default_factory=list)
    agreement: list[Line] = field(default_factory=list)
    review: str = ""
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class FamilyMember:
    """Somebody of the household of who applies; `details` are the answers that the form asks for."""

    name: str
    relation: str
    born: str
    cnp: str
    details: str


@dataclass(frozen=True)
class FormPart:
    """A chapter of a form: its rows, empty where they are to be filled by hand, or who else lives there."""

    title: str
    rows: list[Line]
    family: list[FamilyMember] | None = None
    details: str = ""


@dataclass(frozen=True)
class BenefitApplication(Paper):
    """Cererea pentru un beneficiu, cu lista actelor care o însoțesc."""

    parts: list[FormPart] = field(default_factory=list)
    not_income: str = ""
    checklist_title: str = ""
    checklist: list[str] = field(default_factory=list)
    declaration_title: str = ""
    declaration: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class EventLine:
    """An event of a chronology: its number there, when, what, of whom, and on which thread of the line of time."""

    number: int
    when: str
    what: str
    whose: str
    thread: str


@dataclass(frozen=True)
class ChronologyPart:
    """Events that are told together, with what the author thinks of them."""

    title: str
    events: list[EventLine]
    analysis: list[str]


@dataclass(frozen=True)
class Chronology(Paper):
    """Cronologia: chosen events with an analysis of each part and of the whole."""

    purpose: str = ""
    parts: list[ChronologyPart] = field(default_factory=list)
    whole: list[str] = field(default_factory=list)
