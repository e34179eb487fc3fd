"""The columns of the tables that bring services and free places into the directory."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from punte.directory.enums import CapacityUnit
from punte.directory.models import NomenclatureCode
from punte.directory.services.details import LABELS
from punte.directory.services.importing.hours import hours
from punte.kernel.tables import (
    Cell,
    Column,
    Reader,
    Unreadable,
    choice,
    code,
    date,
    email,
    integer,
    locality,
    phone,
    text,
    yes_no,
)
from punte.territory.models import County, Uat
from punte.territory.villages import villages

_FIRST_YEAR = 2000
_MOST_PLACES, _MOST_TAKEN = 100_000, 10_000

# Titles stand here alone: a judgement names the column of a problem by them.
NAME = gettext_lazy("Service name")
PROVIDER = pgettext_lazy("import", "Provider")
NEW_PROVIDER = gettext_lazy("New provider")
NEW_SERVICE = gettext_lazy("New service")
LOCALITY = pgettext_lazy("import", "Locality")
CAPACITY = pgettext_lazy("import", "Capacity")
UNIT = gettext_lazy("Capacity counted in")
TAKEN = gettext_lazy("Places taken")
WAITING = gettext_lazy("People waiting")
IDENTIFIER = gettext_lazy("Identifier")
COUNTED = gettext_lazy("Counted on")
REASON = gettext_lazy("Why more than the capacity")


def service_columns(year: int) -> Sequence[Column]:
    """The columns of a list of services; `year` is the last for which a capacity may be given."""
    units = [(str(unit), unit.label) for unit in CapacityUnit if unit != CapacityUnit.OTHER]
    return (
        Column("name", NAME, text(), True, gettext_lazy("As it is called in its papers."), _example_name()),
        Column(
            "provider",
            PROVIDER,
            text(most=250),
            True,
            gettext_lazy("The legal name of the provider, as in the directory."),
            "Asociația Exemplu",
        ),
        Column(
            "new_provider",
            NEW_PROVIDER,
            yes_no,
            hint=gettext_lazy("“da” where the directory does not have the provider yet."),
            example="nu",
        ),
        Column(
            "new_service",
            NEW_SERVICE,
            yes_no,
            hint=gettext_lazy(
                "“da” where Punte asks whether it may be one that is there already, and it is not."
            ),
            example="nu",
        ),
        Column(
            "code",
            gettext_lazy("Code of the nomenclature"),
            code(frozenset(NomenclatureCode.objects.values_list("code", flat=True))),
            hint=gettext_lazy("By HG 867/2015."),
            example="8891 CZ-C-II",
        ),
        Column(
            "locality",
            LOCALITY,
            _locality(),
            True,
            gettext_lazy("The commune, town or city, or its SIRUTA code."),
            "Florești, CJ",
        ),
        Column("address", gettext_lazy("Address"), text(most=250), example="Str. Fântânii nr. 12"),
        Column("phone", LABELS["phone"], phone, example="0264 000 001"),
        Column("email", LABELS["email"], email, example="contact@exemplu.ro"),
        Column("website", LABELS["website"], text(most=200), example="https://exemplu.ro"),
        Column(
            "hours",
            LABELS["hours"],
            hours,
            hint=gettext_lazy("Days and hours; what closes the next morning too: 20:00-08:00."),
            example="luni-vineri 08:00-16:00",
        ),
        Column("eligibility", LABELS["eligibility"], text(most=2000, lines=True)),
        Column("free_of_charge", LABELS["free_of_charge"], yes_no, example="da"),
        Column("price", LABELS["price"], text(most=2000, lines=True)),
        Column(
            "capacity",
            CAPACITY,
            integer(least=1, most=_MOST_PLACES),
            hint=gettext_lazy("How many it can serve; empty where it is not known."),
            example=24,
        ),
        Column(
            "unit",
            UNIT,
            choice(units),
            hint=gettext_lazy("One of: %(units)s.")
            % {"units": ", ".join(str(words) for _value, words in units)},
            example=str(CapacityUnit.DAY_PLACES.label),
        ),
        Column(
            "year",
            gettext_lazy("Year of the capacity"),
            integer(least=_FIRST_YEAR, most=year),
            hint=gettext_lazy("This year where it is empty."),
            example=year,
        ),
    )


def occupancy_columns() -> Sequence[Column]:
    """The columns of a table of places taken."""
    return (
        Column(
            "identifier",
            IDENTIFIER,
            identifier,
            hint=gettext_lazy("As in the file downloaded from Punte; leave it as it is."),
        ),
        Column("name", NAME, text(), True, example=_example_name()),
        Column("provider", PROVIDER, text(most=250), True, example="Asociația Exemplu"),
        Column(
            "capacity",
            CAPACITY,
            integer(most=_MOST_PLACES),
            hint=gettext_lazy("Only to look at; it is not changed by this table."),
            example=24,
        ),
        Column("taken", TAKEN, integer(most=_MOST_TAKEN), True, example=20),
        Column("waiting", WAITING, integer(most=_MOST_TAKEN), example=3),
        Column(
            "at",
            COUNTED,
            date,
            hint=gettext_lazy("Today where it is empty."),
            example="31.10.2026",
        ),
        Column(
            "reason",
            REASON,
            text(most=300),
            hint=gettext_lazy("Only where more places are taken than there are."),
        ),
    )


def identifier(cell: Cell) -> str:
    """The identifier of a service."""
    try:
        return str(UUID(str(cell)))
    except ValueError:
        raise Unreadable(
            _("This is not an identifier of Punte. Leave it as in the downloaded file, or empty.")
        ) from None


def _locality() -> Reader:
    return locality(
        Uat.objects.values_list("siruta", "name", "county_id"),
        counties=County.objects.values_list("code", "name"),
        villages=villages,
    )


def _example_name() -> str:
    return "Centrul de zi „Curcubeu”"
