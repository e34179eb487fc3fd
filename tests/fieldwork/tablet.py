"""A tablet with Teren, as the server sees it: what it asks and sends, packed as the browser packs it."""

import gzip
import json
import re
from typing import Any
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from punte.accounts.models import User
from punte.devices.actions import Registered, register_device
from punte.devices.enums import DeviceKind

Said = dict[str, Any]


class Tablet:
    """One device of one worker."""

    def __init__(self, made: Registered) -> None:
        self.made = made
        self.client = Client()
        self.token = f"{made.device.username}.{made.secret}"

    def post(self, where: str, said: object, *, packed: bool = True) -> Any:
        """Send an object; bytes go as they are."""
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        more = {"Content-Encoding": "gzip"} if packed else {}
        return self.client.post(
            f"/teren/api/{where}/",
            gzip.compress(body) if packed else body,
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.token}", **more},
        )

    def put(self, entry: object, start: object, content: bytes) -> Any:
        """Send a piece of a file."""
        return self.client.put(
            f"/teren/api/fisiere/{entry}/?de={start}",
            content,
            content_type="application/octet-stream",
            headers={"Authorization": f"Bearer {self.token}"},
        )

    def down(self, **changed: Any) -> Said:
        """Ask what changed."""
        asked = {
            "application": "Punte Teren 1",
            "packs": {},
            "unsent": 0,
            "unsentBytes": 0,
            "chosen": None,
            "have": {},
            "caseload": "",
            "reference": "",
        }
        answer = self.post("date", {**asked, **changed})
        assert answer.status_code == 200, answer.content
        return dict(answer.json())

    def up(self, *entries: Said) -> list[Said]:
        """Send entries; what each is answered."""
        said = {"application": "Punte Teren 1", "unsent": 0, "unsentBytes": 0, "entries": list(entries)}
        answer = self.post("trimite", said)
        assert answer.status_code == 200, answer.content
        return list(answer.json()["answers"])


def tablet_of(worker: User, name: str = "Tableta") -> Tablet:
    """A tablet that a worker just enrolled."""
    organization = worker.appointments.get().organization
    return Tablet(register_device(by=worker, organization=organization, kind=DeviceKind.TEREN, name=name))


def entry(kind: str, household: object, body: Said, *, after: tuple[str, ...] = (), **changed: Any) -> Said:
    """An entry written now."""
    return {
        "id": str(uuid4()),
        "kind": kind,
        "household": str(household),
        "at": timezone.localtime().isoformat(timespec="seconds"),
        "after": list(after),
        "body": body,
        **changed,
    }


def home(siruta: int, **changed: Any) -> Said:
    """A household met on the way."""
    plain = {"name": "Câmpeanu", "siruta": siruta, "locality": "Sat", "address": "Str. Morii 3"}
    return {**plain, "phone": "", "safeContact": "", **changed}


def begun(prefilled: str, **answers: str) -> str:
    """A questionnaire with an identifier of its own, a day, and answers by the name of their node."""
    filled = re.sub(r"<instanceID>[^<]*</instanceID>", f"<instanceID>uuid:{uuid4()}</instanceID>", prefilled)
    for name, value in {"visit_date": timezone.localdate().isoformat(), **answers}.items():
        filled, count = re.subn(
            rf"<{name}\s*/>|<{name}>[^<]*</{name}>", f"<{name}>{value}</{name}>", filled, count=1
        )
        assert count == 1, name
    return filled


def filled(prefilled: str, *, base: object = None, person: object = None, **answers: str) -> Said:
    """The body of an assessment."""
    instance = begun(prefilled, **answers)
    pack, version = (re.search(rf'{name}="([^"]+)"', instance) for name in (" id", " version"))
    assert pack and version
    return {
        "pack": pack[1],
        "version": version[1],
        "instance": instance,
        "base": None if base is None else str(base),
        **({} if person is None else {"person": str(person)}),
    }
