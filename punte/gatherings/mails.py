"""The mail to who is invited and has an account: that there is an invitation, and nothing of the meeting."""

from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from punte.accounts.enums import MailKind, Role
from punte.accounts.mailing import deliver
from punte.accounts.models import Appointment, User, WaitingMail
from punte.gatherings.enums import InvitationState
from punte.gatherings.models import Invitation
from punte.kernel.mail import mailing


def mail_invitations(invitations: QuerySet[Invitation]) -> None:
    """Write to the colleagues, and to who answers for a partner; what they are invited to is read in Punte alone."""
    if not mailing():
        return
    asked = invitations.filter(state=InvitationState.ASKED).order_by()
    partners = asked.filter(contact=None, organization__isnull=False).values("organization")
    posts = Appointment.objects.current().filter(organization__in=partners, role=Role.PARTNER)
    invited = Q(pk__in=asked.filter(user__isnull=False).values("user")) | Q(pk__in=posts.values("user"))
    callers = asked.values("by")
    people = User.objects.filter(invited, is_active=True).exclude(pk__in=callers).order_by("email")
    if mails := WaitingMail.objects.bulk_create([_mail(one) for one in people]):
        transaction.on_commit(partial(deliver, mails), robust=True)


def _mail(person: User) -> WaitingMail:
    with override(person.language):
        lines = [
            _("Good day,"),
            _(
                "You have an invitation to a meeting in Punte. Sign in to read it and to answer; it is on your day."
            ),
            f"{settings.SITE_ADDRESS}/",
        ]
        subject = _("Punte: an invitation waits for your answer")
        return WaitingMail(
            user=person,
            kind=MailKind.INVITATION,
            address=person.email,
            subject=subject,
            text="\n\n".join(lines) + "\n",
        )
