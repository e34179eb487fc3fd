"""What residents sent to a town hall at work, and what it publishes."""

from typing import Any

from punte.accounts.models import User
from punte.organizations.models import Organization
from punte.petitions.actions import (
    Letter,
    Sender,
    answer_petition,
    assign_petition,
    note_petition,
    send_petition,
)
from punte.publication.actions import publish_item

ANA = Sender(name="Ana Exemplu", email="ana@exemplu.ro", phone="0264 000 011")


def letters_to(organization: Organization, *, worker: User, lead: User) -> dict[str, Any]:
    """A petition that is worked on, one that was answered, and an announcement."""
    open_one = _sent(organization, "complaint", "Gardul locului de joacă este rupt de două luni.")
    assign_petition(by=lead, petition=open_one, worker=worker)
    note_petition(by=worker, petition=open_one, text="Am sunat firma de gard.")
    answered = _sent(organization, "request", "Cer un loc la centrul de zi pentru fetița mea.")
    answer_petition(by=worker, petition=answered, answer="Vă așteptăm luni.", basis="Legea 292/2011, art. 33")
    published = publish_item(
        by=lead,
        organization=organization,
        kind="announcement",
        title="Programul cu publicul",
        summary="Luni–vineri, 8–16",
        duty="1.c",
    )
    return {"petition": open_one, "answered_petition": answered, "published": published}


def _sent(organization: Organization, kind: str, text: str) -> Any:
    return send_petition(organization=organization, letter=Letter(kind, text), sender=ANA).petition
