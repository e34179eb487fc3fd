"""Files on their way in: whatever their size they stay in memory, and how much may come is bounded."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse

from punte.accounts.enums import Role
from punte.www.frame.uploads import MOST_BYTES, MOST_BYTES_OF_STRANGERS, InMemory
from tests.factories import worker

MEGABYTE = 1024 * 1024


@pytest.fixture
def no_temporary_files(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_args: Any, **_named: Any) -> None:
        raise AssertionError("a file was about to lie in the temporary folder")

    for name in ("NamedTemporaryFile", "TemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, refused)
    monkeypatch.setattr("django.core.files.temp.NamedTemporaryFile", refused)
    monkeypatch.setattr("django.core.files.uploadedfile.tempfile.NamedTemporaryFile", refused)


def test_a_large_file_stays_in_memory(no_temporary_files: None, rf: RequestFactory) -> None:
    large = SimpleUploadedFile("poza.jpg", b"\xff" * (12 * MEGABYTE))
    request = rf.post("/", {"file": large})
    request.user = AnonymousUser()
    kept = request.FILES["file"]
    assert isinstance(kept, InMemoryUploadedFile)
    assert kept.size == 12 * MEGABYTE
    assert kept.read(3) == b"\xff\xff\xff"


def test_no_view_takes_files_in_another_way() -> None:
    code = Path(__file__).parents[3] / "punte"
    words = ("upload_handlers", "TemporaryFileUploadHandler", "temporary_file_path")
    assert not [path for path in code.rglob("*.py") if any(word in path.read_text() for word in words)]


@pytest.mark.django_db
@pytest.mark.parametrize(("signed_in", "most"), [(False, MOST_BYTES_OF_STRANGERS), (True, MOST_BYTES)])
def test_how_much_may_be_sent_depends_on_who_sends(
    client: Client, rf: RequestFactory, signed_in: bool, most: int
) -> None:
    lead = worker(Role.COORDINATOR)
    if signed_in:
        client.force_login(lead)
    answer = client.post(
        reverse("petition_send"),
        data=b"--x--\r\n",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(most + 1),
    )
    assert answer.status_code == 413
    request = rf.post("/")
    request.user = lead if signed_in else AnonymousUser()
    InMemory(request).handle_raw_input(None, {}, most, b"")


def test_a_device_that_its_door_let_in_sends_as_much_as_an_account(rf: RequestFactory) -> None:
    request = rf.post("/")
    request.user = AnonymousUser()
    with pytest.raises(RequestDataTooBig):
        InMemory(request).handle_raw_input(None, {}, MOST_BYTES_OF_STRANGERS + 1, b"")
    request.known_device = True  # type: ignore[attr-defined]
    InMemory(request).handle_raw_input(None, {}, MOST_BYTES, b"")
    with pytest.raises(RequestDataTooBig):
        InMemory(request).handle_raw_input(None, {}, MOST_BYTES + 1, b"")
