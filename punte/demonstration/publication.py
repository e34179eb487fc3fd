"""What the town hall of the demonstration publishes: invented forms that can be filled in, and duties met and late."""

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from docx import Document

from punte.accounts.enums import Capability
from punte.accounts.models import Appointment, User
from punte.organizations.models import Organization
from punte.petitions.queries import roles_with
from punte.publication.actions import Upload, give_duty, meet_duty, publish_item
from punte.publication.enums import ItemKind
from punte.publication.models import DutyMet, PublishedItem

_FORMS = (
    (
        "Cerere pentru acordarea de servicii sociale",
        "Pentru orice serviciu social al direcției. Se completează pe calculator sau de mână și se aduce la ghișeu.",
        ("Numele și prenumele", "Data nașterii", "Adresa", "Telefon sau e-mail"),
        "Solicit acordarea serviciului social",
        "Motivul pentru care am nevoie de serviciu",
    ),
    (
        "Cerere pentru îngrijire la domiciliu",
        "Pentru o persoană vârstnică sau cu dizabilități care are nevoie de ajutor acasă.",
        (
            "Numele celui care are nevoie de îngrijire",
            "Vârsta",
            "Adresa",
            "Cine completează cererea",
            "Telefon",
        ),
        "De câte ori pe săptămână este nevoie de ajutor",
        "La ce este nevoie de ajutor (hrană, mers, igienă, medicamente)",
    ),
    (
        "Cerere de loc la centrul de zi pentru copii",
        "Se completează de părinte. Răspunsul vine în cel mult 30 de zile.",
        ("Numele părintelui", "Numele copilului", "Vârsta copilului", "Școala sau grădinița", "Telefon"),
        "Centrul de zi dorit",
        "Orele între care copilul are nevoie de centru",
    ),
)
_OTHERS = (
    ("announcement", "Programul cu publicul", "Luni–joi, 8:00–16:30; vineri, 8:00–14:00. Numere de ordine la intrare.",
     "1.c"),
    ("report", "Serviciile proprii: beneficiari, costuri, personal",
     "Raportul anului trecut, pe fiecare serviciu, se găsește la sediu și, în cifre, în tabelul de mai sus.", "1.d.ii"),
    ("minutes", "Întâlnire de lucru cu furnizorii de servicii sociale",
     "S-a discutat despre locurile libere din centrele de zi și despre lista de așteptare.", "6.1"),
    ("list", "Lista furnizorilor și a serviciilor", "Lista completă, actualizată zilnic, este în tabelul de mai sus.",
     "1.d.i"),
)  # fmt: skip
_MET_BEFORE = (
    ("1.a", 400, "Strategia este pe pagina de internet a primăriei."),
    ("1.b", 300, "Planul anual este pe pagina de internet a primăriei."),
    ("5.1", 50, "Buletinul informativ a fost trimis partenerilor."),
    ("5.2", 27, "Buletinul informativ este pe pagina de internet a primăriei."),
)


def publish_all(organization: Organization) -> None:
    """Forms, announcements and duties of one organisation; nothing where nobody publishes for it."""
    by = _publisher(organization)
    if by is None:
        return
    year = timezone.localdate().year
    for title, summary, *lines in _FORMS:
        upload = Upload(f"{title}.docx", _form(title, lines))
        publish_item(
            by=by,
            organization=organization,
            kind=ItemKind.FORM,
            title=title,
            summary=summary,
            year=year,
            duty="1.c",
            uploads=[upload],
        )
    for kind, title, summary, duty in _OTHERS:
        publish_item(
            by=by, organization=organization, kind=kind, title=title, summary=summary, year=year, duty=duty
        )
    for duty, days, words in _MET_BEFORE:
        on = timezone.localdate() - dt.timedelta(days=days)
        meet_duty(by=by, organization=organization, duty=duty, words=words, on=on)
        give_duty(by=by, organization=organization, duty=duty, owner=by)
    _let_one_grow_old(organization)


def _publisher(organization: Organization) -> User | None:
    posts = Appointment.objects.current().filter(
        organization=organization, role__in=roles_with(Capability.PUBLISH)
    )
    post = posts.select_related("user").order_by("role").last()
    return post.user if post else None


def _let_one_grow_old(organization: Organization) -> None:
    """The list of providers was last confirmed five weeks ago, so that its duty is late."""
    ago = dt.timedelta(days=36)
    old = PublishedItem.objects.filter(organization=organization, duty="1.d.i")
    old.update(modified_at=timezone.now() - ago, published_on=timezone.localdate() - ago)
    DutyMet.objects.filter(item__in=old).update(on=timezone.localdate() - ago)


def _form(title: str, lines: Sequence[Any]) -> bytes:
    """A form as DOCX: a table of the `lines` that come first, the others as questions; date and signature."""
    fields, *questions = lines
    paper = Document()
    paper.core_properties.title = title
    paper.core_properties.language = "ro-RO"
    paper.add_heading(title, level=1)
    table = paper.add_table(rows=0, cols=2, style="Table Grid")
    for name in fields:
        cells = table.add_row().cells
        cells[0].text = name
    for question in questions:
        paper.add_heading(question, level=2)
        paper.add_paragraph("_" * 70)
        paper.add_paragraph("_" * 70)
    paper.add_paragraph("Sunt de acord ca datele de mai sus să fie folosite numai pentru rezolvarea cererii.")
    paper.add_paragraph("Data ____________        Semnătura ____________________")
    made = io.BytesIO()
    paper.save(made)
    return made.getvalue()
