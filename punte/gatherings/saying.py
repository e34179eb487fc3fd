"""What an invitation says: it follows from what somebody is invited as, never from what is in the record.

The family and the child read neither the reason nor the number of the case, nor who else comes: the letter may be read
by whoever lives in the house. A partner reads the number, and the reason where the meeting is of the general part.
"""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from punte.accounts.enums import Compartment
from punte.gatherings.content import reason_in_words
from punte.gatherings.enums import InvitedAs, MeetingMode
from punte.gatherings.models import Invitation, Meeting


@dataclass(frozen=True)
class Said:
    """An invitation in words.

    Attributes:
        title: what it is.
        about: sentences, in their order.
        brings: what is asked of them.
        where: the room; link: the address at which one joins.
        agenda: what is spoken of, for who sits in the body.
    """

    title: str
    about: tuple[str, ...]
    brings: str = ""
    where: str = ""
    link: str = ""
    agenda: tuple[str, ...] = field(default=())


def said_of(invitation: Invitation) -> Said:
    """What an invitation says to whom it asks."""
    meeting = invitation.meeting
    title, about = _WORDS[InvitedAs(invitation.invited_as)](meeting)
    where = meeting.place if meeting.mode != MeetingMode.ONLINE else ""
    link = meeting.link if meeting.mode != MeetingMode.ROOM else ""
    of_member = invitation.invited_as == InvitedAs.MEMBER and meeting.case_id is None
    items = meeting.agenda.filter(case=None) if of_member else ()
    return Said(title, about, invitation.brings, where, link, tuple(one.words for one in items))


def briefly(invitation: Invitation) -> str:
    """The invitation on a day: two or three words, and a number where there is one."""
    meeting = invitation.meeting
    if meeting.case:
        return _("Conference, case %(number)s") % {"number": meeting.case}
    return str(meeting.body) if meeting.body else _("Meeting")


def _colleague(meeting: Meeting) -> tuple[str, tuple[str, ...]]:
    if meeting.case is None:
        return briefly_of(meeting), ()
    title = _("Case conference, case %(number)s") % {"number": meeting.case}
    return title, (_reason(meeting),)


def _partner(meeting: Meeting) -> tuple[str, tuple[str, ...]]:
    if meeting.case is None:
        return briefly_of(meeting), ()
    about = [_("%(keeper)s asks you to a working meeting, file %(number)s.") % _named(meeting)]
    if meeting.compartment == Compartment.GENERAL:
        about.append(_reason(meeting))
    about.append(_("What you hear there is not told further."))
    return _("Working meeting"), tuple(about)


def _family(meeting: Meeting) -> tuple[str, tuple[str, ...]]:
    return _("Invitation to a meeting"), (
        _("%(keeper)s invites you to a meeting about how we can support you.") % _named(meeting),
        _("You may come with somebody whom you trust. You may also ask to be heard by yourself."),
        _("If you cannot come, tell us: we look for another day."),
    )


def _child(meeting: Meeting) -> tuple[str, tuple[str, ...]]:
    return _("We would like to hear you"), (
        _("We want to know what you think and what you wish for."),
        _("You need not answer. You may ask to talk with one person only."),
        _("You may come with somebody whom you trust."),
    )


def _member(meeting: Meeting) -> tuple[str, tuple[str, ...]]:
    return briefly_of(meeting), (_("%(keeper)s asks you to come to the session.") % _named(meeting),)


_WORDS = {
    InvitedAs.COLLEAGUE: _colleague,
    InvitedAs.PARTNER: _partner,
    InvitedAs.FAMILY: _family,
    InvitedAs.CHILD: _child,
    InvitedAs.MEMBER: _member,
}


def briefly_of(meeting: Meeting) -> str:
    """A meeting of no case in two or three words."""
    return str(meeting.body) if meeting.body else pgettext("meeting", "Meeting")


def _reason(meeting: Meeting) -> str:
    return _("Reason: %(reason)s.") % {"reason": reason_in_words(meeting.reason)}


def _named(meeting: Meeting) -> dict[str, object]:
    return {"keeper": meeting.keeper.name, "number": meeting.case}
