"""`punte serve` is alone on its port."""

import socket

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation


def test_a_port_that_is_taken_is_said() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        translation.override("en"),
        pytest.raises(CommandError, match="answers at 127.0.0.1"),
    ):
        call_command("serve", port=taken.getsockname()[1])
