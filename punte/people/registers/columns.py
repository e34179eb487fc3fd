"""The columns that a register of people and households may have, and what the columns of one probably mean."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from punte.kernel.tables import Cell, Column, Reader, Sheet, settlement, text
from punte.kernel.tables.header import numbers_lines
from punte.kernel.text import fold
from punte.organizations.models import Organization
from punte.people.identity import looks_like_cnp
from punte.people.registers import readers
from punte.territory.models import County, Uat
from punte.territory.villages import villages

_LIKE_A_TITLE = 0.82
_LOOKED_AT = 30

HOUSEHOLD = _("Household")
_NAMES = _("As in the identity paper.")


def register_columns(keeper: Organization) -> tuple[Column, ...]:
    """Every column that is known, in the order of the model file; places are read as near to the keeper's own."""
    return (*_of_household(_settlement(keeper)), *_of_person(), *_of_papers())


def _of_household(place: Reader) -> tuple[Column, ...]:
    return (
        Column(
            "household",
            HOUSEHOLD,
            text(most=120),
            hint=_("The same mark on each line of a household: its number, its address or its head."),
            example="12",
            also=_titles(
                "nr gospodarie|nr gosp|numar gospodarie|gospodaria|nr gospodariei|cod gospodarie|gospodarie nr"
                "|familia nr|nr familie|nr familia|familia|cap de gospodarie|cap gospodarie|capul gospodariei"
                "|nume cap de gospodarie|cap de familie|capul familiei|pozitia rol|nr rol|rol|rol agricol"
                "|pozitia din registrul agricol|household|numele capului de gospodarie"
            ),
        ),
        Column(
            "relation",
            _("Relation to the head"),
            readers.relation,
            hint=_("Who is the head, and what the others are to them: wife, son, mother."),
            example="soție",
            also=_titles(
                "relatia|relatie|grad de rudenie|gradul de rudenie|rudenie|calitatea|calitate|legatura|legatura de"
                " rudenie|relatia cu capul gospodariei|relatia de rudenie|grad rudenie|statut in familie"
                "|calitatea in gospodarie"
            ),
        ),
        Column(
            "locality",
            _("Village or locality"),
            place,
            hint=_("The village, the commune or its SIRUTA code; your own place where it is empty."),
            example="Dezmir",
            also=_titles(
                "localitate|localitatea|sat|satul|comuna|satul comuna|domiciliul localitate|uat|oras"
            ),
        ),
        Column(
            "address",
            _("Address"),
            text(most=250),
            example="Str. Fântânii nr. 12",
            also=_titles(
                "adresa|domiciliu|domiciliul|strada|adresa domiciliu|adresa de domiciliu|strada si numarul"
                "|strada nr|nr casa|numar casa|nr de casa|adresa completa"
            ),
        ),
    )


def _of_person() -> tuple[Column, ...]:
    return (
        Column(
            "family_name",
            _("Family name"),
            text(most=80),
            hint=_NAMES,
            example="Dinu",
            also=_titles("nume|numele|nume de familie|numele de familie|family name|last name"),
        ),
        Column(
            "given_name",
            _("Given name"),
            text(most=80),
            hint=_NAMES,
            example="Elena-Maria",
            also=_titles("prenume|prenumele|given name|first name"),
        ),
        Column(
            "full_name",
            _("Family name and given name"),
            text(most=160),
            hint=_("Where both are in one cell: the family name first."),
            also=_titles(
                "nume si prenume|numele si prenumele|nume prenume|nume si prenumele|numele prenumele|nume complet"
                "|persoana|numele si prenumele membrilor|membrii gospodariei|membri|prenume si nume"
                "|prenumele si numele"
            ),
        ),
        Column(
            "cnp",
            _("CNP"),
            readers.cnp,
            hint=_("Empty where there is none, or it is not known."),
            also=_titles("cod numeric personal|cnp cod numeric personal|codul numeric personal|c n p|nr cnp"),
        ),
        Column(
            "birth_date",
            _("Birth date"),
            readers.day,
            hint=_("With the four digits of the year."),
            example="17.05.1990",
            also=_titles(
                "data nasterii|data nastere|nascut|nascut la|data n|d nasterii|data si anul nasterii|ziua nasterii"
            ),
        ),
        Column("sex", _("Sex"), readers.sex, example="f", also=_titles("sex|sexul|gen|genul|m f")),
        Column(
            "phone",
            _("Phone"),
            readers.phones,
            hint=_("Several apart by commas."),
            example="0264 000 001",
            also=_titles("telefon|nr telefon|numar de telefon|tel|telefoane|contact|mobil|nr de telefon"),
        ),
        Column(
            "died_on",
            _("Died on"),
            readers.day,
            example="03.02.2025",
            also=_titles(
                "data decesului|data deces|decedat|decedat la|deces|decedata|decedat la data|data mortii"
            ),
        ),
        Column(
            "remarks",
            _("Remarks"),
            text(most=2_000, lines=True),
            also=_titles("observatii|obs|mentiuni|alte mentiuni|note|nota|comentarii|situatie"),
        ),
    )


