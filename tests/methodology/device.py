"""The front end's own code, as a device runs it: bundled, and given what a browser would give it."""

import json
import subprocess
from pathlib import Path
from typing import Any

FRONTEND = Path(__file__).resolve().parents[2] / "frontend"


def bundled(entry: str, folder: Path) -> Path:
    """A module of the front end (path below `src`) as one file in `folder`."""
    target = folder / f"{Path(entry).stem}.mjs"
    command = [
        FRONTEND / "node_modules/.bin/rolldown",
        FRONTEND / "src" / entry,
        "--format",
        "esm",
        "-o",
        target,
    ]
    subprocess.run(command, check=True, capture_output=True, cwd=FRONTEND)
    return target


def run(script: str, given: object, folder: Path) -> Any:
    """What a script of ES modules prints as JSON; it finds `given` in `given.json` beside it."""
    (folder / "given.json").write_text(json.dumps(given), encoding="utf-8")
    (folder / "run.mjs").write_text(script, encoding="utf-8")
    ran = subprocess.run(["node", "run.mjs"], cwd=folder, check=True, capture_output=True, text=True)
    return json.loads(ran.stdout)
