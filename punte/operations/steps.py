"""A job of many steps that nobody watches: what fails keeps nothing else back, and is said at the end."""

import logging
from collections.abc import Callable

from django.core.management.base import BaseCommand, CommandError

logger = logging.getLogger(__name__)


class Steps:
    """The steps of one command."""

    def __init__(self, command: BaseCommand) -> None:
        self._command = command
        self._amiss: list[str] = []

    def take(self, name: str, step: Callable[[], str]) -> None:
        """Take a step and print what it says; one that breaks is logged, and the next is taken."""
        try:
            said = step()
        except Exception as broken:
            logger.exception("%s", name)
            self.amiss(f"{name}: {type(broken).__name__}")
            return
        if said:
            self._command.stdout.write(said)

    def amiss(self, what: str) -> None:
        """Say at the end that something was not done."""
        self._amiss.append(what)

    def end(self) -> None:
        """Raises CommandError where something was not done, so that who scheduled the job is told."""
        if self._amiss:
            raise CommandError("\n".join(self._amiss))
