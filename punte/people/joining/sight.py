"""Who may see two files beside each other."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.kernel.among import among
from punte.people.enums import PairState
from punte.people.models import LikelyPair, Membership, Person, PersonQuerySet
from punte.people.sight import hidden_from, team_households


def behind_seals(user: User) -> Q:
    """The condition on people that they are sealed or of a sealed household, in whose circle the account is not."""
    lived = Membership.objects.filter(person=OuterRef("pk"), household__sealed=True)
    sealed = Exists(lived.exclude(household__in=team_households(user)))
    return Q(sealed) | Q(pk__in=list(hidden_from(user).people))


def open_to(user: User) -> PersonQuerySet:
    """People in sight of an account, but for those behind a seal: only the circle lays their files beside others."""
    people: PersonQuerySet = Person.objects.visible_to(user)
    return people.exclude(behind_seals(user))


def pairs_to_look_at(user: User) -> QuerySet[LikelyPair]:
    """The pairs of which nobody said yet what they are, of files that the account may join; the surest first."""
    people = open_to(user)
    keepers = user.standing.organizations(Capability.EDIT_PEOPLE)
    pairs = LikelyPair.objects.filter(keeper__in=keepers, state=PairState.OPEN)
    return pairs.filter(among(people, "first"), among(people, "second"))
