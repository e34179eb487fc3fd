"""The sessions of Django's own database backend; what is read with every request is put together once."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from punte.kernel.prepared import Prepared

_standing = Prepared(lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now).order_by())


class SessionStore(db.SessionStore):
    """One session."""

    def _get_session_from_db(self) -> Any:
        found = _standing(key=self.session_key, now=timezone.now()) if self.session_key else []
        if not found:
            self._session_key = None
            return None
        return found[0]
