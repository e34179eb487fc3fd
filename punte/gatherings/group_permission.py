"""Who may do what with a group: the first lines of its verbs."""

import re
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.gatherings.models import Meeting, Series
from punte.kernel.errors import DomainError, NotAllowed
from punte.kernel.text import fold
from punte.people.models import Person


def series_for(by: User, series: Series) -> Series:
    """The series as it is now, locked, for an account that leads it or calls meetings in its institution.

    Raises:
        NotAllowed: it does neither.
    """
    locked = (
        Series.objects.visible_to(by)
        .select_for_update(of=("self",), no_key=True)
        .select_related("keeper")
        .filter(pk=series.pk)
        .first()
    )
    if locked is None:
        raise NotAllowed(_("This group is not among those you see. Ask your coordinator."))
    return locked


def meetings_of_groups(user: User) -> QuerySet[Meeting]:
    """The meetings of the series that an account may know of."""
    return Meeting.objects.filter(series__in=Series.objects.visible_to(user)).select_related("series__keeper")


def meeting_for(by: User, meeting: Meeting) -> Meeting:
    """The meeting as it is now, locked: two leaders who write at once write one after the other.

    Raises:
        NotAllowed: it is of no series that the account leads, or of whose institution it calls meetings.
    """
    locked = meetings_of_groups(by).select_for_update(of=("self",), no_key=True).filter(pk=meeting.pk).first()
    if locked is None:
        raise NotAllowed(_("This group is not among those you see. Ask your coordinator."))
    return locked


def refuse_names(text: str, people: Iterable[Person], *, field: str) -> None:
    """Refuse a text in which somebody of the list is named.

    Args:
        people: of whom the account knows: the check tells of nobody else.

    Raises:
        DomainError: with the names as they stand in the text.
    """
    words = {fold(word): word for word in _words(text)}
    named = {
        words[folded]
        for person in people
        for part in (person.family_name, person.given_name)
        for folded in map(fold, _words(part))
        if folded in words and words[folded][0].isupper()
    }
    if named:
        _refuse(named, field)


def refuse_clients(by: User, text: str, *, field: str) -> None:
    """Refuse a text that has the family name and the given name of somebody of the record.

    Raises:
        DomainError: with the names as they stand in the text.
    """
    words = [word for word in _words(text) if word[0].isupper()]
    if len(words) < 2:
        return
    known = Person.objects.visible_to(by).filter(family_name__in=words, given_name__in=words)
    found = {str(person) for person in known.defer("cnp", "ethnicity").order_by("pk")[:5]}
    if found:
        _refuse(found, field)


def _refuse(names: Iterable[str], field: str) -> None:
    raise DomainError(
        _(
            "This note names somebody: %(names)s. Write it without names; what concerns one person goes to their case."
        )
        % {"names": ", ".join(sorted(names))},
        field=field,
    )


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 2]
