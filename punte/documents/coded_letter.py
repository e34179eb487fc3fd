"""Letters with a code for somebody who has no account: made each time from the record, so that none is kept."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.utils import timezone, translation

from punte.accounts.models import OnceLink
from punte.accounts.once_links import code_of, number_of
from punte.cases.models import FamilyCode, Referral
from punte.documents.leaflet import square_code
from punte.documents.paper import Head, Line, Signature
from punte.documents.romanian import age_in_words, clean, long_date, paragraphs
from punte.kernel.papers import FOLDER, LANGUAGE, pdf
from punte.organizations.models import Organization

# The wording of an official paper is Romanian whatever language the screens speak.
_NOTICE = (
    "Datele de mai sus sunt date numai pentru a răspunde la această trimitere, cu acordul persoanei. Codul se folosește"
    " o singură dată; dacă scrisoarea a ajuns la altcineva, vă rugăm să ne anunțați."
)


def referral_letter(referral: Referral, link: OnceLink, *, address: str) -> bytes:
    """The letter by which an institution without an account is asked, and answers, as tagged PDF.

    Args:
        address: of the page that the code opens.
    """
    with translation.override(LANGUAGE):
        content = _referral(referral, link, address)
    return _printed(content, link, address)


def _referral(referral: Referral, link: OnceLink, address: str) -> dict[str, Any]:
    case, to = referral.case, referral.organization
    receiver = [to.name, to.address, to.email]
    person = clean(str(referral.person))
    age = age_in_words(referral.person.birth_date, on=timezone.localdate(referral.sent_at))
    subject = [
        Line("Către", ", ".join(clean(one) for one in receiver if one)),
        Line("Referitor la", f"trimiterea din {long_date(timezone.localdate(referral.sent_at))}"),
        Line("Persoana", ", ".join(part for part in (person, age) if part)),
    ]
    if referral.service is not None:
        subject.append(Line("Serviciul", clean(str(referral.service))))
    by = referral.by
    reached = " sau ".join(part for part in (clean(by.phone), clean(by.email)) if part)
    return {
        "title": "Trimitere către un serviciu",
        "register": str(case),
        "head": asdict(head_of(case.keeper)),
        "subject": lines(subject),
        "text": [
            "Vă rugăm să ne spuneți dacă puteți primi persoana. De ce are nevoie:",
            *paragraphs(referral.need),
        ],
        "how": "Răspundeți fără cont: deschideți pagina și scrieți numărul și codul.",
        "further": [f"Dacă vă este mai ușor, răspundeți la {reached}; scriem noi răspunsul."],
        "notice": _NOTICE,
        "signatures": [
            asdict(Signature("Conducătorul instituției", "", "")),
            asdict(Signature("Întocmit", clean(by.name), "")),
        ],
    }


def family_paper(code: FamilyCode, link: OnceLink, *, address: str) -> bytes:
    """The paper with which somebody opens their own page; it names nobody but the institution and whom to call."""
    with translation.override(LANGUAGE):
        content = _family(code)
    return _printed(content, link, address)


def _family(code: FamilyCode) -> dict[str, Any]:
    case = code.case
    worker = case.responsible
    phones = [worker.phone if worker else "", case.keeper.phone]
    call = " sau ".join(dict.fromkeys(clean(one) for one in phones if one))
    return {
        "title": "Pagina dumneavoastră",
        "register": str(case),
        "head": asdict(head_of(case.keeper)),
        "subject": [],
        "text": ["Pe această pagină citiți ce avem de făcut împreună, când ne vedem și ce acte să aduceți."],
        "how": "Deschideți pagina pe telefon și scrieți numărul și codul.",
        "further": [
            "Cine găsește hârtia poate citi pagina. Dacă o pierdeți sau nu o mai vreți, sunați-ne și închidem codul"
            + (f": {call}." if call else "."),
        ],
        "notice": "",
        "signatures": [],
    }


def lines(said: Sequence[Line]) -> list[dict[str, str]]:
    """Lines as the template reads them."""
    return [asdict(one) for one in said]


def head_of(organization: Organization) -> Head:
    """The head of a letter."""
    contact = (organization.address, organization.phone, organization.email)
    return Head("", clean(organization.name), "", " · ".join(clean(one) for one in contact if one))


def _printed(content: dict[str, Any], link: OnceLink, address: str) -> bytes:
    made = {
        **content,
        "date": long_date(timezone.localdate(link.created_at)),
        "link": address.removeprefix("https://").removeprefix("http://"),
        "number_label": "Numărul",
        "number": number_of(link),
        "code_label": "Codul",
        "code": code_of(link),
        "until": f"Până la {long_date(timezone.localdate(link.expires_at))}. După cinci coduri greșite se închide.",
        "picture_alt": "Adresa paginii ca pătrat de scanat",
    }
    return pdf(FOLDER / "coded_letter", made, link.created_at, picture=square_code(address))
