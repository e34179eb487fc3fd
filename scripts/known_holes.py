"""Ask whether a package that is shipped has a known hole, and name it. Ends with 1 where one has.

Where the services that know of holes do not answer, or do not know a package, it says that it could not look, and that
alone is no failure: a check must pass without the network too.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PIP_AUDIT = ["pip-audit", "--require-hashes", "--disable-pip", "-r", "requirements.lock", "--format", "json"]
NPM_AUDIT = ["npm", "--prefix", "frontend", "audit", "--omit=dev", "--json", "--fetch-retries=0"]
LONGEST = 180  # seconds
UNREACHED = re.compile(r"requests\.exceptions|ServiceError|network may be blocking")


class CouldNotLook(Exception):
    """The service did not answer; the message says how."""


def main() -> int:
    """Look at both lock files."""
    found = 0
    for kind, look in (("Python", python_packages), ("npm", npm_packages)):
        try:
            holes, unknown = look()
        except CouldNotLook as reason:
            print(f"{kind}: could not look: {reason}")
            continue
        if unknown:
            print(f"{kind}: could not look at {len(unknown)} packages: {unknown[0]}…")
        for hole in holes:
            print(f"{kind}: {hole}")
        found += len(holes)
    return 1 if found else 0


def python_packages() -> tuple[list[str], list[str]]:
    """The holes in what `requirements.lock` names, and why some packages could not be looked at.

    Raises:
        CouldNotLook: no answer.
    """
    said, complaint = _ask(PIP_AUDIT)
    if said is None and UNREACHED.search(complaint):
        raise CouldNotLook(complaint.splitlines()[-1])
    if said is None:
        sys.exit(complaint)
    packages = said["dependencies"]
    holes = [
        f"{package['name']} {package['version']} has {hole['id']}, mended in {_any(hole['fix_versions'])}"
        for package in packages
        for hole in package.get("vulns", ())
    ]
    return holes, [package["skip_reason"] for package in packages if "skip_reason" in package]


def npm_packages() -> tuple[list[str], list[str]]:
    """The holes in what the front end ships.

    Raises:
        CouldNotLook: no answer.
    """
    said, complaint = _ask(NPM_AUDIT)
    if said is not None and "message" in said:
        raise CouldNotLook(said["message"])
    if said is None or "vulnerabilities" not in said:
        sys.exit(complaint)
    holes = [
        f"{name} has {hole['title']} ({hole['url']})"
        for name, package in said["vulnerabilities"].items()
        for hole in package["via"]
        if isinstance(hole, dict)  # a name says that the hole is in that other package
    ]
    return holes, []


def _any(versions: list[str]) -> str:
    return ", ".join(versions) or "no version"


def _ask(command: list[str]) -> tuple[dict[str, Any] | None, str]:
    """The JSON that the command prints, None where it prints none; and what it complains of."""
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        raise CouldNotLook(f"no answer in {LONGEST} seconds") from None
    return json.loads(done.stdout) if done.stdout.strip() else None, done.stderr.strip()


if __name__ == "__main__":
    sys.exit(main())
