"""A form that is sent twice makes one thing.

Each form carries a mark of its own (`csrf_token` writes it). The verb that a sending asks for and the mark are saved in
one transaction, so that of two sendings at once the second waits for the first; where the first led on to a page, the
second is led there too. What was refused leaves no mark, and may be sent again.
"""

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from punte.accounts.models import SentForm
from punte.kernel.encryption import blind_index
from punte.kernel.errors import DomainError
from punte.kernel.in_bulk import add, change
from punte.kernel.prepared import Prepared
from punte.www.frame.middleware import way_back

FIELD = "once"
# Their bodies are no forms, and are read by themselves.
OF_MACHINES = ("/api/", "/openrosa/", "/teren/api/")
_NOT_CONTENT = {FIELD, "csrfmiddlewaretoken"}
# For the moment between what a sending made and the address of it.
_WAITS, _SECONDS_EACH = 20, 0.1


class SentAlready(Exception):
    """The same form was sent before, or at the same moment, and something was made of it."""


@dataclass
class Sending:
    """One sending of a form: its mark, and what was typed."""

    key: str
    content: str
    claimed: bool = False


class SentOnce:
    """Answers the second sending of a form with where the first one led."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        sending = _sending(request)
        if sending is not None and sending.claimed:
            _remember(request, sending, response)
        return response

    def process_view(
        self, request: Any, _view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        if request.method != "POST" or request.path.startswith(OF_MACHINES):
            return None
        mark = request.POST.get(FIELD, "") if request.user.is_authenticated else ""
        if not mark:
            return None
        request.sending = Sending(_key(request, mark), _content(request))
        return _where_the_first_led(request, request.sending)

    def process_exception(self, request: Any, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, SentAlready):
            return None
        return _where_the_first_led(request, request.sending) or HttpResponseRedirect(way_back(request))


def new_mark() -> str:
    """The mark of one form on one page."""
    return secrets.token_urlsafe(16)


@contextmanager
def once(request: HttpRequest) -> Iterator[None]:
    """Do what a sending asks for and keep its mark, both or neither.

    Raises:
        SentAlready: another sending of the same form did it.
    """
    sending = _sending(request)
    if sending is None or sending.claimed:
        yield
        return
    refused: DomainError | None = None
    with transaction.atomic():
        kept = _claim(request, sending)
        try:
            yield
        except DomainError as error:
            # What was written before the refusal stays, as it does where no mark was sent.
            refused = error
            kept.delete()
    if refused is not None:
        raise refused
    sending.claimed = True


def _claim(request: Any, sending: Sending) -> SentForm:
    try:
        with transaction.atomic():
            kept = SentForm(key=sending.key, content=sending.content, user=request.user)
            add(kept)
            return kept
    except IntegrityError as before:
        raise SentAlready from before


def _remember(request: HttpRequest, sending: Sending, response: HttpResponse) -> None:
    """Where a sending led; one that came back to its page may be sent again, unless it broke after it was done."""
    if isinstance(response, HttpResponseRedirect):
        change(SentForm, sending.key, location=response.url)
    elif response.status_code >= 500:
        change(SentForm, sending.key, location=way_back(request))
    else:
        SentForm.objects.filter(key=sending.key).delete()


def _where_the_first_led(request: HttpRequest, sending: Sending) -> HttpResponse | None:
    first = _first(sending)
    for _wait in range(_WAITS):
        if first is None or first.location:
            break
        time.sleep(_SECONDS_EACH)
        first = _first(sending)
    if first is None:
        return None
    if first.content != sending.content:
        says = _(
            "This form was sent already. Here is what was made of it; what you changed since is not in it."
        )
        messages.warning(request, says)
    return HttpResponseRedirect(first.location or way_back(request))


def _first(sending: Sending) -> SentForm | None:
    return next(iter(_sent(key=sending.key)), None)


_sent = Prepared(lambda key: SentForm.objects.filter(key=key).order_by())


def _sending(request: HttpRequest) -> Sending | None:
    return getattr(request, "sending", None)


def _key(request: Any, mark: str) -> str:
    return _digest(str(request.user.pk), request.path, mark)


def _content(request: HttpRequest) -> str:
    typed = [f"{name}={values}" for name, values in request.POST.lists() if name not in _NOT_CONTENT]
    files = [f"{name}={[one.name for one in files]}" for name, files in request.FILES.lists()]
    return _digest(*sorted(typed), *sorted(files))


def _digest(*parts: str) -> str:
    """Keyed: of a CNP that was typed, every one there may be would be tried in minutes."""
    return blind_index("\0".join(parts))