def _of_papers() -> tuple[Column, ...]:
    return (
        Column(
            "paper",
            _("Identity paper: series and number"),
            readers.paper,
            example="seria CJ nr 123456",
            also=_titles(
                "serie si numar ci|seria si numarul ci|seria si nr ci|serie si nr ci|ci|serie nr ci|act de identitate"
                "|act identitate|seria si numarul|serie si numar|bi ci|ci bi|serie numar|c i|buletin"
                "|carte de identitate|nr ci|numar ci|numarul ci|serie si nr|seria si nr|nr act"
            ),
        ),
        Column(
            "series",
            _("Series of the identity paper"),
            readers.series,
            hint=_("Where it stands in a column of its own."),
            also=_titles("serie ci|seria ci|seria|serie|serie act|seria actului|seria c i"),
        ),
        Column(
            "expires_on",
            _("Identity paper valid until"),
            readers.day,
            example="31.12.2030",
            also=_titles(
                "valabil pana la|valabilitate|valabilitate ci|data expirarii|expira la|expira|data expirare"
                "|valabila pana la|ci valabil pana la|expirare ci"
            ),
        ),
    )


def guessed_meanings(sheets: Iterable[Sheet], columns: Sequence[Column]) -> dict[str, str]:
    """The name of the column that each title probably means; empty where it means none. Each column once a sheet."""
    by_title = {title: column.name for column in columns for title in column.titles}
    found: dict[str, str] = {}
    for sheet in sheets:
        taken = {found[title] for title in sheet.titles if found.get(title)}
        for near in (False, True):
            for title in sheet.titles:
                if title in found or numbers_lines(title):
                    continue
                name = _near(title, by_title) if near else by_title.get(fold(title), "")
                if name and name not in taken:
                    found[title] = name
                    taken.add(name)
        if "cnp" not in taken:
            found |= _of_cnps(sheet, found)
        found |= {title: "" for title in sheet.titles if title not in found}
    return found


def of_line(sheet: Sheet, cells: Sequence[Cell | None], meanings: Mapping[str, str]) -> dict[str, Cell]:
    """The cells of a line that say something, by the columns that they are taken for."""
    return {
        name: cell
        for title, cell in zip(sheet.titles, cells, strict=False)
        if cell is not None and (name := meanings.get(title))
    }


def _near(title: str, by_title: Mapping[str, str]) -> str:
    close = difflib.get_close_matches(fold(title), by_title, n=1, cutoff=_LIKE_A_TITLE)
    return by_title[close[0]] if close else ""


def _of_cnps(sheet: Sheet, found: Mapping[str, str]) -> dict[str, str]:
    """A column whose cells are identity numbers, whatever it is called."""
    for place, title in enumerate(sheet.titles):
        if found.get(title):
            continue
        cells = [cells[place] for _line, cells in sheet.lines[:_LOOKED_AT] if place < len(cells)]
        said = [readers.plain(cell) for cell in cells if cell is not None]
        if said and sum(map(looks_like_cnp, said)) * 2 > len(said):
            return {title: "cnp"}
    return {}


def _titles(several: str) -> tuple[str, ...]:
    return tuple(several.split("|"))


def _settlement(keeper: Organization) -> Reader:
    read = settlement(
        Uat.objects.order_by("pk").values_list("siruta", "name", "county_id"),
        near=keeper.uat_id,
        counties=County.objects.order_by("pk").values_list("code", "name"),
        villages=villages,
    )
    return lru_cache(maxsize=2_000)(read)
