"""An invented flood, and refugees at the station: people in several alphabets, half of them gone or with files."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from punte.accounts.models import User
from punte.demonstration.staff import Keeper
from punte.directory.queries import services_with_places
from punte.emergencies.actions import (
    Fast,
    change_workers,
    end_emergency,
    leave_list,
    list_person,
    make_file,
    open_emergency,
    say_found,
)
from punte.emergencies.models import Emergency, Listed
from punte.notifications.queries import workers_of

# Name, age, whether they belong to the one before, needs, language, whom they look for.
_FLED = (
    ("Олена Коваленко", 34, False, ("bed", "food"), "uk", "Petro Kovalenko"),
    ("Марійка Коваленко", 6, True, ("bed", "clothes"), "uk", ""),
    ("Данило", 1, True, ("baby",), "uk", ""),
    ("Галина Шевчук", 71, False, ("doctor", "medicine", "mobility"), "uk", ""),
    ("Petro Kovalenco", 38, False, ("bed", "papers"), "uk", ""),
    ("Ирина", 27, False, ("pregnant", "bed"), "ru", ""),
    ("Тарас Бондар", 15, False, ("alone", "interpreter"), "uk", "Наталя Бондар"),
    ("Олена Коваленко", 34, False, (), "uk", ""),
    ("Nadia", None, False, ("bed", "animal"), "uk", ""),
)
_FLOODED = (
    ("Vasile Cozma", 62, False, ("medicine", "bed"), "ro", ""),
    ("Ana Cozma", 59, True, ("bed",), "ro", ""),
    ("Kiss Ilona", 80, False, ("mobility", "talk"), "hu", ""),
    ("Floarea", 45, False, ("clothes", "papers"), "rom", ""),
    ("Ionuț", 9, True, ("clothes",), "rom", ""),
    ("Denisa", 4, True, ("clothes", "food"), "rom", ""),
)


def list_people(*, city: Keeper, today: dt.date) -> None:
    """One list that is open, with a family torn apart, and one that is over, by the verbs of their workers."""
    workers = list(workers_of(city.organization.pk)[:4])
    uat = city.organization.uat
    if not workers or uat is None:
        return
    shelters = list(services_with_places(["8790"]).filter(free__gt=8).order_by("folded_name", "pk")[:2])
    with transaction.atomic():
        fled = _opened(
            city, workers, "refugees", "Refugiați la gară", "Sala de sport a Liceului Ursus", today, 2
        )
        change_workers(by=workers[0], emergency=fled, users=workers, shelters=shelters)
        rows = _put_on(fled, workers, _FLED)
        looks = rows[0].looks_for.get()
        say_found(by=workers[0], looked_for=looks, found=rows[4], agreed=True)
        flood = _opened(city, workers, "disaster", "Inundația din cartier", "Căminul cultural", today, 40)
        gone = _put_on(flood, workers, _FLOODED)
        make_file(by=workers[0], listed=gone[3])
        for row, where in ((gone[0], "home"), (gone[2], "relatives"), (gone[3], "rented")):
            leave_list(by=workers[0], listed=row, left_to=where, left_on=today, with_group=True)
        end_emergency(by=workers[0], emergency=flood, ended_on=today - dt.timedelta(days=30))


def _opened(
    city: Keeper, workers: list[User], kind: str, name: str, place: str, today: dt.date, days: int
) -> Emergency:
    uat = city.organization.uat
    assert uat is not None
    return open_emergency(
        by=workers[0],
        keeper=city.organization,
        kind=kind,
        name=name,
        place=place,
        uat=uat,
        started_on=today - dt.timedelta(days=days),
    )


def _put_on(emergency: Emergency, workers: list[User], people: tuple[tuple, ...]) -> list[Listed]:  # type: ignore[type-arg]
    rows: list[Listed] = []
    at = timezone.now() - dt.timedelta(days=(timezone.localdate() - emergency.started_on).days, hours=1)
    shelter = emergency.shelters.order_by("folded_name", "pk").first()
    for number, (name, age, along, needs, language, looks_for) in enumerate(people):
        said = Fast(
            name=name,
            age=age,
            with_number=rows[-1].group if along else None,
            language=language,
            needs=needs,
            shelter=shelter if "bed" in needs else None,
            looks_for=looks_for,
        )
        row = list_person(by=workers[0], emergency=emergency, said=said)
        Listed.objects.filter(pk=row.pk).update(created_at=at + dt.timedelta(minutes=number))
        rows.append(row)
    return rows
