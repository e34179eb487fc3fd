"""A paper of an entry of a register, by the words of its template: made each time from the record, and not kept."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from django.utils import timezone, translation

from punte.accounts.enums import SEALED_COMPARTMENTS, Role
from punte.accounts.models import Appointment, User
from punte.annual_plans.papers.content import Block, Column, Part, PlanPaper
from punte.annual_plans.papers.docx import plan_docx
from punte.cases.models import Case
from punte.documents.coded_letter import head_of
from punte.documents.content import address_of, profession_of
from punte.documents.paper import Line, Signature
from punte.documents.romanian import clean, long_date, paragraphs, short_date
from punte.kernel.papers import FOLDER, LANGUAGE, pdf
from punte.people.models import Dwelling, Household, Person
from punte.people.sight import hidden_from
from punte.registers.actions.writing import in_words
from punte.registers.catalogue import definition_at, definitions
from punte.registers.models import Entry
from punte.registers.papers import PaperSignature, PaperTable, RegisterPaper, paper_named
from punte.registers.showing import ShownEntry, shown
from punte.registers.sight import Sight
from punte.registers.values import said_by

Content = dict[str, Any]
_BLANK = "." * 24
_SIGNED = f"Semnătura, data: {_BLANK}"
_NO_HEAD = {"institution": "", "contact": ""}
# The wording of an official paper is Romanian whatever language the screens speak, as that of its template.
_FOR_THE_FILE = "Rămâne la dosar și nu se semnează: nu se lasă acasă și nu se trimite."


def register_paper(user: User, entry: Entry, key: str, file_format: str) -> bytes:
    """The file of a paper of an entry, with what the account reads of it.

    Args:
        entry: as the account sees it.
        key: one of the papers of its register.
        file_format: "pdf" (PDF/UA-1 and PDF/A-2a) or "docx".
    """
    paper = paper_named(key)
    with translation.override(LANGUAGE):
        content = _content(user, entry, paper)
    moment = timezone.localtime()
    if file_format == "docx":
        return docx_of(content, moment)
    return pdf(FOLDER / ("plain_paper" if paper.plain else "register_paper"), content, moment)


def _content(user: User, entry: Entry, paper: RegisterPaper) -> Content:
    sight, definition = Sight(user, entry.subject), definition_at(entry.version)
    [said] = shown(user, [entry], {entry.register: sight.fields(definition)})
    about = [one for one in _about(user, entry) if one.label != _ADDRESS or not paper.without_address]
    told = {one.name: clean(one.said) for one in said.fields}
    inside = _Words(
        {
            **{name: value for name, value in told.items() if value},
            "subject": about[0].value,
            "address": next((one.value for one in about if one.label == _ADDRESS), "") or _BLANK,
            "institution": clean(entry.keeper.name),
            "start": short_date(entry.start),
            "end": short_date(said.last) if said.last else _BLANK,
            "state": said.state,
            "today": long_date(timezone.localdate()),
        }
    )
    fields = definition.fields if paper.fields is None else paper.fields
    sealed = entry.compartment in SEALED_COMPARTMENTS and not paper.plain
    today = timezone.localdate()
    return {
        "title": paper.title,
        "head": _NO_HEAD if paper.plain else asdict(head_of(entry.keeper)),
        # Made each time anew, it is in no register of papers.
        "unnumbered": True,
        "register": short_date(today),
        "entry": "",
        "date": long_date(today),
        "legal_basis": list(paper.legal_basis),
        "subject": [] if paper.plain else [asdict(one) for one in about],
        "text": _sentences(paper.text, inside),
        "facts": [
            asdict(Line(in_words(definition.fields[name].label), told.get(name, "")))
            for name in fields
            if name in definition.fields and name in sight.fields(definition)
            if name in told or not paper.known_only
        ],
        "tables": [_table(user, sight, entry, one) for one in paper.tables],
        "closing": _sentences(paper.closing, inside),
        "signatures": [] if sealed else [asdict(_signature(one, entry, user)) for one in paper.signatures],
        "for_the_file": _FOR_THE_FILE if sealed else "",
        "notice": paper.notice,
    }


class _Words(dict[str, str]):
    """What is not known is left to be written by hand."""

    def __missing__(self, _name: str) -> str:
        return _BLANK


def _sentences(texts: Sequence[str], inside: _Words) -> list[str]:
    return [part for text in texts for part in paragraphs(text.format_map(inside))]


_ADDRESS = "Adresa"


def _about(user: User, entry: Entry) -> list[Line]:
    """Whom the paper is about, and where they live as far as the account may know."""
    today = timezone.localdate()
    match entry.subject:
        case Person() as person:
            home = (
                hidden_from(user)
                .living()
                .filter(person=person)
                .select_related("household__uat__county")
                .first()
            )
            lines = [
                ("Persoana", clean(str(person))),
                ("Data nașterii", short_date(person.birth_date)),
                (
                    _ADDRESS,
                    address_of(home.household, on=today) if home and _sees(user, home.household) else "",
                ),
            ]
        case Household() as home:
            lines = [("Gospodăria", clean(home.name)), (_ADDRESS, address_of(home, on=today))]
        case Case() as case:
            home = case.household
            lines = [
                ("Gospodăria", clean(home.name)),
                (_ADDRESS, address_of(home, on=today)),
                ("Cazul", str(case)),
            ]
        case Dwelling() as dwelling:
            lines = [("Locuința", clean(str(dwelling)))]
            if entry.concerns and _sees(user, entry.concerns):
                lines.append(("Gospodăria", clean(entry.concerns.name)))
        case other:
            lines = [("Instituția", clean(str(other)))]
    return [Line(label, value) for label, value in lines]


def _sees(user: User, household: Household) -> bool:
    return Household.objects.visible_to(user).filter(pk=household.pk).exists()


def _table(user: User, sight: Sight, entry: Entry, table: PaperTable) -> Content:
    """The entries of another register that name this one, as the account sees them, in the order of their days."""
    other = definitions()[table.register]
    readable = sight.fields(other)
    rows = [
        one
        for one in sight.entries()
        if one.register == table.register
        and said_by(definition_at(one.version), one).get(table.by) == entry.pk
    ]
    found = [one for one in shown(user, rows, {table.register: readable}) if not one.withdrawn]
    found.sort(key=lambda one: one.entry.start)
    titles = {"start": "Data", "end": "Până la", "state": "Starea"}
    return {
        "title": table.title,
        "columns": [titles.get(name) or in_words(other.fields[name].label) for name in table.columns],
        "rows": [[_cell(one, name) for name in table.columns] for one in found],
    }


def _cell(one: ShownEntry, name: str) -> str:
    own = {
        "start": short_date(one.entry.start),
        "end": short_date(one.last) if one.last else "",
        "state": one.state,
    }
    return own.get(name) or next((clean(field.said) for field in one.fields if field.name == name), "")


def _signature(one: PaperSignature, entry: Entry, user: User) -> Signature:
    if one.who == "issuer":
        profession = profession_of(user, entry.keeper)
        return Signature(one.role, clean(user.name), profession[:1].upper() + profession[1:])
    if one.who == "coordinator":
        posts = Appointment.objects.current().filter(organization=entry.keeper_id, role=Role.COORDINATOR)
        # Nobody checks what they wrote themselves.
        posts = posts.exclude(user=user)
        names = list(posts.filter(user__is_active=True).values_list("user__name", flat=True)[:2])
        return Signature(one.role, clean(names[0]) if len(names) == 1 else "", one.detail)
    if one.who == "family" and isinstance(entry.subject, Person):
        return Signature(one.role, clean(str(entry.subject)), one.detail)
    return Signature(one.role, "", one.detail)


def docx_of(content: Content, moment: dt.datetime) -> bytes:
    """An editable document, drawn as reports are; the content goes in as text, never as markup."""
    head = content["head"]
    said = [part for part in (head["institution"], head["contact"], content["date"]) if part]
    paper = PlanPaper(
        title=content["title"],
        institution=head["institution"],
        decision=content["date"],
        annex="\n".join(said),
        parts=[Part(False, list(_blocks(content)))],
        is_report=True,
    )
    return plan_docx(paper, moment)


def _blocks(content: Content) -> Iterator[Block]:
    if content["legal_basis"]:
        yield Block("paragraph", text=f"Temei: {'; '.join(content['legal_basis'])}.")
    yield from _facts(content["subject"])
    yield from _prose(content["text"])
    yield from _facts(content["facts"])
    for part in content["tables"]:
        yield Block("heading", text=part["title"], level=2)
        if part["rows"]:
            columns = [Column(title) for title in part["columns"]]
            yield Block("table", text=part["title"], columns=columns, rows=part["rows"])
        else:
            yield Block("paragraph", text="Nimic înscris.")
    yield from _prose(content["closing"])
    people = [
        [one["role"], "\n".join(part for part in (one["name"] or _BLANK, one["detail"], _SIGNED) if part)]
        for one in content["signatures"]
    ]
    if people:
        yield Block("signatures", people=people)
    yield from _prose([text for text in (content["for_the_file"], content["notice"]) if text])


def _prose(texts: Iterable[str]) -> Iterator[Block]:
    return (Block("paragraph", text=text) for text in texts)


def _facts(lines: Iterable[dict[str, str]]) -> Iterator[Block]:
    return (Block("fact", label=one["label"], text=one["value"] or _BLANK) for one in lines)
