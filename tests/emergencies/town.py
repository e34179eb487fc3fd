"""A list at a school gym, on which a worker and a nurse work."""

from typing import Any

from punte.accounts.models import User
from punte.directory.models import Service
from punte.emergencies.actions import Fast, change_workers, list_person, open_emergency
from punte.emergencies.models import Emergency, Listed
from punte.organizations.models import Organization


def emergency_of(
    keeper: Organization, *, by: User, others: tuple[User, ...] = (), shelter: Service | None = None
) -> Emergency:
    """Refugees at the station; only `by` and the others work on it."""
    assert keeper.uat is not None
    made = open_emergency(
        by=by, keeper=keeper, kind="refugees", name="Gara", place="Sala de sport", uat=keeper.uat
    )
    shelters = [shelter] if shelter else []
    return change_workers(by=by, emergency=made, users=[by, *others], shelters=shelters)


def put_on(emergency: Emergency, by: User, name: str, **said: Any) -> Listed:
    """Somebody on the list."""
    return list_person(by=by, emergency=emergency, said=Fast(name, **said))


def fled_to(keeper: Organization, *, by: User, others: tuple[User, ...] = ()) -> dict[str, Any]:
    """By name an emergency and somebody on its list."""
    emergency = emergency_of(keeper, by=by, others=others)
    row = put_on(emergency, by, "Олена Коваленко", age=34, needs=("bed",), looks_for="Petro Kovalenko")
    put_on(emergency, by, "Petro Kovalenco", age=38)
    return {"emergency": emergency, "listed": row}
