"""Files that come with a form."""

from typing import Any

from django import forms
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

MOST_BYTES = 60 * 1024 * 1024
"""Of one request with its files; more is refused before it is read."""


class Bounded(FileUploadHandler):
    """Refuses a request that is larger than any form may be; it takes no file itself."""

    def handle_raw_input(self, input_data: Any, META: Any, content_length: Any, *rest: Any) -> None:  # noqa: N803
        if content_length > MOST_BYTES:
            raise RequestDataTooBig(f"{content_length} bytes in one request")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


class SeveralFiles(forms.ClearableFileInput):
    """An input that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; the cleaned value is a list, empty where none was sent."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"widget": SeveralFiles(), "allow_empty_file": True, **options})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        sent = data if isinstance(data, (list, tuple)) else [data]
        sent = [one for one in sent if one]
        if not sent and self.required:
            super().clean(None, initial)
        return [super(FilesField, self).clean(one, initial) for one in sent]


def client_address(request: HttpRequest) -> str:
    """The address that knocks; behind our own proxy that ends TLS, the one that it added last."""
    from django.conf import settings

    forwarded = request.headers.get("X-Forwarded-For", "") if settings.HTTPS else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR") or ""
