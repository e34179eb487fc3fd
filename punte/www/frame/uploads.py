"""Files that come with a form."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.utils.translation import gettext_lazy

from punte.kernel.errors import DomainError
from punte.kernel.files import JPEG, FileKind, accepted, as_jpeg, is_heic

MOST_BYTES = 60 * 1024 * 1024
"""Of one request with its files, from an account or a device; more is refused before it is read."""
MOST_BYTES_OF_STRANGERS = 20 * 1024 * 1024
"""The same of anybody else: the form for petitions with its three files of 5 MB fits."""


_MADE_SMALLER = gettext_lazy("The photo was made smaller on your device, so that it can be sent.")


class InMemory(MemoryFileUploadHandler):
    """Keeps every file in memory, whatever its size: in a folder for temporary files it would lie in clear.

    A request that is larger than any form may be is refused before it is read, so the memory is bounded too.
    """

    def handle_raw_input(self, input_data: Any, META: Any, content_length: Any, *rest: Any) -> None:  # noqa: N803
        assert self.request is not None
        known = getattr(self.request, "known_device", False) or self.request.user.is_authenticated
        if content_length > (MOST_BYTES if known else MOST_BYTES_OF_STRANGERS):
            raise RequestDataTooBig(f"{content_length} bytes in one request")
        self.activated = True


class SeveralFiles(forms.ClearableFileInput):
    """An input that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; the cleaned value is a list, empty where none was sent.

    Pictures of more than `most_bytes` are made smaller by the page before they are sent, where it can. What an iPhone
    took and no page could read is taken as the JPEG that it becomes.
    """

    def __init__(self, *, kinds: Collection[FileKind], most_bytes: int, **options: Any) -> None:
        said: dict[str, Any] = {"accept": accepted(kinds)}
        if JPEG in kinds:
            said |= {"data-most-bytes": most_bytes, "data-made-smaller": _MADE_SMALLER}
        self._takes_photos = JPEG in kinds
        super().__init__(**{"widget": SeveralFiles(attrs=said), "allow_empty_file": True, **options})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        sent = data if isinstance(data, (list, tuple)) else [data]
        sent = [one for one in sent if one]
        if not sent and self.required:
            super().clean(None, initial)
        return [self._readable(super(FilesField, self).clean(one, initial)) for one in sent]

    def _readable(self, sent: UploadedFile) -> UploadedFile:
        if not self._takes_photos or not is_heic(sent.read(12)):
            sent.seek(0)
            return sent
        sent.seek(0)
        name = sent.name or ""
        try:
            photo = as_jpeg(sent.read(), name=name)
        except DomainError as error:
            raise forms.ValidationError(str(error.message)) from error
        return SimpleUploadedFile(f"{Path(name).stem}.jpg", photo, JPEG.content_type)
