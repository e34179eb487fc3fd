"""What a meeting speaks of."""

from collections.abc import Sequence

from django.db.models import Max
from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.cases.models import Case
from punte.cases.permission import seen_case
from punte.gatherings.models import AgendaItem, Meeting
from punte.gatherings.naming import named_in, people_of
from punte.gatherings.permission import checked, led_meeting, note
from punte.kernel.errors import DomainError
from punte.organizations.models import Organization

_MOST = 40


@verb
def write_agenda(*, by: User, meeting: Meeting, items: Sequence[str]) -> Meeting:
    """Let the agenda say what was written, a line an item; cases that were brought stay, after the lines.

    An item whose words stay keeps where it came from.

    Raises:
        NotAllowed: as `led_meeting`.
        DomainError: there are more items than a meeting can speak of, or one is too long.
    """
    held = led_meeting(by, meeting)
    lines = [line.strip() for line in items if line.strip()]
    if len(lines) > _MOST:
        raise DomainError(_("An agenda has at most %(most)d items.") % {"most": _MOST}, field="items")
    own = list(held.agenda.filter(case=None))
    sources = {one.words: (one.source, one.brought_by_id) for one in own}
    held.agenda.filter(pk__in=[one.pk for one in own]).delete()
    for order, line in enumerate(lines):
        words = checked(AgendaItem, words=line)["words"]
        source, brought = sources.get(words, ("", None))
        AgendaItem.objects.create(
            meeting=held, order=order, source=source, words=words, brought_by_id=brought
        )
    for order, item in enumerate(held.agenda.exclude(case=None), start=len(lines)):
        AgendaItem.objects.filter(pk=item.pk).update(order=order)
    note(by, "write_agenda", held)
    return held


@verb
def bring_case(
    *, by: User, meeting: Meeting, case: Case, words: str, brought_by: Organization | None = None
) -> AgendaItem:
    """Bring a case before a body, without a name: others see its number on the agenda and these words.

    Raises:
        NotAllowed: as `led_meeting`, or the account does not see the case.
        DomainError: the case is sealed, is on the agenda already, or the words name somebody of it.
    """
    held = led_meeting(by, meeting)
    seen = seen_case(by, case)
    if held.body_id is None:
        raise DomainError(_("A case is brought before a body. For this meeting write its agenda."))
    if seen.sealed:
        raise DomainError(_("A sealed case is brought before nobody."), field="case")
    if held.agenda.filter(case=seen).exists():
        raise DomainError(_("This case is on the agenda already."), field="case")
    text = checked(AgendaItem, words=words)["words"]
    if not text:
        raise DomainError(_("Say in a few words what it is about, without a name."), field="words")
    for found in named_in({"words": text}, people_of([seen])):
        raise DomainError(
            _("“%(word)s” tells who it is about. Write it without a name.") % {"word": found.word},
            field="words",
        )
    last = held.agenda.aggregate(last=Max("order"))["last"]
    item = AgendaItem.objects.create(
        meeting=held, order=0 if last is None else last + 1, words=text, case=seen, brought_by=brought_by
    )
    note(by, "bring_case", held, subject=item.pk)
    return item
