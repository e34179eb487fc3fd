"""What nobody would ask, asked by schemathesis of a live server: every address, every parameter, right and wrong."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import requests

from tests import WHOLE

pytestmark = [pytest.mark.both, pytest.mark.stricter]

SCHEMATHESIS = Path(sys.executable).parent / "schemathesis"
# Without `positive_data_acceptance`: that a postal code exists, or a distance needs a place, no schema can say.
CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,"
    "negative_data_rejection,unsupported_method"
)


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_everything_is_answered_as_the_document_says(
    directory: Any, live_server: Any, tmp_path: Path
) -> None:
    described = requests.get(f"{live_server.url}/api/hsds/openapi.json", timeout=120)
    (tmp_path / "openapi.json").write_bytes(described.content)
    ran = subprocess.run(
        [
            SCHEMATHESIS,
            "run",
            tmp_path / "openapi.json",
            *("--url", f"{live_server.url}/api/hsds"),
            *("--checks", CHECKS, "--phases", "coverage,fuzzing", "--max-examples", "8" if WHOLE else "1"),
            *("--seed", "2026", "--generation-deterministic", "--no-color", "--workers", "4"),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-6000:] + ran.stderr[-2000:]
    assert "16/16" in ran.stdout
