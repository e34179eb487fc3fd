"""At the end of a long run: the modules that took longest, so that whoever waits sees for what."""

from collections import Counter

import pytest

from tests import WHOLE

_SHOWN = 10
_MOST = 60
"""Seconds that a module may take in `make test`; see `docs/testing.md`."""
_took: Counter[str] = Counter()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add up what a test took with its fixtures, whichever worker ran it."""
    _took[report.nodeid.partition("::")[0]] += report.duration  # type: ignore[assignment]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name them, where there are more than fit a screen."""
    if len(_took) <= _SHOWN:
        return
    whole = sum(_took.values())
    terminalreporter.write_line(f"The dearest modules, in seconds of one worker, of {whole:.0f}:")
    for module, seconds in _took.most_common(_SHOWN):
        too_much = "" if WHOLE or seconds <= _MOST else "  more than a module may take: to be sampled"
        terminalreporter.write_line(f"{seconds:6.0f}  {module}{too_much}")
