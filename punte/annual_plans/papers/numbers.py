"""How the annual plan writes its numbers, in Romanian whatever language the screens speak."""

from decimal import Decimal

from django.utils import translation

from punte.annual_plans.content import CodedLine, ServiceLine
from punte.directory.enums import CapacityUnit
from punte.kernel.papers import LANGUAGE

DASH = "-"
_PER = {CapacityUnit.PER_DAY: "/zi", CapacityUnit.PER_MONTH: "/lună", CapacityUnit.PER_YEAR: "/an"}


def thousand(amount: Decimal | None) -> str:
    """An amount in thousand lei as the plan prints it: „374,4”, a dash where there is none."""
    if amount is None:
        return DASH
    return f"{(amount / 1000).normalize():f}".replace(".", ",")


def lei(amount: Decimal | None) -> str:
    """An amount in lei: „1.580.000”, with bani only where there are some."""
    if amount is None:
        return ""
    shown = f"{amount:,.2f}" if amount % 1 else f"{amount:,.0f}"
    return shown.translate(str.maketrans(",.", ".,"))


def code(line: CodedLine) -> str:
    """The code as the row prints it."""
    return line.code_printed or line.code


def capacity(line: ServiceLine) -> str:
    """The capacity as the row prints it."""
    if line.capacity_printed:
        return line.capacity_printed
    if line.capacity is None:
        return DASH
    return f"{line.capacity}{_PER.get(CapacityUnit(line.capacity_unit), '') if line.capacity_unit else ''}"


def unit(line: ServiceLine) -> str:
    """What the capacity counts."""
    with translation.override(LANGUAGE):
        return str(CapacityUnit(line.capacity_unit).label) if line.capacity_unit else ""


def occupancy(line: ServiceLine) -> str:
    """The occupancy: „97%”, a dash where it is not given."""
    return DASH if line.occupancy is None else f"{line.occupancy.normalize():f}%".replace(".", ",")
