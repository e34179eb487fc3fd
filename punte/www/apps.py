import time
from typing import Any

from django import forms
from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest


class WWW(AppConfig):
    name = "punte.www"
    label = "www"

    def ready(self) -> None:
        from punte.www.frame.fields import within_calendar
        from punte.www.frame.said import say_quickly

        # Forms of models make such fields themselves, so that it is said here and not at each field.
        for kind in (forms.DateField, forms.DateTimeField):
            kind.default_validators = [within_calendar]
        say_quickly()
        user_logged_in.connect(_begin_session, dispatch_uid="session of who signed in")


def _begin_session(*, request: HttpRequest, user: Any, **_signal: Any) -> None:
    request.session["signed_in_at"] = int(time.time())
    request.session["language"] = user.language
