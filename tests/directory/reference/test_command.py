"""The command that loads the reference data, into a database without any."""

import pytest
from django.core.management import call_command

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_the_command_says_what_it_did(tmp_path, capsys):
    call_command("reference", "load", "--report", str(tmp_path / "report.csv"))
    said = capsys.readouterr().out
    assert "UAT-uri: 3186 (3186 noi)" in said
    assert "nesigur 6" in said
