"""What a provider would publish of a service, by its kind and by whom it is for. All of it is invented."""

import random
from dataclasses import dataclass
from typing import Any

from punte.directory.enums import ServiceMode
from punte.directory.models import Service
from punte.kernel.text import fold

_WEEK = range(1, 6)
Hours = list[tuple[int, str, str]]
_NIGHT_SHELTERS = ("8790 CR-C-III", "8790 CR-PFA-II")
_NIGHTS: Hours = [(day, "20:00", "08:00") for day in range(1, 8)]


@dataclass(frozen=True)
class InventedDetails:
    """The fields of a service by name, and its opening hours."""

    fields: dict[str, Any]
    hours: Hours


@dataclass(frozen=True)
class _People:
    """Whom a service is for, named by words of the nomenclature."""

    words: tuple[str, ...]
    eligibility: str
    ages: tuple[int | None, int | None]
    papers: str


_PAPERS = "Cartea de identitate\nCererea, se completează la noi"
_PEOPLE = (
    _People(
        ("protectie speciala",),
        "Copii pentru care Comisia pentru Protecția Copilului sau instanța a stabilit o măsură de protecție.",
        (0, 18),
        "Hotărârea sau dispoziția de plasament\nActele copilului\nFișa de evaluare",
    ),
    _People(
        ("copii", "mama", "familie"),
        "Copii din familii cu venituri mici sau care trec printr-o perioadă grea. Se fac întâi o discuție și o vizită.",
        (3, 16),
        f"{_PAPERS}\nCertificatul de naștere al copilului\nAdeverința de la școală sau grădiniță\nAdeverința medicală",
    ),
    _People(
        ("varstnice",),
        "Persoane de la 60 de ani care locuiesc singure sau au nevoie de sprijin în fiecare zi.",
        (60, None),
        f"{_PAPERS}\nCuponul de pensie\nScrisoarea medicală",
    ),
    _People(
        ("dizabilitati",),
        "Persoane adulte cu certificat de încadrare în grad de handicap.",
        (18, None),
        f"{_PAPERS}\nCertificatul de încadrare în grad de handicap\nPlanul individual de servicii",
    ),
    _People(
        ("violent",),
        "Persoane care au trecut prin violență în familie și copiii lor. Ajutorul nu depinde de plângere.",
        (None, None),
        "Niciun act nu este necesar la primire",
    ),
    _People(
        ("adapost",),
        "Persoane care nu au unde locui. Sunt primite și fără acte.",
        (18, None),
        "Niciun act nu este necesar în prima noapte",
    ),
    _People(
        ("adictii", "toxico"),
        "Persoane care vor să renunțe la alcool, droguri sau jocuri de noroc, și familiile lor.",
        (16, None),
        _PAPERS,
    ),
)
_ANYBODY = _People(
    (),
    "Persoane și familii aflate într-o perioadă grea, din localitate.",
    (None, None),
    f"{_PAPERS}\nActe despre venituri",
)
_WHAT = {
    ServiceMode.RESIDENTIAL: "Găzduire, masă și îngrijire zi și noapte, cu un plan făcut împreună cu fiecare persoană.",
    ServiceMode.DAY: "Activități, sprijin și masă de prânz pe timpul zilei; seara fiecare se întoarce acasă.",
    ServiceMode.HOME: "Îngrijitori vin acasă: ajutor la spălat, îmbrăcat, cumpărături și medicamente.",
    ServiceMode.MOBILE: "O echipă merge acolo unde sunt oamenii, cu hrană, informații și primul sprijin.",
    ServiceMode.COMMUNITY: "Informare, consiliere și ajutor cu actele, cu programare sau direct la sediu.",
    ServiceMode.FAMILY: "Îngrijire într-o familie pregătită și sprijinită de specialiști.",
    ServiceMode.HELPLINE: "Răspundem la telefon și spunem unde găsiți ajutor.",
}
_PRICES = (
    (True, ""),
    (True, ""),
    (True, "Gratuit; masa de prânz 5 lei"),
    (False, "Între 5 și 20 de lei pe zi, după venit"),
    (False, "60% din venitul lunar al persoanei, cel mult costul lunar aprobat"),
)
_ACCESS = (
    (True, "Rampă la intrare, uși late, toaletă adaptată"),
    (True, "Totul este la parter; loc de parcare aproape de intrare"),
    (False, "Trei trepte la intrare; sunați și vă ajutăm să intrați"),
    (None, ""),
)
_NOTES = ("Închis în zilele de sărbătoare legală", "Vineri, cu programare", "", "")


def invented_details(service: Service, number: int, chance: random.Random) -> InventedDetails:
    """What would be published of the `number`-th service."""
    mode = ServiceMode(service.code.mode) if service.code else ServiceMode.COMMUNITY
    beneficiaries = fold(service.code.beneficiaries) if service.code else ""
    people = next((one for one in _PEOPLE if any(word in beneficiaries for word in one.words)), _ANYBODY)
    night = service.code_id in _NIGHT_SHELTERS or "noapte" in fold(service.name)
    always = not night and mode in (ServiceMode.RESIDENTIAL, ServiceMode.FAMILY, ServiceMode.HELPLINE)
    free, price = chance.choice(_PRICES[:3] if "violent" in beneficiaries else _PRICES)
    step_free, access = chance.choice(_ACCESS)
    low, high = people.ages
    fields = {
        "description": _WHAT[mode],
        "phone": f"0264 000 0{number % 90 + 10}",
        "email": f"serviciul{number + 1}@exemplu.ro",
        "website": f"https://exemplu.ro/servicii/{number + 1}" if chance.random() < 0.5 else "",
        "eligibility": people.eligibility,
        "min_age": low,
        "max_age": high,
        "free_of_charge": free,
        "price": price,
        "required_papers": people.papers,
        "languages": _languages(chance),
        "step_free": step_free,
        "accessibility": access,
        "always_open": always,
        "hours_note": "" if always or night else chance.choice(_NOTES),
        "staff": chance.randrange(2, 26),
    }
    return InventedDetails(fields, [] if always else _NIGHTS if night else _hours(mode, chance))


def _languages(chance: random.Random) -> list[str]:
    shares = (("ro", 1.0), ("hu", 0.45), ("rom", 0.12), ("rms", 0.05), ("en", 0.25))
    return [code for code, share in shares if chance.random() < share]


def _hours(mode: ServiceMode, chance: random.Random) -> Hours:
    if mode == ServiceMode.MOBILE:
        return [(day, "17:00", "23:00") for day in range(1, 8)]
    opens, closes = chance.choice((("08:00", "16:00"), ("07:30", "15:30"), ("09:00", "17:00")))
    if mode == ServiceMode.COMMUNITY and chance.random() < 0.5:
        return [time for day in _WEEK for time in ((day, opens, "12:00"), (day, "13:00", closes))]
    week = [(day, opens, closes) for day in _WEEK]
    return [*week, (6, "09:00", "13:00")] if chance.random() < 0.15 else week
