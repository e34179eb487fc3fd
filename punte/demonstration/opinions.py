"""What people of the demonstration think of two services, and the tables that the county publishes."""

import random
from datetime import date

from punte.accounts.enums import Capability, Role
from punte.accounts.models import Appointment
from punte.directory.models import Service
from punte.organizations.enums import OrganizationKind
from punte.petitions.queries import roles_with
from punte.satisfaction.actions import start_asking
from punte.satisfaction.forms_of_services import SCALE, form_of
from punte.satisfaction.models import Opinion
from punte.statistics.actions import publish_table
from punte.statistics.actions.publish_table import newest_extract, places_of
from punte.statistics.publishing.cube import counted, years_in
from punte.statistics.publishing.definition import table_definitions

_SERVICES, _OLD, _NEW = 2, 61, 48
_OFTEN = (10, 4, 2)
_WORDS = (
    "Oamenii sunt calzi și au răbdare.",
    "Aș vrea să fie deschis și după-amiaza.",
    "Mi s-a explicat tot, pe înțelesul meu.",
    "Se așteaptă mult la ușă.",
)


def ask_what_people_think(chance: random.Random, today: date) -> None:
    """Two services whose institutions have somebody who keeps them ask for opinions; some came in two quarters."""
    keepers = {
        post.organization_id: post.user
        for post in Appointment.objects.current()
        .filter(role=Role.PARTNER, user__is_active=True)
        .select_related("user")
        .order_by("pk")
    }
    services = Service.objects.active().filter(provider__in=keepers).order_by("folded_name", "pk")
    for service in services[:_SERVICES]:
        start_asking(by=keepers[service.provider_id], service=service)
        form = form_of(service)
        earlier = date(today.year if today.month > 3 else today.year - 1, (today.month - 4) % 12 + 1, 1)
        Opinion.objects.bulk_create(
            Opinion(
                service=service,
                month=month.strftime("%Y-%m"),
                form=form.key,
                answers={key: chance.choices(SCALE, _OFTEN)[0] for key in form.questions},
                words=chance.choice(_WORDS) if chance.random() < 0.2 else "",
            )
            for month, many in ((earlier, _OLD), (today, _NEW))
            for _ in range(many)
        )


def publish_tables() -> None:
    """The county publishes its tables of the years that are known; nothing where nobody publishes for it."""
    post, newest = _publisher(), newest_extract()
    if post is None or newest is None:
        return
    organization = post.organization
    for key, definition in table_definitions().items():
        years = years_in(definition, newest[1])[-2:]
        if counted(definition, newest[1], years=years, uats=places_of(organization)).leaves:
            publish_table(by=post.user, organization=organization, table=key, years=years)


def _publisher() -> Appointment | None:
    posts = Appointment.objects.current().filter(
        organization__kind=OrganizationKind.COUNTY_DIRECTORATE, role__in=roles_with(Capability.PUBLISH)
    )
    return posts.select_related("user", "organization").order_by("pk").first()
