"""What a capacity counts: two capacities are compared only when it is the same."""

from punte.annual_plans.content import ServiceLine
from punte.directory.enums import CapacityUnit


def measure(line: ServiceLine) -> str:
    """The unit of a capacity. A subsidy is for a person and a month, so people are people in a month."""
    return CapacityUnit.PERSONS if line.capacity_unit in ("", CapacityUnit.PER_MONTH) else line.capacity_unit
