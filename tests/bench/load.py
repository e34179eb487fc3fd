"""Many workers at once before `punte serve` with its two processes: each opens, searches, notes and saves, and thinks
for five seconds between two requests.

Run as a module on the database of the environment: `load WORKERS SECONDS`; prints one JSON object.
"""

import json
import os
import random
import secrets
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "punte.settings")

import django  # noqa: E402

django.setup()

import requests  # noqa: E402
from django.conf import settings  # noqa: E402

from tests.bench.mix import Ask, Desk, desks, signed_in  # noqa: E402

THINKING, WARMING = 5.0, 20.0
Times = dict[str, list[float]]


class Worker(threading.Thread):
    """Somebody at a desk, in a browser of their own."""

    def __init__(self, desk: Desk, number: int, server: str, until: float) -> None:
        super().__init__(daemon=True)
        self.desk, self.number, self.server, self.until = desk, number, server, until
        self.times: Times = defaultdict(list)
        self.failed: list[str] = []
        # Of the same length as Django's own.
        token = secrets.token_hex(16)
        self.session = requests.Session()
        self.session.headers.update({"X-CSRFToken": token, "Referer": server, "Accept-Language": "ro"})
        self.session.cookies.update({settings.CSRF_COOKIE_NAME: token, **signed_in(desk.worker)})

    def run(self) -> None:
        chance = random.Random(self.number)
        turn = self.number
        time.sleep(chance.uniform(0, THINKING))
        # Each is somewhere else in their work: in step, all would open the dearest page within the same seconds.
        begun = islice(self.desk.round(turn), self.number % 9, None)
        while True:
            for ask in begun:
                if time.monotonic() >= self.until:
                    return
                self._send(ask)
                time.sleep(chance.uniform(0.5, 1.5) * THINKING)
            turn += 1
            begun = self.desk.round(turn)

    def _send(self, ask: Ask) -> None:
        began = time.monotonic()
        try:
            answer = self.session.request(
                ask.method,
                self.server + ask.url,
                data=ask.content or None,
                headers={"Content-Type": ask.content_type} if ask.content_type else {},
                allow_redirects=False,
                timeout=60,
            )
        except requests.RequestException as broken:
            self.failed.append(f"{ask.kind}: {broken}")
            return
        self.times[ask.kind].append((time.monotonic() - began) * 1000)
        if answer.status_code not in (200, 302):
            self.failed.append(f"{ask.kind}: {answer.status_code}")


@contextmanager
def served() -> Iterator[tuple[str, int]]:
    """The server of an installation, with its two processes; its address and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).with_name("punte")), "serve", "--port", str(port)]
    with Path(os.environ["PUNTE_VAR"], "server.log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        for _ in range(600):
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}", server.pid
    finally:
        server.terminate()
        server.wait(20)


def _processor_ms(process: int) -> float:
    """What a process and its children have used of the processor."""
    of_it = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    ticks = int(of_it[11]) + int(of_it[12])
    return ticks * 1000 / os.sysconf("SC_CLK_TCK") + sum(_processor_ms(int(child)) for child in children)


def under_load(count: int, seconds: float) -> dict[str, Any]:
    """The figures of so many workers for so long, once the server is warm."""
    own = desks(count)
    with served() as (server, process):
        until = time.monotonic() + WARMING + seconds
        at_work = [Worker(desk, number, server, until) for number, desk in enumerate(own)]
        for worker in at_work:
            worker.start()
        time.sleep(WARMING)
        for worker in at_work:
            worker.times = defaultdict(list)
        used = _processor_ms(process)
        for worker in at_work:
            worker.join()
        used = _processor_ms(process) - used
    times = sorted(one for worker in at_work for of_kind in worker.times.values() for one in of_kind)
    failed = [said for worker in at_work for said in worker.failed]
    return {
        "median ms": statistics.median(times),
        "95th percentile ms": statistics.quantiles(times, n=20)[-1],
        "requests": len(times),
        "processor ms": used / len(times),
        "failed": len(failed),
        "said": failed[:3],
    }


if __name__ == "__main__":
    print(json.dumps(under_load(int(sys.argv[1]), float(sys.argv[2]))))
