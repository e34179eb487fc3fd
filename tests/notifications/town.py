"""A town that takes notifications: who records them, who decides on them, who leads."""

from dataclasses import dataclass
from typing import Any

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.notifications.actions import (
    About,
    Notifier,
    Said,
    assign_notification,
    dispatch_team,
    notify_as_partner,
    record_notification,
)
from punte.notifications.models import Notification
from punte.organizations.models import Organization
from punte.people.models import Person
from punte.people.search import index_names
from tests.factories import OrganizationFactory, worker

NEIGHBOUR = Notifier(name="Ion Vecin", phone="0744 123 456", quality="vecin")
WORDS = "De ieri n-am mai văzut-o pe mamă. Cel mic plânge."


@dataclass
class Town:
    """A town hall with a nurse, two workers and a coordinator."""

    hall: Organization
    nurse: User
    worker: User
    other: User
    lead: User

    def told(self, *names: str, by: User | None = None, **said: Any) -> Notification:
        """A notification about somebody called so, recorded by the nurse unless told otherwise."""
        notifier = said.pop("notifier", NEIGHBOUR)
        given: dict[str, Any] = {"what": WORDS, "channel": "phone_office", "kind": "child_risk", **said}
        people = [About(name=name, age=9) for name in names]
        sent = record_notification(
            by=by or self.nurse, keeper=self.hall, said=Said(people=people, **given), notifier=notifier
        )
        return sent.notification


def town() -> Town:
    """The town, with nothing told yet."""
    hall = OrganizationFactory()
    roles = (Role.COMMUNITY_NURSE, Role.SOCIAL_WORKER, Role.SOCIAL_WORKER, Role.COORDINATOR)
    return Town(hall, *(worker(role, organization=hall) for role in roles))


def called(person: Person, family_name: str, given_name: str) -> Person:
    """The person under another name, found by it."""
    person.family_name, person.given_name = family_name, given_name
    person.save()
    index_names([person])
    return person


def told_of(hall: Organization, *, by: User, partner: User) -> dict[str, Notification]:
    """A notification by phone, given, with a team on its way and a second call; and one that a partner sent."""
    said = Said(
        what=WORDS,
        where="Str. Morii nr. 7",
        people=[About("Zambilă Ana", 9), About("tatăl", None, "alleged_aggressor")],
        channel="phone_office",
        kind="child_abuse",
        danger="yes",
        reasons=["alone", "cold"],
    )
    first, second = (
        record_notification(by=by, keeper=hall, said=said, notifier=notifier).notification
        for notifier in (NEIGHBOUR, Notifier(anonymous=True))
    )
    assign_notification(by=by, notification=first, worker=by)
    dispatch_team(by=by, notification=first, users=[by])
    school = partner.standing.posts[0].organization_id
    sent = notify_as_partner(
        by=partner,
        organization=Organization.objects.get(pk=school),
        keeper=hall,
        said=Said(what="Lipsește de o săptămână.", channel="professional", kind="school_absence"),
        notifier=Notifier("Dan Sălăjan", quality="învățător"),
    )
    return {"notification": first, "second_notification": second, "sent_notification": sent.notification}
