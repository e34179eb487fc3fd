"""What residents of the demonstration wrote to the town hall, and what became of it; every text is invented."""

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.demonstration import names
from punte.organizations.models import Organization
from punte.petitions.actions import (
    Letter,
    Sender,
    add_message,
    answer_petition,
    assign_petition,
    close_petition,
    extend_petition,
    note_petition,
    redirect_petition,
    send_petition,
)
from punte.petitions.enums import ClosingReason
from punte.petitions.models import Petition
from punte.petitions.queries import answerers, leaders
from punte.petitions.terms import set_terms


@dataclass(frozen=True)
class Written:
    """A letter that somebody wrote so many days ago, and how far it has come.

    Args:
        came_to: what was done with it: nothing yet, given, extended, sent on, answered, filed.
    """

    days: int
    kind: str
    text: str
    came_to: str = "nothing"
    anonymous: bool = False
    about: str = ""


_LETTERS = (
    Written(2, "request", "Bună ziua, aș dori să știu ce acte trebuie pentru un loc la centrul de zi pentru fetița mea"
            " de 6 ani. Lucrez în schimburi și nu am cu cine să o las după grădiniță."),
    Written(6, "request", "Tatăl meu are 81 de ani și locuiește singur. Vă rog să ne spuneți cum putem cere îngrijire"
            " la domiciliu și cât durează.", "given"),
    Written(33, "complaint", "Am fost de două ori la ghișeu în octombrie și de fiecare dată mi s-a spus că persoana"
            " care se ocupă de ajutorul pentru încălzire lipsește. Vă rog să îmi spuneți când pot veni.", "given"),
    Written(27, "petition", "Propun ca la centrul de zi pentru vârstnici programul să înceapă la ora 8, pentru că"
            " mulți dintre noi venim cu autobuzul de dimineață.", "extended"),
    Written(12, "request", "Vă rog să reparați becul de pe strada noastră, copiii vin seara de la școală pe"
            " întuneric.", "sent on"),
    Written(40, "request", "Solicit informații despre tichetele sociale pentru grădiniță.", "answered"),
    Written(21, "complaint", "La cantina socială porția de la prânz a fost rece toată săptămâna trecută.", "answered"),
    Written(9, "complaint", "Cineva de la bloc primește ajutor deși nu are nevoie. Verificați.", "filed", True),
    Written(4, "complaint", "La ultima vizită mi s-a vorbit urât de față cu copiii. Cer să vină altcineva.",
            about="doamna care a venit luni"),
)  # fmt: skip
_OF_LAW = ("complaint", "petition")
"""What the legal adviser answers, where there is one."""
_ANSWER = (
    "Bună ziua,\n\nVă mulțumim că ne-ați scris. Am verificat cele semnalate și am luat măsuri împreună cu serviciul"
    " despre care este vorba. Dacă situația se repetă, scrieți-ne sau sunați-ne și venim să vedem la fața locului."
)
_BASIS = "Legea nr. 292/2011 a asistenței sociale; OG nr. 27/2002, art. 8"


def residents_write(organizations: Sequence[Organization], chance: random.Random) -> int:
    """Letters to the first organisation, and one to each of the others; how many there are."""
    city, *others = organizations
    for letter in _LETTERS:
        _bring(city, letter, chance)
    for organization in others:
        _bring(organization, _LETTERS[1], chance)
    return len(_LETTERS) + len(others)


def _bring(organization: Organization, written: Written, chance: random.Random) -> None:
    sent = send_petition(
        organization=organization,
        letter=Letter(written.kind, written.text, about_words=written.about),
        sender=Sender() if written.anonymous else _somebody(chance),
    )
    _date_back(sent.petition, written.days)
    answer = answerers(organization)
    lawyers = answer.filter(appointments__role=Role.LEGAL_ADVISER)
    by = (lawyers.first() if written.kind in _OF_LAW else None) or answer.first()
    lead = leaders(organization).first()
    if by and lead:
        _work_on(sent.petition, written, by=by, lead=lead)


def _work_on(petition: Petition, written: Written, *, by: User, lead: User) -> None:
    match written.came_to:
        case "given":
            assign_petition(by=lead, petition=petition, worker=by)
            note_petition(by=by, petition=petition, text="Am sunat, revin cu lista actelor.")
            add_message(petition=petition, text="Mulțumesc, aștept răspunsul.")
        case "extended":
            assign_petition(by=lead, petition=petition, worker=by)
            extend_petition(
                by=lead, petition=petition, days=15, reason="Întrebăm și ceilalți membri ai centrului."
            )
        case "sent on":
            redirect_petition(
                by=by,
                petition=petition,
                institution="Direcția Tehnică",
                reason="Iluminatul public este în grija Direcției Tehnice.",
            )
        case "answered":
            assign_petition(by=lead, petition=petition, worker=by)
            answer_petition(by=by, petition=petition, answer=_ANSWER, basis=_BASIS)
        case "filed":
            close_petition(by=by, petition=petition, reason=ClosingReason.ANONYMOUS)


def _somebody(chance: random.Random) -> Sender:
    surname, given = names.surname(chance), names.given_name(chance, chance.choice("fm")).split()[0]
    return Sender(
        name=f"{given} {surname}",
        email=f"petent{chance.randrange(1000, 9999)}@exemplu.ro",
        phone=f"0264 000 0{chance.randrange(10, 99)}",
    )


def _date_back(petition: Petition, days: int) -> None:
    """As if it had been sent so many days ago, within the year of its number."""
    now = timezone.now()
    days = min(days, timezone.localtime(now).timetuple().tm_yday - 1)
    petition.received_at = now - dt.timedelta(days=days)
    set_terms(petition)
    petition.save(update_fields=["received_at", "due_on", "redirect_by"])
    petition.events.update(created_at=petition.received_at)
