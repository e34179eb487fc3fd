"""What a new questionnaire already knows, so that nobody is asked twice."""

from typing import Any

from punte.accounts.models import User
from punte.assessments.models import Assessment
from punte.assessments.queries import compartments_of
from punte.methodology.model import Pack
from punte.people.models import Household, Membership

Facts = dict[str, Any]


def known_facts(household: Household, *, pack: Pack, by: User) -> tuple[Facts, list[Facts]]:
    """The facts of the household and of its members that a new questionnaire begins with.

    Identity comes from the record. From the last assessment come the answers that the pack carries over, within
    the compartments that the worker reads; signs of violence are always asked anew.
    """
    last = Assessment.objects.filter(household=household).first()
    before = {member.person_id: member.facts for member in last.members.all()} if last else {}
    carried = _carried(pack, by, household)
    home = {name: value for name, value in (last.facts if last else {}).items() if name in carried}
    facts = {**home, "household_id": str(household.pk), "uat_siruta": household.uat_id}
    members = (
        Membership.objects.current()
        .filter(household=household)
        .select_related("person")
        .order_by("start", "id")
    )
    return facts, [
        _member(membership, before.get(membership.person_id, {}), carried) for membership in members
    ]


def _carried(pack: Pack, by: User, household: Household) -> frozenset[str]:
    readable = compartments_of(by, household)
    return frozenset(name for name in pack.carried_over if pack.facts[name].compartment in readable)


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
