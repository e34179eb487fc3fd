"""A step before which so many different people must have read what it is about."""

from django.utils.translation import gettext as _

from punte.kernel.errors import DomainError
from punte.registers.actions.writing import in_words
from punte.registers.catalogue import register_named
from punte.registers.definition import WITHDRAWN, Move
from punte.registers.models import Entry, EntryRevision
from punte.registers.sight import column_of


def refuse_few_readers(entry: Entry, step: Move) -> None:
    """Refuse a step before which too few different people have read the entry.

    Raises:
        DomainError: they are too few.
    """
    if step.readers is None:
        return
    about = Entry.objects.filter(register=step.readers.register, **{column_of(entry.subject): entry.subject})
    of_it = [
        one.pk for one in about.exclude(state=WITHDRAWN) if one.values.get(step.readers.by) == str(entry.pk)
    ]
    first = EntryRevision.objects.filter(entry__in=of_it, number=1)
    read = first.order_by().values("by").distinct().count()
    if read < step.readers.people:
        said = _(
            "%(people)s different people read it first, each in an entry of “%(title)s”; so far %(read)s did."
        )
        title = in_words(register_named(step.readers.register).title)
        raise DomainError(said % {"people": step.readers.people, "title": title, "read": read})
