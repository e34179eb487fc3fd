"""At the end of a long run: the modules that took longest, so that whoever waits sees for what."""

from collections import Counter

import pytest

_SHOWN = 10
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
        terminalreporter.write_line(f"{seconds:6.0f}  {module}")
