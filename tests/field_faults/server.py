"""Punte as `punte serve` runs it, with one address more: the hand of the office.

Run as `python -m tests.field_faults.server PORT`.
"""

import json
import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "punte.settings")

from punte.wsgi import application as punte
from tests.database import do_not_wait_for_the_disk

Respond = Callable[..., Any]
do_not_wait_for_the_disk()


def application(environ: dict[str, Any], start_response: Respond) -> Iterable[bytes]:
    """Everything is Punte's own but `/harness/office/`."""
    if environ["PATH_INFO"] != "/harness/office/":
        return punte(environ, start_response)
    from django.db import close_old_connections

    from tests.field_faults.office import act

    close_old_connections()
    told = json.dumps(act(json.loads(environ["wsgi.input"].read()))).encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(told)))])
    return [told]


def main() -> None:
    """Serve until told to stop."""
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "tests.field_faults.server:application",
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        workers=int(os.environ.get("PUNTE_FAULTS_WORKERS", "2")),
        blocking_threads=4,
        websockets=False,
        log_access=False,
        log_level="warning",  # type: ignore[arg-type]
    ).serve()


if __name__ == "__main__":
    main()
