"""The nomenclature of social services as taxonomies: what is given, for whom, and how.

The terms are few and derived from the nomenclature's table, which is read once a request.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import override

from punte.api.hsds.ids import derived
from punte.api.hsds.writing import Item, item
from punte.directory.enums import ServiceMode
from punte.directory.models import NomenclatureCode
from punte.kernel.text import fold

LANGUAGE = "ro"
# The headings under which the nomenclature lists its codes: classes of CAEN Rev. 2.
_CLASSES = {
    "8710": "Activități ale centrelor de îngrijire medicală",
    "8720": "Activități ale centrelor de recuperare psihică și de dezintoxicare, exclusiv spitale",
    "8730": "Activități ale căminelor de bătrâni și ale căminelor pentru persoane aflate în incapacitate de a se"
    " îngriji singure",
    "8790": "Alte activități de asistență socială, cu cazare n.c.a.",
    "8810": "Activități de asistență socială, fără cazare, pentru bătrâni și pentru persoane aflate în incapacitate"
    " de a se îngriji singure",
    "8891": "Activități de îngrijire zilnică pentru copii",
    "8899": "Alte activități de asistență socială, fără cazare, n.c.a.",
}


@dataclass(frozen=True)
class Taxonomy:
    """A way of sorting services."""

    key: str
    name: str
    description: str
    version: str

    @property
    def id(self) -> str:
        """Its UUID, the same everywhere."""
        return derived("taxonomy", self.key)

    def shown(self) -> Item:
        """As HSDS writes it."""
        return item(id=self.id, name=self.name, description=self.description, version=self.version)


NOMENCLATURE = Taxonomy(
    "nomenclature",
    "Nomenclatorul serviciilor sociale",
    "Tipurile de servicii sociale și codurile lor, aprobate prin HG nr. 867/2015; termenii de sus sunt clasele CAEN.",
    "HG 867/2015",
)
BENEFICIARIES = Taxonomy(
    "beneficiaries",
    "Pentru cine este serviciul",
    "Categoriile de beneficiari din Nomenclatorul serviciilor sociale.",
    "HG 867/2015",
)
MODES = Taxonomy(
    "modes",
    "Cum se dă serviciul",
    "Cu cazare, de zi, la domiciliu, mobil, în comunitate, în familie sau la telefon.",
    "1",
)
TAXONOMIES = (NOMENCLATURE, BENEFICIARIES, MODES)


@dataclass(frozen=True)
class Term:
    """A term, with the codes of the services that it covers."""

    taxonomy: Taxonomy
    key: str
    name: str
    description: str
    codes: frozenset[str]
    parent: str = ""

    @cached_property
    def id(self) -> str:
        """Its UUID, the same everywhere."""
        return derived("term", self.taxonomy.key, self.key)

    @property
    def parent_id(self) -> str:
        """The UUID of the term above it; empty at the top."""
        return derived("term", self.taxonomy.key, self.parent) if self.parent else ""

    @cached_property
    def shown(self) -> Item:
        """As HSDS writes it."""
        return item(
            id=self.id,
            code=self.key if self.taxonomy is NOMENCLATURE else "",
            name=self.name,
            description=self.description,
            parent_id=self.parent_id,
            taxonomy=self.taxonomy.name,
            taxonomy_detail=self.taxonomy.shown(),
            language=LANGUAGE,
            taxonomy_id=self.taxonomy.id,
        )


class Code(NamedTuple):
    """A row of the nomenclature."""

    code: str
    name: str
    beneficiaries: str
    mode: str


class Terms:
    """Every term there is, in the order of their taxonomies."""

    def __init__(self, codes: Sequence[Code]) -> None:
        self.all: Sequence[Term] = tuple(_terms(codes))
        self._by_id = {term.id: term for term in self.all}
        self._by_code: dict[str, list[Term]] = {}
        for term in self.all:
            if not term.parent and term.taxonomy is NOMENCLATURE:
                continue
            for code in term.codes:
                self._by_code.setdefault(code, []).append(term)

    @staticmethod
    def read() -> "Terms":
        """From the table. One query."""
        rows = NomenclatureCode.objects.order_by("pk").values_list("code", "name", "beneficiaries", "mode")
        return _of_codes(tuple(Code(*row) for row in rows))

    def get(self, identifier: UUID) -> Term | None:
        """The term of an identifier."""
        return self._by_id.get(str(identifier))

    def of_code(self, code: str | None) -> Sequence[Term]:
        """The terms that a service of a code bears."""
        return self._by_code.get(code or "", ())


@lru_cache(maxsize=2)
def _of_codes(codes: tuple[Code, ...]) -> Terms:
    """Made once for a nomenclature, which hardly ever changes."""
    return Terms(codes)


def taxonomy(identifier: UUID) -> Taxonomy | None:
    """The taxonomy of an identifier."""
    return next((one for one in TAXONOMIES if one.id == str(identifier)), None)


def _terms(codes: Sequence[Code]) -> Iterable[Term]:
    for number in sorted({code.code[:4] for code in codes}):
        within = frozenset(code.code for code in codes if code.code[:4] == number)
        name = _CLASSES.get(number, f"CAEN {number}")
        yield Term(NOMENCLATURE, number, name, f"Clasa CAEN {number}.", within)
    for code in codes:
        told = f"Pentru: {code.beneficiaries}."
        yield Term(NOMENCLATURE, code.code, code.name, told, frozenset([code.code]), code.code[:4])
    for group in sorted({code.beneficiaries for code in codes}, key=fold):
        of_group = frozenset(code.code for code in codes if code.beneficiaries == group)
        yield Term(BENEFICIARIES, fold(group), group, f"Servicii pentru: {group}.", of_group)
    with override(LANGUAGE):
        for mode in ServiceMode:
            given = frozenset(code.code for code in codes if code.mode == mode)
            name = str(mode.label)
            yield Term(MODES, str(mode), name, f"Servicii sociale: {name.lower()}.", given)
