"""Entries of a register from a table: which are new, which are there already, and what is wrong with a cell."""

from punte.registers.importing.columns import columns_of
from punte.registers.importing.judging import judge_entries

__all__ = ["columns_of", "judge_entries"]
