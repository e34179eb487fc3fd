"""An invented flood, and refugees at the station: people in several alphabets, half of them gone or with files."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from punte.accounts.models import User
from punte.cases.models import Case
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
from punte.gatherings.actions.attendance import take_attendance
from punte.gatherings.actions.series import create_series, plan_meetings
from punte.notifications.queries import workers_of
from punte.people.models import Membership
from punte.registers.actions import add_entry

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


_NIGHTS = (("Gelu", "Baciu Ion"), ("Gelu",), ("Gelu", "Baciu Ion", "Doamna cu câinele"))


def keep_nights(*, city: Keeper, today: dt.date) -> None:
    """Three nights of a shelter, with names and without, and two people who come out of prison and a hospital."""
    workers = list(workers_of(city.organization.pk)[:1])
    if not workers:
        return
    by = workers[0]
    with transaction.atomic():
        days = [today - dt.timedelta(days=days) for days in (3, 2, 1)]
        nights = create_series(
            by=by,
            keeper=city.organization,
            kind="night_shelter",
            title="Adăpostul de noapte",
            start=days[0],
            facilitators=[by],
            list_kind="open",
        )
        for meeting, names in zip(plan_meetings(by=by, series=nights, days=days), _NIGHTS, strict=True):
            take_attendance(by=by, meeting=meeting, marks={}, walk_ins=names, counted=4)
        cases = Case.objects.filter(
            keeper=city.organization, open=True, sealed=False, responsible__isnull=False
        )
        plain = cases.exclude(household__memberships__person__seals__isnull=False).select_related(
            "responsible"
        )
        for case, came_from in zip(
            plain.order_by("year", "number")[20:22], ("prison", "psychiatric"), strict=False
        ):
            living = Membership.objects.current().filter(household=case.household_id).select_related("person")
            lived = living.order_by("person__birth_date", "pk").first()
            if lived is not None and case.responsible is not None:
                said = {"from": came_from, "leaves_on": today + dt.timedelta(days=9), "goes_to": "nowhere"}
                whom: dict[str, Any] = {"by": case.responsible, "subject": lived.person, "start": today}
                add_entry(register="release", given=said, **whom)
                add_entry(register="street_contact", given={"where": "La gară", "sleeps": "shelter"}, **whom)


def list_people(*, city: Keeper, today: dt.date) -> None:
    """One list that is open, with a family torn apart, and one that is over, by the verbs of their workers."""
    workers = list(workers_of(city.organization.pk)[:4])
    uat = city.organization.uat
    if not workers or uat is None:
        return
    shelters = list(
        services_with_places(["8790 CR-PFA"]).filter(free__gt=5).order_by("folded_name", "pk")[:2]
    )
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
