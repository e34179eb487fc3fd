from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest


class WWW(AppConfig):
    name = "punte.www"
    label = "www"

    def ready(self) -> None:
        user_logged_in.connect(_speak_their_language, dispatch_uid="language of who signed in")


def _speak_their_language(*, request: HttpRequest, user: Any, **_signal: Any) -> None:
    request.session["language"] = user.language
