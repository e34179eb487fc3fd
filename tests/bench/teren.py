"""Teren's speed: what is installed, how it opens, filters and finds, and how a day of visits comes and goes.

Run as `python -m tests.bench.teren build`, then without an argument, on a database of its own; prints JSON.
"""

import base64
import datetime as dt
import json
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[2]
FRONTEND = ROOT / "frontend"
PEOPLE = 2_000
ASSESSED = 200
SLOWED = 4
TURNS = 5
SECRET = base64.b64encode(b"of the bench, nothing behind it").decode()
# Without electricity, each changes what is found.
_ANSWERS = ("În curte", "Fără sursă de apă proprie", "În curte", "Fără sursă de apă proprie")
Figures = dict[str, tuple[float, str, float]]


def main() -> None:
    """Build the database, or print name, figure, unit and limit of everything measured in it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "punte.settings")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    import django

    django.setup()
    if sys.argv[1:] == ["build"]:
        _build()
        return
    with _served() as server:
        json.dump({**_by_the_client(server), **_in_the_browser(server)}, sys.stdout)


def _build() -> None:
    """A worker with so many people in her caseload; of those households as many were assessed a month ago."""
    from django.db import transaction
    from django.utils import timezone

    from punte.assessments.actions import submit_assessment
    from punte.cases.actions import follow_assessment, open_case
    from punte.demonstration.answers import Answers
    from punte.demonstration.families import family
    from tests.factories import (
        HouseholdFactory,
        MembershipFactory,
        OrganizationFactory,
        PersonFactory,
        worker,
    )

    chance, today = random.Random(7), timezone.localdate()
    keeper = OrganizationFactory()
    by = worker(organization=keeper, name="Ana Câmpeanu", email="ana@exemplu.ro")
    people, visits = 0, []
    while people < PEOPLE:
        with transaction.atomic():
            kin = family(chance, today)
            home = HouseholdFactory(keeper=keeper, name=kin.name, address=kin.street, phone="0740 000 001")
            lived = []
            for someone in kin.members:
                person = PersonFactory(
                    keeper=keeper,
                    family_name=someone.family_name,
                    given_name=someone.given_name,
                    birth_date=someone.born,
                    sex=someone.sex,
                )
                MembershipFactory(person=person, household=home, relation=someone.relation)
                lived.append((person, someone))
            people += len(lived)
            case = open_case(by=by, household=home, regime="standard", reason="Vizită")
            if len(visits) < ASSESSED:
                before = today - dt.timedelta(days=30)
                told = Answers(chance, kin, before)
                made = submit_assessment(
                    by=by, household=home, instance=_instance(home, lived, told, before).encode()
                )
                follow_assessment(by=by, assessment=made)
                told = Answers(chance, kin, today)
                filled = _instance(home, lived, told, today)
                visits.append({"household": str(home.pk), "case": str(case.pk), "instance": filled})
    Path(os.environ["PUNTE_VAR"], "visits.json").write_text(json.dumps(visits))


def _instance(home: Any, lived: list[tuple[Any, Any]], told: Any, day: dt.date) -> str:
    from punte.methodology.forms import instance_for
    from punte.methodology.packs import load_pack

    rows = [
        {
            **told.member(someone),
            "member_id": str(person.pk),
            "family_name": person.family_name,
            "given_name": person.given_name,
            "birth_date": person.birth_date,
        }
        for person, someone in lived
    ]
    top = {**told.household(), "household_id": str(home.pk), "uat_siruta": home.uat_id}
    return instance_for(load_pack("sci"), top, rows, f"uuid:{uuid4()}", visit_date=day)


@contextmanager
def _served() -> Iterator[str]:
    """The server of an installation, with its two processes."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [ROOT / ".venv/bin/punte", "serve", "--port", str(port)]
    with Path(os.environ["PUNTE_VAR"], "server.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
    try:
        for _ in range(600):
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def _by_the_client(server: str) -> Figures:
    """Bundles down and assessments up, by the core of Teren in Node; a new device each turn, the first not counted."""
    built = FRONTEND / "node_modules/.teren-bench"
    vite = [FRONTEND / "node_modules/.bin/vite", "build", "--logLevel", "error"]
    subprocess.run([*vite, "--config", FRONTEND / "harness/vite.config.ts", "--outDir", built], check=True)
    visits = Path(os.environ["PUNTE_VAR"], "visits.json")
    turns = []
    for _turn in range(2):
        device = Path(os.environ["PUNTE_VAR"], "device.json")
        device.write_text(json.dumps(_device()))
        command = ["node", built / "bench.mjs", server, device, visits]
        turns.append(json.loads(subprocess.run(command, check=True, capture_output=True).stdout))
    best = min(turns, key=lambda turn: turn["push ms"])
    return {
        f"{ASSESSED} finished assessments reach the server": (best["push ms"] / 1000, "s", 10),
        "an assessment on the wire, the mean": (best["bytes of an assessment"] / 1024, "KB", 6),
        f"bundles of {ASSESSED} households come down": (
            min(turn["pull ms"] for turn in turns) / 1000,
            "s",
            0,
        ),
        f"bundles of {ASSESSED} households on the wire": (best["pull bytes"] / 1024, "KB", 0),
        "a next exchange that brings nothing": (min(turn["idle ms"] for turn in turns), "ms", 0),
    }


def _device() -> dict[str, Any]:
    from punte.accounts.models import User
    from punte.devices.enums import DeviceKind
    from punte.devices.models import Device, digest_of

    by = User.objects.get(email="ana@exemplu.ro")
    keeper = by.appointments.get().organization
    device = Device.objects.create(
        owner=by,
        organization=keeper,
        kind=DeviceKind.TEREN,
        name="Tableta",
        username=uuid4().hex[:12],
        secret_digest=digest_of(SECRET),
        file_key=base64.b64encode(bytes(32)).decode(),
    )
    return {
        "device": str(device.pk),
        "username": device.username,
        "secret": SECRET,
        "fileKey": device.file_key,
        "worker": {
            "id": str(by.pk),
            "name": by.name,
            "organization": {"ro": keeper.name, "en": keeper.name},
            "compartments": sorted(by.standing.every_compartment()),
        },
    }


def _in_the_browser(server: str) -> Figures:
    """Chromium with its processor slowed: installation, opening without a signal, the filter, an answer's findings."""
    from playwright.sync_api import expect, sync_playwright

    from punte.accounts.models import User
    from tests.journeys.conftest import CHROMIUM, QUIET
    from tests.journeys.teren_walk import (
        TABLET,
        Teren,
        filtering_ms,
        finding_ms,
        installed_bytes,
        opening_ms,
        slow_down,
    )

    expect.set_options(timeout=120_000)
    by = User.objects.get(email="ana@exemplu.ro")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        # Waiting for a condition is evaluated in the page, which its policy refuses.
        context = browser.new_context(
            locale="ro-RO", timezone_id="Europe/Bucharest", viewport=TABLET, bypass_csp=True
        )
        context.set_default_timeout(60_000)
        page = context.new_page()
        teren = Teren(page, server)
        teren.install(context, by, name=f"Tableta {uuid4().hex[:6]}")
        sizes = installed_bytes(page)
        context.set_offline(True)
        filters = _filtered(teren, filtering_ms)
        slow_down(page, SLOWED)
        openings = [opening_ms(teren) for _ in range(TURNS)]
        slowly_filtered = _filtered(teren, filtering_ms)
        slow_down(page, 1)
        teren.household(_never_assessed())
        questionnaire = teren.begin_assessment()
        teren.section("Locuința")
        questionnaire.choose("Curent electric", "Nu")
        questionnaire.choose("Apă", _ANSWERS[0])
        findings = [finding_ms(page, "Apă", answer) for answer in _ANSWERS[1:]]
        slow_down(page, SLOWED)
        slowly_found = [finding_ms(page, "Apă", answer) for answer in _ANSWERS]
        browser.close()
    packs = sum(size for address, size in sizes.items() if "/pachete/" in address)
    return {
        "installed: the application and its packs, compressed": (sum(sizes.values()) / 1024, "KB", 700),
        "of which the packs": (packs / 1024, "KB", 0),
        f"opening offline at 1/{SLOWED} speed, to the PIN": (min(one for one, _ in openings), "ms", 1500),
        f"from the PIN to the day, {PEOPLE:,} people, 1/{SLOWED} speed": (
            min(one for _, one in openings), "ms", 0,
        ),
        f"filtering {PEOPLE:,} people": (filters, "ms", 100),
        f"filtering {PEOPLE:,} people at 1/{SLOWED} speed": (slowly_filtered, "ms", 0),
        "findings after an answer": (max(findings), "ms", 50),
        f"findings after an answer at 1/{SLOWED} speed": (max(slowly_found), "ms", 0),
    }  # fmt: skip


def _never_assessed() -> str:
    """The name of a household of which nothing is known, and of no other."""
    from django.db.models import Count

    from punte.people.models import Household

    names = Household.objects.values("name").annotate(homes=Count("pk"), visits=Count("assessments"))
    return str(names.filter(homes=1, visits=0).order_by("name")[0]["name"])


def _filtered(teren: Any, filtering_ms: Any) -> float:
    """The slowest of some letters, each the calmest of its turns."""
    return max(min(filtering_ms(teren, words) for _ in range(3)) for words in ("a", "an", "pop", "ion", "s"))


if __name__ == "__main__":
    main()
