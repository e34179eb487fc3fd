"""One mail for each person with all that they are reminded of."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from punte.accounts.models import User
from punte.directory.services.reminders import Digest, digests
from punte.gatherings.queries import due_soon_by_user
from punte.publication.queries import DutyState
from punte.publication.reminders import lines_of, owed


@dataclass(frozen=True)
class Reminder:
    """What one person is reminded of: services and proposals, duties of an institution to tell the public, and how many
    tasks are late or due soon: of those only the number, as a mail goes through servers of others."""

    user: User
    services: Digest | None
    duties: list[DutyState]
    tasks: int = 0

    @property
    def subject(self) -> str:
        """The subject of the mail, in the person's language; it names nobody."""
        with override(self.user.language):
            if self.tasks and not self.duties and not self.services:
                return _("Punte: tasks that are due")
            if not self.duties:
                return _("Punte: services to bring up to date")
            return _("Punte: what must be brought up to date and published")

    @property
    def text(self) -> str:
        """The mail, in the person's language."""
        with override(self.user.language):
            return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield _("Good day, %(name)s,") % {"name": self.user.name}
        if self.services:
            yield from self.services.lines()
        yield from lines_of(self.duties)
        if self.tasks:
            said = ngettext(
                "%(n)s task is late or due within a week.",
                "%(n)s tasks are late or due within a week.",
                self.tasks,
            )
            yield said % {"n": self.tasks}
        yield ""
        if self.services:
            yield _("Sign in to Punte; the page is “Our services” or “Checking the directory”.")
        if self.duties:
            yield _("Sign in to Punte; the page is “What we publish”.")
        if self.tasks:
            yield _("Sign in to Punte; the page is “Tasks”.")


def reminders(today: dt.date) -> Iterator[Reminder]:
    """The mail of each person who has something to do, by address."""
    services = {digest.user: digest for digest in digests()}
    duties = owed(today)
    due = due_soon_by_user()
    tasks = {user: due[user.pk] for user in User.objects.filter(pk__in=due, is_active=True)}
    for user in sorted({*services, *duties, *tasks}, key=lambda one: one.email):
        yield Reminder(user, services.get(user), duties.get(user, []), tasks.get(user, 0))
