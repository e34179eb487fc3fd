"""What the printed name of a service says: its kind, whom it is for, its number, and the name it calls its own."""

import re
from dataclasses import dataclass

from punte.directory.enums import ServiceMode
from punte.kernel.text import fold

_ENDINGS = (
    "iilor", "ilor", "elor", "ului", "iile", "iii", "iul", "iei", "ile", "ele", "lor",
    "iu", "ul", "ii", "ie", "ea", "ei", "a", "e", "i", "u", "o",
)  # fmt: skip
_SAME_WORD = {
    "copi": "copil",
    "clubur": "club",
    "cop": "copil",
    "drogur": "drog",
    "handicap": "dizabilitat",
    "handicapat": "dizabilitat",
    "batran": "varstnic",
    "famil": "familie",
    "famili": "familie",
    "sf": "sfant",
    "tiner": "tanar",
}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_JOINING = _words("de pentru cu si in a al la pe cel cea din lui se tip fara acordat destinat")
_KINDS = _words(
    "centr zi cas familial camin asistent recuperar servic ingrijir rezidential unitat comunitar social consilier"
    " sprijin apartament domicil socio sociomedical socioprofesional urgent informar cazar prevenir reintegrar"
    " integrar abilitar reabilitar resurs combater incluziun antidrog cantin noapt adapost maternal primir regim"
    " locuint protejat minim medical gazduir temporar evaluar suport ambulator plasament mobil echip neuromotor"
    " club ambulant rot coordonar paliativ tranzit dezintoxicar multifunctional psihosocial violent domestic"
    " deprinder viat independent dezvoltar criz respir separar integrat comunitat mas hran rete profesionist"
)
_GROUPS = _words(
    "copil adult varstnic dizabilitat parint autism strad familie risc situat dificultat motor fizic neuropsihic"
    " alzheimer dependent pensionar persoan adict bolnav cancer straz deficient vizual auz diferit drog alcool alt"
    " substant toxic abuz neglijar exploatar"
)
# A word that every group has tells nobody apart.
_ANYONE = frozenset({"persoan", "aflat", "situat"})
_WRITTEN_APART = (
    (re.compile(r"\bneuro (?=motor)"), "neuro"),
    (re.compile(r"\bsocio (?=medical|profesional)"), "socio"),
    (re.compile(r"\bmedico social"), "sociomedical"),
)
_HOUSING = re.compile(r"^serviciul? social (cu cazare|de zi) ")
_LONE_LETTER = re.compile(r"\b([^\W\d_])-(?=\w)")
_COMPLEX = re.compile(r"\s*[-–]\s*(complex\w*\b.*)$", re.IGNORECASE)

_MODES: tuple[tuple[str, ServiceMode], ...] = (
    (r"^serviciul social cu cazare|^serviciu social cu cazare", ServiceMode.RESIDENTIAL),
    (r"\bechipa mobila|\bambulanta sociala|\bmasa pe roti|\bhrana pe roti", ServiceMode.MOBILE),
    (r"\bla domiciliu\b", ServiceMode.HOME),
    (r"\bcentr\w+ de zi\b|\bservicii? de zi\b|\bsocial de zi\b", ServiceMode.DAY),
    (
        r"\brezidential|\bcas[ae] de tip familial|\bcamin|\badapost\w* de noapte|\bmaternal\b|\bplasament\b"
        r"|\bprimire .*\bregim de urgenta|\blocuint|\bunitat\w+ de tip familial|\btranzit\b|\bgazduire\b"
        r"|\bsocial de urgenta|\bpaliative\b|\bingrijire si asistenta|\babilitare si reabilitare",
        ServiceMode.RESIDENTIAL,
    ),
    (r"\bconsiliere\b|\bde recuperare\b|\bambulator|\bresurse\b|\bcantin", ServiceMode.DAY),
)


@dataclass(frozen=True)
class ServiceName:
    """The parts of a printed name by which two names are compared.

    Attributes:
        kinds, groups: stems of the common words: what the service is and whom it is for.
        numbers: its numbers (`nr. 9`).
        own: the words that no other kind of service shares, run together („a-mic” is „amic”); empty where none.
        own_words: the same words as they read, for a sentence.
    """

    kinds: frozenset[str]
    groups: frozenset[str]
    numbers: frozenset[str]
    own: str
    own_words: str


def read_name(name: str, *, places: str = "", complex_name: str = "") -> ServiceName:
    """Take a printed name apart.

    Args:
        places: localities whose names are no part of the name („… Cluj Napoca”).
        complex_name: the complex that the unit belongs to; it tells whom an unnamed unit is for.
    """
    text = fold(_LONE_LETTER.sub(r"\1", _COMPLEX.sub("", name)))
    for apart, together in _WRITTEN_APART:
        text = apart.sub(together, text)
    text = _HOUSING.sub("", text)
    dropped = {*fold(places).split(), "cluj", "napoca"}
    kinds, groups, numbers, own = set(), set(), set(), []
    for word in text.split():
        stem = stem_of(word)
        if word.isdigit():
            numbers.add(str(int(word)))
        elif word in dropped or word in _JOINING or stem in _JOINING or word == "nr" or stem in _ANYONE:
            continue
        elif stem in _KINDS:
            kinds.add(stem)
        elif stem in _GROUPS:
            groups.add(stem)
        else:
            own.append("sfantul" if stem == "sfant" else word)
    if not groups:
        groups = {stem for stem in map(stem_of, fold(complex_name).split()) if stem in _GROUPS - _ANYONE}
    run_together = re.sub(r"(.)\1", r"\1", "".join(own))
    return ServiceName(frozenset(kinds), frozenset(groups), frozenset(numbers), run_together, " ".join(own))


def stem_of(word: str) -> str:
    """A folded Romanian word without its article, plural or case: `centrul`, `centre`, `centrului` are one.

    Coarse on purpose: it tells the words of service names apart, and no more.
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return _SAME_WORD.get(word, word)


def mode_of(name: str, *kinds: str) -> ServiceMode | None:
    """How a service is given, as its name or else the kind printed beside it says; None where neither does."""
    for text in map(fold, (name, *kinds)):
        for pattern, mode in _MODES:
            if re.search(pattern, text):
                return mode
    return None
