"""A year of notifications of the demonstration, in every state; every word is invented, and the same each time."""

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import Appointment, User
from punte.cases.enums import Regime
from punte.cases.models import Case
from punte.demonstration import names
from punte.demonstration.staff import Keeper
from punte.kernel.append_only import lifted
from punte.notifications.actions import (
    About,
    Notifier,
    Said,
    add_words,
    assign_notification,
    check_notification,
    close_notification,
    conclude_check,
    dispatch_team,
    join_case,
    join_notification,
    log_call,
    note_notification,
    notify_as_partner,
    open_case_from,
    record_notification,
    send_notification,
    send_on,
    team_arrived,
    team_back,
    triage_notification,
)
from punte.notifications.content import content
from punte.notifications.enums import Level
from punte.notifications.models import Dispatch, Notification, NotificationEvent
from punte.notifications.queries import workers_of
from punte.organizations.models import Organization
from punte.people.models import Household

HOW_MANY = 60
_CALLS = 140


@dataclass(frozen=True)
class Story:
    """One thing that somebody told, and how far it has come."""

    kind: str
    channel: str
    what: str
    came_to: str
    danger: str = "unknown"
    reasons: tuple[str, ...] = ()
    abuse: tuple[tuple[str, str], ...] = ()


_STORIES = (
    Story("child_risk", "phone_office", "De ieri dimineață n-am mai văzut-o pe mamă. Cel mare cară lemne, cel mic"
          " plânge.", "closed", "unknown", ("alone", "cold")),
    Story("child_abuse", "professional", "Fetița vine la școală cu vânătăi și spune că a căzut.", "sent_on", "no",
          ("again",), (("physical", "confirmed"), ("emotional", "suspected"))),
    Story("school_absence", "professional", "Lipsește de trei săptămâni; părinții nu răspund la telefon.", "advice",
          "no", ("school",)),
    Story("dv_emergency", "phone_112", "Strigăte și geamuri sparte la vecini; este și un copil în casă.", "team",
          "yes", ("aggressor_near", "alcohol"), (("dv_physical", "confirmed"), ("witness", "confirmed"))),
    Story("older", "any_person", "Vecina de 83 de ani n-a mai ieșit din casă de câteva zile.", "visited", "unknown",
          ("cold", "ill")),
    Story("parents_abroad", "school_list", "Mama a plecat la cules; copiii au rămas la bunica.", "joined case", "no"),
    Story("homeless", "phone_office", "Un om doarme în stația de autobuz de o săptămână.", "unreachable", "unknown",
          ("cold",)),
    Story("child_abuse", "phone_119", "Un copil a sunat și a spus că îi este frică să meargă acasă.", "confirmed",
          "yes", ("aggressor_near",), (("emotional", "confirmed"), ("neglect_emotional", "suspected"))),
    Story("eviction", "written", "Familia cu trei copii are evacuare la sfârșitul lunii.", "referred", "no"),
    Story("hospital_risk", "hospital", "Mama nu a venit la externare și nu răspunde la telefon.", "sent_on", "no",
          ("baby",)),
    Story("child_risk", "site", "Copiii de la capătul străzii umblă singuri noaptea.", "assigned"),
    Story("unknown", "site", "Nu știu cui să spun. Se aude plâns în fiecare seară.", "received"),
    Story("child_risk", "visit", "La vizită am văzut că nu au lemne și nici mâncare.", "not confirmed", "no",
          ("food", "cold")),
    Story("dv_opp", "police_opp", "Poliția a comunicat ordinul de protecție provizoriu.", "visited", "no", (),
          (("dv_psychological", "suspected"),)),
    Story("child_risk", "scc", "Membrii structurii au semnalat o familie care nu mai iese din casă.", "case", "no",
          ("food",), (("neglect_food", "suspected"),)),
    Story("homeless", "own_initiative", "Din presă: o familie doarme într-o mașină.", "undetermined", "no", ("cold",)),
    Story("child_risk", "phone_office", "Nimeni nu a mai văzut copilul cel mic de o lună.", "refused", "unknown",
          ("baby",)),
    Story("older", "written", "Fiul ia pensia și mama rămâne fără mâncare.", "not confirmed yet", "no", ("food",),
          (("elder_abuse", "suspected"),)),
    Story("disability", "written", "Cerere de anchetă pentru comisie.", "triage", "no"),
    Story("child_risk", "phone_office", "Aceeași femeie a sunat din nou: copiii sunt tot singuri.", "joined"),
)  # fmt: skip
_BEGUN, _BEGUN_UNTIL = ("received", "triage", "assigned", "unreachable", "refused"), 20
_SEEN_ONLY, _SEEN_UNTIL = ("visited", "team", "confirmed", "not confirmed yet", "undetermined"), 45
_RESULTS = {
    "not confirmed": "not_confirmed",
    "not confirmed yet": "not_confirmed",
    "advice": "not_confirmed",
    "undetermined": "undetermined",
}
_SEEN = "Am fost acolo, am vorbit cu cine era acasă și am văzut camera copiilor."
_WHY = "Am vorbit cu familia și cu medicul de familie; rămânem în legătură."


