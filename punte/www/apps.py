import time
from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest


class WWW(AppConfig):
    name = "punte.www"
    label = "www"

    def ready(self) -> None:
        user_logged_in.connect(_begin_session, dispatch_uid="session of who signed in")


def _begin_session(*, request: HttpRequest, user: Any, **_signal: Any) -> None:
    request.session["signed_in_at"] = int(time.time())
    request.session["language"] = user.language
