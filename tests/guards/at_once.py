"""What failed is told at once, with how the machine fares: a run that is cut short has no summary."""

from __future__ import annotations

import psutil
import pytest

from tests.guards.surroundings import in_ci

LINES = 40
"""Of a failure, from its end; the whole is in the summary."""


class ToldAtOnce:
    """Writes each failure as it comes; for the process that reports, not for its workers."""

    def __init__(self, reporter: pytest.TerminalReporter) -> None:
        self._reporter = reporter
        self._times = psutil.cpu_times()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if not report.failed:
            return
        self._reporter.ensure_newline()
        self._reporter.write_line(f"{report.when} of {report.nodeid} failed; {self._machine()}", red=True)
        for line in report.longreprtext.splitlines()[-LINES:]:
            self._reporter.write_line(f"    {line}")

    def _machine(self) -> str:
        """Where the processor's time went since the failure before, and how many want it."""
        before, self._times = self._times, psutil.cpu_times()
        passed = sum(self._times) - sum(before) or 1.0
        shares = {
            name: (getattr(self._times, name, 0.0) - getattr(before, name, 0.0)) / passed
            for name in ("user", "nice", "system", "iowait", "steal", "idle")
        }
        load = ", ".join(f"{value:.0f}" for value in psutil.getloadavg())
        return f"load {load}; " + ", ".join(f"{name} {share:.0%}" for name, share in shares.items())


def tell_at_once(config: pytest.Config) -> None:
    """Where nobody can look at the run again, do so."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if in_ci() and isinstance(reporter, pytest.TerminalReporter):
        config.pluginmanager.register(ToldAtOnce(reporter), "told_at_once")
