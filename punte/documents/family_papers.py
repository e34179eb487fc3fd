"""Papers about data for families: what they agree to, and what they are told; made each time anew, and not kept."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone, translation

from punte.accounts.enums import SEALED_COMPARTMENTS, Role
from punte.accounts.models import Appointment
from punte.accounts.retention import Keeping, keepings
from punte.documents.paper import Head, Line, Signature
from punte.documents.romanian import clean, long_date, short_date
from punte.kernel.papers import FOLDER, LANGUAGE, pdf
from punte.kernel.text import counted
from punte.organizations.models import Organization
from punte.people.actions.own_file import is_behind_a_seal
from punte.people.enums import ConsentGiver
from punte.people.models import Consent
from punte.people.purposes import agreements

_CONSENT = "Acord"
_FREE = (
    "Puteți spune nu, iar ajutorul nostru nu se schimbă. Vă puteți răzgândi oricând, în scris sau prin viu grai:"
    " spuneți celui cu care lucrați. Ce s-a făcut până atunci rămâne făcut."
)
_FOR_THE_FILE = "Rămâne la dosar și nu se semnează: nu se lasă acasă și nu se trimite."
_OFFICER = "responsabilul cu protecția datelor"
_NOT_SET = (
    "Instituția vă spune pentru fiecare fel de hârtie cât se păstrează, după nomenclatorul ei arhivistic."
)
_NAMES = {"closed_cases": "Dosarul cazului", "register_entries": "Înscrierile din registre"}


def consent_form(consent: Consent) -> bytes:
    """A consent as it is read and signed, as tagged PDF (PDF/UA-1 and PDF/A-2a).

    It is signed only where it is safe: nothing about violence, abuse or somebody who is sealed lies about at home.
    """
    with translation.override(LANGUAGE):
        purpose = agreements().purposes.get(consent.purpose)
        receiver = str(consent.organization or consent.receiver)
        until = short_date(consent.last_day) or "până când este retras"
        subject = [
            Line("Pentru ce", clean(consent.purpose_named)),
            Line("Cine primește", clean(receiver) or "nimeni altcineva"),
            Line("De când", short_date(consent.start)),
            Line("Până când", until),
        ]
        content = {
            **_head(consent.keeper),
            "title": _CONSENT,
            "subject": [asdict(one) for one in subject],
            "says": clean(purpose.says[LANGUAGE] if purpose else consent.purpose_named),
            "parts": [{"title": "Dreptul dumneavoastră", "text": [_FREE]}],
            "signatures": [asdict(one) for one in _signatures(consent)],
            "for_the_file": _FOR_THE_FILE,
        }
    return pdf(FOLDER / "consent_form", content, timezone.localtime())


def _signatures(consent: Consent) -> list[Signature]:
    if not _is_safe(consent):
        return []
    name = (
        str(consent.person)
        if consent.giver == ConsentGiver.THEMSELVES and consent.person
        else consent.given_by
    )
    return [
        Signature("Cine este de acord", clean(name), ""),
        Signature("Cine a citit", clean(consent.by.name), ""),
    ]


def _is_safe(consent: Consent) -> bool:
    if consent.compartment in SEALED_COMPARTMENTS:
        return False
    if consent.household is not None:
        return not consent.household.sealed
    return consent.person is not None and not is_behind_a_seal(consent.person)


def information_sheet(keeper: Organization) -> bytes:
    """What a family is told about their data before anything is asked, as tagged PDF of two pages at most."""
    with translation.override(LANGUAGE):
        said = _sheet(FOLDER / "information_sheet" / "words.yaml")
        contact = ", ".join(clean(one) for one in (keeper.address, keeper.phone, keeper.email) if one)
        named = {
            "institution": clean(keeper.name),
            "contact": contact or "la ghișeu",
            "officer": _officer(keeper),
        }
        content = {
            **_head(keeper),
            "title": said["title"],
            "parts": [_part(part, named) for part in said["parts"]],
            "notice": said["notice"],
        }
    return pdf(FOLDER / "information_sheet", content, timezone.localtime())


@lru_cache(maxsize=2)
def _sheet(path: Path) -> Mapping[str, Any]:
    read: Mapping[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return read


def _part(part: Mapping[str, Any], named: Mapping[str, str]) -> dict[str, Any]:
    points = _kept() if part.get("kept") else [clean(one.format(**named)) for one in part.get("points", ())]
    text = [clean(one.format(**named)) for one in part.get("text", ())]
    return {"title": part["title"], "points": points, "text": text}


def _kept() -> Sequence[str]:
    """How long things are kept, by what the institution has set; a proposal is told to no family."""
    return [_kept_so_long(one) for one in keepings() if one.is_on] or [_NOT_SET]


def _kept_so_long(keeping: Keeping) -> str:
    name = _NAMES.get(keeping.key, keeping.key)
    return clean(f"{name}: {counted(keeping.years, 'an', 'ani')} după ce s-a încheiat ({keeping.source}).")


def _officer(keeper: Organization) -> str:
    posts = Appointment.objects.current().filter(organization=keeper, role=Role.DATA_PROTECTION_OFFICER)
    first = posts.select_related("user").order_by("start", "pk").first()
    return clean(f"{first.user.name}, {_OFFICER}") if first else _OFFICER


def _head(keeper: Organization) -> dict[str, Any]:
    contact = (keeper.address, keeper.phone, keeper.email)
    head = Head("", clean(keeper.name), "", " · ".join(clean(one) for one in contact if one))
    today = timezone.localdate()
    # Made each time anew, it is in no register of papers.
    told = {"unnumbered": True, "register": short_date(today), "entry": "", "date": long_date(today)}
    return {"head": asdict(head), **told}
