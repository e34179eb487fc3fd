"""What is done with entries of registers."""

from punte.registers.actions.add import add_entry
from punte.registers.actions.change import correct_entry, move_entry, withdraw_entry
from punte.registers.actions.writing import LookAgain

__all__ = ["LookAgain", "add_entry", "correct_entry", "move_entry", "withdraw_entry"]
