"""What a new questionnaire already knows, so that nobody is asked twice."""

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any

from django.utils import timezone

from punte.accounts.enums import Compartment
from punte.accounts.models import User
from punte.assessments.models import Assessment
from punte.deadlines.calendar import plus_months
from punte.methodology.model import Pack
from punte.people.compartments import compartments_of
from punte.people.models import Household, Membership, Person
from punte.people.sight import hidden_from

Facts = dict[str, Any]


def known_facts(
    household: Household, *, pack: Pack, by: User, person: Person | None = None
) -> tuple[Facts, list[Facts]]:
    """The facts of the household and of its members, or of one `person` of it, that a new questionnaire begins with.

    Identity comes from the record. From the last assessment of the same pack and subject come the answers that the
    pack carries over, within the compartments that the worker reads; signs of violence are always asked anew.
    """
    last = Assessment.objects.of_subject(pack.name, household.pk, person.pk if person else None).first()
    living = hidden_from(by).living().filter(household=household)
    whose = living.filter(person=person) if person else living
    memberships = whose.select_related("person").order_by("start", "id")
    return facts_from(household, memberships, last=last, pack=pack, readable=compartments_of(by, household))


def facts_from(
    household: Household,
    memberships: Iterable[Membership],
    *,
    last: Assessment | None,
    pack: Pack,
    readable: Collection[Compartment],
) -> tuple[Facts, list[Facts]]:
    """As `known_facts`, of what was read already.

    Args:
        memberships: the current ones with their people, in their order.
        last: the newest assessment of the same pack and subject, with its members prefetched where there are many.
        readable: the compartments that the worker reads.
    """
    carried = frozenset(name for name in pack.carried_over if pack.facts[name].compartment in readable)
    before = {member.person_id: member.facts for member in last.members.all()} if last else {}
    home = {name: value for name, value in (last.facts if last else {}).items() if name in carried}
    facts = {**home, "household_id": str(household.pk), "uat_siruta": household.uat_id}
    scored = _scored_before(last, pack, readable)
    return facts, [
        _member(membership, before.get(membership.person_id, {}), carried) | scored
        for membership in memberships
    ]


def _scored_before(last: Assessment | None, pack: Pack, readable: Collection[Compartment]) -> Facts:
    """What a pack about a person takes of the scores of the assessment before, where it is not too old."""
    known = {
        name: asked for name, asked in pack.from_before.items() if pack.facts[name].compartment in readable
    }
    today = timezone.localdate()
    is_new = {
        name: last is not None and plus_months(last.visited_on, asked.months) >= today
        for name, asked in known.items()
    }
    found = last.finding_sets.order_by("-created_at").first() if last and any(is_new.values()) else None
    values = {one["name"]: one["value"] for one in found.scores} if found else {}
    return {
        name: int(Decimal(values[asked.score]))
        if is_new[name] and values.get(asked.score) is not None
        else asked.otherwise
        for name, asked in known.items()
    }


def _member(membership: Membership, before: Facts, carried: frozenset[str]) -> Facts:
    person = membership.person
    return {
        **{name: value for name, value in before.items() if name in carried},
        "member_id": str(person.pk),
        "family_name": person.family_name,
        "given_name": person.given_name,
        "cnp": person.cnp,
        "birth_date": person.birth_date,
        "sex": person.sex or None,
        "kinship": membership.relation,
    }
