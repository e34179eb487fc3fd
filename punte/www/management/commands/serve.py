"""`punte serve`: the web server of an installation."""

import socket
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _
from granian import Granian
from granian.constants import Interfaces


class Command(BaseCommand):
    help = "Serve Punte; static files are gathered first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--host", default="127.0.0.1", help="address to listen on (default: this machine only)"
        )
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2, help="processes (default: 2)")

    def handle(self, *, host: str, port: int, workers: int, **_options: Any) -> None:
        _require_free(host, port)
        with suppress(DatabaseError):  # a database that is away or broken is told by /healthz
            connection.ensure_connection()
        connection.close()
        if not settings.DEBUG:
            call_command("collectstatic", interactive=False, verbosity=0)
        self.stdout.write(f"Punte {settings.VERSION}: http://{host}:{port}/")
        Granian(
            "punte.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=2,
            websockets=False,
            log_access=False,
        ).serve()


def _require_free(host: str, port: int) -> None:
    """Two servers would share one port without a word, and who asks would meet now the one and now the other."""
    with suppress(OSError), socket.create_connection((host, port), timeout=1):
        raise CommandError(
            _("Something answers at %(host)s:%(port)d already. Stop it, or choose another port (--port).")
            % {"host": host, "port": port}
        )