def tell_of_people(*, city: Keeper, partners: Sequence[User], chance: random.Random) -> None:
    """The notifications of a year to the city, the newest still to be decided, and the calls to its lines."""
    hall = city.organization
    workers = list(workers_of(hall.pk)[:6])
    lead = (
        User.objects.filter(pk__in=_in_role(hall, Role.COORDINATOR).values("user")).order_by("name").first()
    )
    if not workers or lead is None:
        return
    cases = list(_plain_cases(hall)[: HOW_MANY // len(_STORIES) + 1])
    schools = [one for one in partners if one.standing.posts]
    made: list[Notification] = []
    for number in range(HOW_MANY):
        days = round(330 * ((HOW_MANY - 1 - number) / (HOW_MANY - 1)) ** 1.6)
        story = _STORIES[number % len(_STORIES)]
        story = _after(story, days)
        with transaction.atomic():
            told = _told(hall, story, workers[number % len(workers)], schools, chance)
            _work_on(told, story, worker=workers[number % len(workers)], lead=lead, cases=cases, earlier=made)
            _date_back(told, days, hours=chance.randrange(24))
        made.append(told)
    _count_calls(hall, workers, chance)


def _after(story: Story, days: int) -> Story:
    """The story as it stands after so many days: the newest is only registered, an old one has come to its end."""
    if days < 2 and story.came_to not in _BEGUN:
        return replace(story, came_to="received", abuse=())
    if (story.came_to in _BEGUN and days > _BEGUN_UNTIL) or (
        story.came_to in _SEEN_ONLY and days > _SEEN_UNTIL
    ):
        return replace(story, came_to="closed")
    return story


def _in_role(hall: Organization, role: Role) -> Any:
    return Appointment.objects.current().filter(organization=hall, role=role)


def _plain_cases(hall: Organization) -> Any:
    rows = Case.objects.filter(keeper=hall, open=True, sealed=False, household__sealed=False)
    return rows.exclude(household__memberships__person__seals__isnull=False).order_by("year", "number")


def _told(
    hall: Organization, story: Story, worker: User, partners: Sequence[User], chance: random.Random
) -> Notification:
    surname = names.surname(chance)
    people = [About(f"{surname} {names.given_name(chance, 'f').split()[0]}", chance.randrange(2, 15))]
    said = Said(
        what=story.what,
        where=f"Str. {chance.choice(('Morii', 'Gării', 'Livezii', 'Fântânii'))} nr. {chance.randrange(1, 90)}",
        people=people,
        channel=story.channel,
        kind=story.kind,
        danger=story.danger,
        reasons=story.reasons,
        token=f"demonstration {chance.random()}",
    )
    notifier = Notifier(f"{names.given_name(chance, 'm').split()[0]} {names.surname(chance)}", "", "vecin")
    if story.channel == "site":
        return send_notification(keeper=hall, said=said, notifier=Notifier(anonymous=True)).notification
    channel = content().section("channels")[story.channel]
    if "partner" in channel.by and partners:
        partner = partners[chance.randrange(len(partners))]
        own = Organization.objects.get(pk=partner.standing.posts[0].organization_id)
        kind = content().section("kinds")[story.kind]
        if "partner" in kind.by:
            sent = notify_as_partner(by=partner, organization=own, keeper=hall, said=said, notifier=notifier)
            return sent.notification
    return record_notification(by=worker, keeper=hall, said=said, notifier=notifier).notification


def _work_on(
    told: Notification,
    story: Story,
    *,
    worker: User,
    lead: User,
    cases: list[Case],
    earlier: Sequence[Notification],
) -> None:
    if story.came_to == "received":
        return
    if story.came_to == "joined" and earlier:
        into = next(
            (one for one in reversed(earlier) if one.kind == story.kind and not one.merged_into_id), None
        )
        if into is not None:
            join_notification(by=lead, notification=told, into=into)
        return
    _decide_urgency(told, story, by=lead)
    if story.came_to == "triage":
        return
    assign_notification(by=lead, notification=told, worker=worker)
    if story.came_to == "assigned":
        add_words(notification=told, text="Astăzi i-am văzut din nou, pe la ora opt seara.")
        return
    missed = {"unreachable": "unreachable", "refused": "access_refused"}.get(story.came_to)
    if missed:
        check_notification(
            by=worker, notification=told, outcome=missed, text="Am bătut la ușă și nu s-a deschis."
        )
        return
    if story.came_to == "joined case" and cases:
        join_case(by=lead, notification=told, case=cases.pop(0))
        return
    _go_there(told, story, worker=worker, lead=lead)
    _conclude(told, story, worker=worker)


def _decide_urgency(told: Notification, story: Story, *, by: User) -> None:
    raised = story.kind == "older"
    triage_notification(
        by=by,
        notification=told,
        kind=story.kind,
        danger=story.danger,
        reasons=story.reasons,
        judged=Level.NOW if raised else None,
        why="Locuiește singură și nu răspunde." if raised else "",
    )


def _go_there(told: Notification, story: Story, *, worker: User, lead: User) -> None:
    if story.came_to != "team":
        check_notification(by=worker, notification=told, outcome="visited", text=_SEEN)
        return
    dispatch_team(by=lead, notification=told, users=[worker, *({lead} - {worker})])
    team_arrived(by=worker, notification=told)
    team_back(
        by=worker, notification=told, found="Mama și copilul au fost duși la o rudă; poliția era acolo."
    )


def _conclude(told: Notification, story: Story, *, worker: User) -> None:
    if story.came_to in ("visited",):
        note_notification(by=worker, notification=told, text="Revin mâine cu medicul.")
        return
    result = _RESULTS.get(story.came_to, "confirmed")
    conclude_check(by=worker, notification=told, result=result, abuse=dict(story.abuse), text=_WHY)
    match story.came_to:
        case "case":
            _open_case(told, by=worker)
        case "sent_on":
            send_on(
                by=worker,
                notification=told,
                to="DGASPC Cluj",
                reason="Competența de a verifica este a direcției.",
                package=["report", "assessment"],
            )
        case "closed" | "not confirmed":
            close_notification(by=worker, notification=told, decision="no_action", reason=_WHY)
        case "advice":
            close_notification(by=worker, notification=told, decision="advice", reason=_WHY)
        case "referred":
            close_notification(by=worker, notification=told, decision="referred", reason=_WHY)


def _open_case(told: Notification, *, by: User) -> None:
    """Of a household of the city that has none yet; where all have one, it stays confirmed."""
    rows = Household.objects.filter(keeper=told.keeper_id, sealed=False, memberships__isnull=False)
    free = rows.exclude(cases__isnull=False).exclude(memberships__person__seals__isnull=False)
    home = free.order_by("folded_name", "pk").first()
    if home is not None:
        open_case_from(by=by, notification=told, household=home, regime=Regime.STANDARD, reason=_WHY)


def _date_back(told: Notification, days: int, *, hours: int) -> None:
    """As if it had come so many days ago, within the year of its number, and been worked on from then on."""
    now = timezone.now()
    days = min(days, timezone.localtime(now).timetuple().tm_yday - 1)
    back = dt.timedelta(days=days, hours=min(hours, 4) if days else 0)
    worked = back - dt.timedelta(hours=min(20 + hours, int(back.total_seconds() // 3600)))
    with lifted(NotificationEvent):
        NotificationEvent.objects.filter(notification=told).update(created_at=F("created_at") - worked)
        NotificationEvent.objects.filter(notification=told, kind="received").update(created_at=now - back)
    moved = {name: F(name) - worked for name in ("checked_at", "decided_at")}
    Notification.objects.filter(pk=told.pk).update(
        received_at=told.received_at - back, due_at=F("due_at") - back, **moved
    )
    times = {name: F(name) - worked for name in ("left_at", "arrived_at", "back_at")}
    Dispatch.objects.filter(notification=told).update(**times)


@transaction.atomic
def _count_calls(hall: Organization, workers: Sequence[User], chance: random.Random) -> None:
    now = timezone.now()
    words = content()
    for _number in range(_CALLS):
        log_call(
            by=workers[0],
            keeper=hall,
            line=chance.choice(list(words.section("lines"))),
            kind=chance.choice(list(words.section("call_kinds"))),
            outcome=chance.choice(list(words.section("call_outcomes"))),
            minutes=chance.randrange(1, 35),
            at=now - dt.timedelta(hours=chance.randrange(1, 24 * 200)),
        )
