"""Sending: the register, the code, what is refused, what is kept and how."""

import datetime as dt
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry
from punte.kernel.errors import DomainError, NotAllowed
from punte.petitions import public_access
from punte.petitions.actions import Letter, Sender, register_petition, send_petition
from punte.petitions.attachments import Upload, content_of
from punte.petitions.models import Petition, Register
from punte.petitions.queries import addressees
from punte.petitions.rules import named_in, register_number
from tests.factories import OrganizationFactory, worker
from tests.petitions.conftest import ANA, REQUEST, Hall
from tests.samples import PDF, docx_file

pytestmark = pytest.mark.both


def test_numbers_run_without_a_gap_in_each_organisation_and_year(hall: Hall) -> None:
    other = worker(Role.COORDINATOR).appointments.get().organization
    numbers = [hall.receive().petition.number for _ in range(3)]
    assert numbers == [1, 2, 3]
    assert send_petition(organization=other, letter=REQUEST, sender=ANA).petition.number == 1
    assert {row.last for row in Register.objects.all()} == {3, 1}


def test_a_refused_letter_takes_no_number(hall: Hall) -> None:
    with pytest.raises(DomainError):
        hall.receive(Letter("request", "scurt"))
    assert hall.receive().petition.number == 1


def test_what_names_a_person_lies_encrypted(hall: Hall) -> None:
    petition = hall.receive().petition
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, email, phone, text, code_digest FROM petitions_petition")
        row = cursor.fetchone()
    assert not any("Ana" in str(cell) or "centrul" in str(cell) or "0264" in str(cell) for cell in row)
    assert Petition.objects.get(pk=petition.pk).name == "Ana Exemplu"


def test_the_code_opens_however_it_is_typed_and_is_kept_nowhere(hall: Hall) -> None:
    sent = hall.receive()
    assert sent.code not in str(vars(Petition.objects.get()))
    assert public_access.follow("1/" + str(sent.petition.year), sent.code) == sent.petition
    typed = f" {sent.code.lower().replace('-', ' ')} "
    assert public_access.follow(f" {sent.petition.number} / {sent.petition.year}", typed) == sent.petition


def test_the_code_of_one_petition_does_not_open_another(hall: Hall) -> None:
    first, second = hall.receive(), hall.receive()
    assert public_access.follow(str(first.petition), second.code) is None
    assert public_access.follow("nimic", first.code) is None
    assert public_access.follow(f"99/{first.petition.year}", first.code) is None


def test_an_answer_is_due_in_thirty_days_and_sending_on_in_five(hall: Hall) -> None:
    petition = hall.receive().petition
    today = timezone.localdate()
    assert petition.due_on == today + dt.timedelta(days=30)
    assert petition.redirect_by == today + dt.timedelta(days=5)


def test_what_comes_without_a_name_has_no_term(hall: Hall) -> None:
    petition = hall.receive(sender=Sender()).petition
    assert petition.anonymous
    assert petition.due_on is None


@pytest.mark.parametrize(
    ("letter", "sender", "field"),
    [
        (Letter("altceva", REQUEST.text), ANA, "kind"),
        (Letter("request", "   "), ANA, "text"),
        (Letter("request", "a" * 20_001), ANA, "text"),
        (REQUEST, Sender(name="Ana"), "email"),
        (REQUEST, Sender(name="Ana", email="nu este"), "email"),
        (REQUEST, Sender(email="ana@exemplu.ro"), "name"),
        (REQUEST, Sender(name="A" * 300, address="Str. Gării 1"), "name"),
    ],
)
def test_what_is_missing_is_named(hall: Hall, letter: Letter, sender: Sender, field: str) -> None:
    with pytest.raises(DomainError) as refused:
        hall.receive(letter, sender)
    assert refused.value.field == field
    assert not Petition.objects.exists()


def test_one_may_write_only_where_somebody_answers(hall: Hall) -> None:
    empty = OrganizationFactory()
    school = worker(Role.LEGAL_ADVISER, organization=OrganizationFactory(kind="school"))
    assert list(addressees()) == [hall.organization]
    for organization in (empty, school.appointments.get().organization):
        with pytest.raises(DomainError):
            send_petition(organization=organization, letter=REQUEST, sender=ANA)


def test_a_file_is_kept_encrypted_and_comes_back_as_it_was(hall: Hall, store: Path) -> None:
    letter = Letter(
        "request", REQUEST.text, uploads=[Upload("acte.pdf", PDF), Upload("cerere.docx", docx_file())]
    )
    petition = hall.receive(letter).petition
    assert [content_of(one) for one in petition.attachments.all()] == [PDF, letter.uploads[1].content]
    on_disk = [path.read_bytes() for path in store.rglob("*.sealed")]
    assert len(on_disk) == 2
    assert not any(b"%PDF" in content or content.startswith(b"PK") for content in on_disk)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("acte.pdf", b"MZ\x90\x00 program"),
        ("acte.pdf", b"<html><script>"),
        ("acte.pdf", b""),
        ("poza.png", PDF),
        ("acte.docx", b"PK\x03\x04 rupt"),
        ("acte.docm", docx_file(main="application/vnd.ms-word.document.macroEnabled.main+xml")),
        ("acte.docx", docx_file(**{"word/vbaProject.bin": "x"})),
        ("mare.pdf", PDF + b"0" * (5 * 1024 * 1024)),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(hall: Hall, name: str, content: bytes) -> None:
    with pytest.raises(DomainError) as refused:
        hall.receive(Letter("request", REQUEST.text, uploads=[Upload(name, content)]))
    assert refused.value.field == "attached"
    assert not Petition.objects.exists()


def test_at_most_three_files(hall: Hall) -> None:
    with pytest.raises(DomainError):
        hall.receive(Letter("request", REQUEST.text, uploads=[Upload("a.pdf", PDF)] * 4))


def test_the_office_registers_what_came_on_paper_in_the_same_register(hall: Hall) -> None:
    hall.receive()
    sent = register_petition(
        by=hall.worker, organization=hall.organization, letter=REQUEST, sender=ANA, channel="post"
    )
    assert sent.petition.number == 2
    line = TrailEntry.objects.get(verb="register_petition")
    assert line.subject == sent.petition.pk
    assert "Ana" not in str(line.changes)
    stranger = worker(Role.SOCIAL_WORKER)
    with pytest.raises(NotAllowed):
        register_petition(
            by=stranger, organization=hall.organization, letter=REQUEST, sender=ANA, channel="post"
        )


def test_a_register_number_is_read_kindly() -> None:
    assert register_number(" 12 / 2026 ") == (12, 2026)
    assert [register_number(text) for text in ("", "12", "12/26", "a/2026", "9" * 20 + "/2026")] == [None] * 5


def test_a_worker_is_known_by_the_family_name_with_or_without_diacritics(hall: Hall) -> None:
    people = [hall.worker, hall.adviser, hall.lead]
    assert named_in("doamna MURESAN de la etaj", people) == [hall.worker]
    assert named_in("domnul Pârvulescu și doamna Mureșan", people) == [hall.worker, hall.lead]
    assert named_in("cineva", people) == []
