"""An export for research, by a decision: people without names, of whom nobody can be picked out."""

import csv
import datetime as dt
import io
import secrets
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import SEALED_COMPARTMENTS, Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.cases.models import Intervention
from punte.kernel.errors import DomainError
from punte.kernel.extracts import Pseudonyms
from punte.organizations.models import Organization
from punte.people.actions.checks import tidy
from punte.people.models import Membership, PersonSeal
from punte.statistics.research import LEAST_K, Trait, released
from punte.statistics.tables import TABLES

_MOST_WORDS = 500
_DAYS_OF_YEAR = 365.25


@dataclass(frozen=True)
class Exported:
    """The file, of how many people it tells, and how many were left out."""

    content: bytes
    people: int
    left_out: int


@verb
def export_for_research(
    *, by: User, keeper: Organization, decision: str, receiver: str, purpose: str, k: int = LEAST_K
) -> Exported:
    """Hand people's data out without anything that tells whose they are; what was decided stays on record.

    The same person has the same name without meaning in all tables of one export. It is made with a key that is thrown
    away: nobody can go back, nor put two exports together. Households are not named: who lives together tells who they
    are. What is sealed, and whoever is, is in no export.

    Args:
        decision: the act that allows it, by number and day.
        receiver: who gets it; `purpose`: what for.
        k: how many are told of alike at least.

    Raises:
        NotAllowed: the account does not look after the data of the institution.
        DomainError: something is missing, k is below 5, or so few people are on record that none may be told of.
    """
    by.standing.require(Capability.KEEP_PRIVACY, keeper.pk)
    words = {"decision": tidy(decision), "receiver": tidy(receiver), "purpose": tidy(purpose)}
    for field, said in words.items():
        if not said or len(said) > _MOST_WORDS:
            raise DomainError(_("Write it in a few words. It stays on record."), field=field)
    if k < LEAST_K:
        raise DomainError(_("At least %(k)d people must be alike.") % {"k": LEAST_K}, field="k")
    moment = timezone.now()
    traits = _people(keeper, timezone.localdate(moment))
    told = released(traits, k=k)
    if not told:
        raise DomainError(
            _("So few people are on record that each could be picked out. Nothing is exported.")
        )
    pseudonyms = Pseudonyms(secrets.token_bytes(32))
    names = {person: pseudonyms.of("person", person) for person in told}
    about = _about(keeper, words, k=k, people=len(told), left_out=len(traits) - len(told))
    content = _packed(
        {
            "people.csv": _table(
                ("person", "county", "place", "ages", "sex"),
                ((names[key], *row) for key, row in told.items()),
            ),
            "findings.csv": _table(
                ("person", "code", "severity", "dimension"), _findings(pseudonyms, names, moment)
            ),
            "interventions.csv": _table(("person", "year", "mode", "code"), _interventions(keeper, names)),
        },
        about,
    )
    record(
        by=by,
        verb="research_export",
        keeper=keeper.pk,
        reason="; ".join(words.values()),
        changes={"rows": len(told), "left_out": len(traits) - len(told), "k": k, "names": False},
    )
    return Exported(content, len(told), len(traits) - len(told))


def _people(keeper: Organization, today: dt.date) -> dict[UUID, Trait]:
    sealed = PersonSeal.objects.filter(end=None).values("person")
    homes = Membership.objects.current().filter(household__keeper=keeper, household__sealed=False)
    rows = homes.exclude(person__in=sealed).filter(person__died_on=None).order_by()
    found = rows.values_list(
        "person", "household__uat__county", "household__uat__urban", "person__birth_date", "person__sex"
    )
    return {
        person: Trait(county or "", bool(urban), _age(born, today), sex)
        for person, county, urban, born, sex in found
    }


def _age(born: dt.date | None, today: dt.date) -> int | None:
    return None if born is None else int((today - born).days // _DAYS_OF_YEAR)


def _findings(
    pseudonyms: Pseudonyms, names: dict[UUID, str], moment: dt.datetime
) -> Iterable[Sequence[object]]:
    known = set(names.values())
    [table] = [one for one in TABLES if one.name == "findings"]
    at = {name: place for place, name in enumerate(table.columns)}
    for row in table.rows(pseudonyms, moment):
        if row[at["person"]] in known and row[at["compartment"]] not in SEALED_COMPARTMENTS:
            yield [row[at[name]] for name in ("person", "code", "severity", "dimension")]


def _interventions(keeper: Organization, names: dict[UUID, str]) -> Iterable[Sequence[object]]:
    rows = Intervention.objects.filter(case__keeper=keeper, case__sealed=False, person__isnull=False)
    plain = rows.exclude(compartment__in=SEALED_COMPARTMENTS).order_by()
    for person, at, mode, code in plain.values_list("person", "at", "mode", "code").iterator(5000):
        if person in names:
            yield names[person], timezone.localdate(at).year, mode, code


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """In an order that says nothing: by names that mean nothing."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(sorted(rows, key=lambda row: tuple(map(str, row))))
    return text.getvalue()


def _about(keeper: Organization, words: dict[str, str], *, k: int, people: int, left_out: int) -> str:
    return "\n".join(
        [
            str(keeper),
            *words.values(),
            _("At least %(k)d people are alike in county, town or village, ages and sex.") % {"k": k},
            _("People told of: %(people)d; left out: %(left_out)d.")
            % {"people": people, "left_out": left_out},
            _(
                "Whoever receives it does not try to find out who somebody is, and puts it together with no other data."
            ),
            "",
        ]
    )


def _packed(tables: dict[str, str], about: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in {**tables, "CITESTE.txt": about}.items():
            file.writestr(name, text)
    return packed.getvalue()
