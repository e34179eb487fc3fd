"""What a petitioner is told by e-mail, and that the mail tells nothing to whoever else reads it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from punte.petitions.actions import (
    Letter,
    Sender,
    answer_petition,
    extend_petition,
    note_petition,
    redirect_petition,
)
from punte.petitions.enums import Mail
from punte.petitions.mail import TRIED_FOR
from punte.petitions.models import PetitionEvent
from tests.petitions.conftest import ANA, REQUEST, Hall

Committing = Callable[..., AbstractContextManager[Any]]


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Committing) -> Committing:
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_the_petitioner_is_told_when_it_is_registered_extended_answered_or_sent_on(
    hall: Hall, committed: Committing
) -> None:
    with committed():
        first, second = hall.receive().petition, hall.receive().petition
    with committed():
        extend_petition(by=hall.lead, petition=first, days=5, reason="Întrebăm firma.")
        note_petition(by=hall.worker, petition=first, text="Numai pentru noi.")
    with committed():
        answer_petition(by=hall.worker, petition=first, answer="Vă așteptăm luni.", basis="Legea 292/2011")
        redirect_petition(by=hall.worker, petition=second, institution="Școala 5")
    year = first.year
    assert [one.subject for one in mail.outbox] == [
        f"Petiția nr. 1/{year} a fost înregistrată.",
        f"Petiția nr. 2/{year} a fost înregistrată.",
        f"Termenul petiției nr. 1/{year} a fost prelungit.",
        f"La petiția nr. 1/{year} s-a răspuns.",
        f"Petiția nr. 2/{year} a fost trimisă altei instituții.",
    ]
    assert {tuple(one.to) for one in mail.outbox} == {(ANA.email,)}
    assert set(PetitionEvent.objects.exclude(kind="note").values_list("mail", flat=True)) == {Mail.SENT}


def test_the_mail_carries_the_number_and_the_address_and_nothing_else(
    hall: Hall, committed: Committing, settings: Any
) -> None:
    settings.SITE_ADDRESS = "https://servicii.exemplu.ro"
    with committed():
        sent = hall.receive()
    with committed():
        answer_petition(
            by=hall.worker, petition=sent.petition, answer="Un loc liber.", basis="Legea 292/2011"
        )
    for one in mail.outbox:
        written = one.subject + one.body
        assert str(sent.petition) in written
        assert "https://servicii.exemplu.ro/primarie/petitie/urmareste/" in written
        for kept in (sent.code, "Ana", "fetița", "Un loc", hall.worker.name, hall.organization.name):
            assert kept not in written


def test_the_mail_speaks_the_language_of_the_page(hall: Hall, committed: Committing) -> None:
    from punte.petitions.actions import send_petition

    for language in ("en", "hu"):
        with committed():
            send_petition(organization=hall.organization, letter=REQUEST, sender=ANA, language=language)
    assert mail.outbox[0].subject.endswith("was registered.")
    assert "iktat" in mail.outbox[1].subject


def test_who_gave_no_address_is_not_mailed_nor_anybody_of_a_demonstration(
    hall: Hall, committed: Committing, settings: Any
) -> None:
    with committed():
        hall.receive(sender=Sender(name="Ana", address="Str. Gării 1"))
        hall.receive(sender=Sender())
    settings.DEMONSTRATION = True
    with committed():
        hall.receive()
    settings.DEMONSTRATION = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    with committed():
        hall.receive()
    assert not mail.outbox
    assert not PetitionEvent.objects.exclude(mail="").exists()


def test_a_mail_server_that_fails_undoes_nothing_and_is_tried_again(
    hall: Hall, committed: Committing, settings: Any, caplog: Any
) -> None:
    works = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "punte.no.such.backend"
    with committed():
        petition = hall.receive().petition
    event = petition.events.get()
    assert event.mail == Mail.WAITS
    assert ANA.email not in caplog.text
    settings.EMAIL_BACKEND = works
    call_command("reminders", dry_run=True)
    assert not mail.outbox
    call_command("reminders")
    call_command("reminders")
    assert [one.to for one in mail.outbox].count([ANA.email]) == 1
    event.refresh_from_db()
    assert event.mail == Mail.SENT


def test_what_could_not_be_sent_for_a_week_has_failed(
    hall: Hall, committed: Committing, settings: Any
) -> None:
    works = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "punte.no.such.backend"
    with committed():
        petition = hall.receive(Letter("request", REQUEST.text)).petition
    petition.events.update(created_at=timezone.now() - 2 * TRIED_FOR)
    settings.EMAIL_BACKEND = works
    call_command("reminders")
    assert petition.events.get().mail == Mail.FAILED
    assert [ANA.email] not in [one.to for one in mail.outbox]
