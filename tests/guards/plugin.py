"""The guards as a pytest plugin."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import uuid
from collections.abc import Generator, Iterator

import pytest
import pytest_asyncio

from tests.guards import leftovers, logs, origins, tasks
from tests.guards.at_once import tell_at_once
from tests.guards.surroundings import ignore_no_signal, in_ci

_collector = pytest.StashKey[logs.WarningCollector]()
_passed = pytest.StashKey[bool]()


def pytest_configure(config: pytest.Config) -> None:
    ignore_no_signal()
    os.environ[leftovers.RUN_VARIABLE] = uuid.uuid4().hex
    config.add_cleanup(origins.watch())
    collector = config.stash[_collector] = logs.WarningCollector()
    logging.getLogger().addHandler(collector)
    config.add_cleanup(lambda: logging.getLogger().removeHandler(collector))


@pytest.hookimpl(trylast=True)  # once there is a reporter
def pytest_sessionstart(session: pytest.Session) -> None:
    tell_at_once(session.config)


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()


# --- leftovers ------------------------------------------------------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def nothing_left_by_the_session() -> Iterator[None]:
    with leftovers.none_left("the test run", orphans=True):
        yield


@pytest.fixture(scope="module", autouse=True)
def nothing_left_by_the_module() -> Iterator[None]:
    with leftovers.none_left("the test module", orphans=True):
        yield
    # What has survived a module's last collection stays: caches, modules imported late. Out of the
    # collector's sight it does not make the collection after every later test slower.
    gc.freeze()


@pytest.fixture(autouse=True)
def nothing_left_by_the_test() -> Iterator[None]:
    with leftovers.none_left("the test"):
        yield


@pytest_asyncio.fixture
async def loop_of_the_test() -> asyncio.AbstractEventLoop:
    return asyncio.get_running_loop()


@pytest.fixture(autouse=True)
def no_pending_tasks(request: pytest.FixtureRequest, nothing_left_by_the_test: None) -> Iterator[None]:
    """Set up before the test's own fixtures, so that it looks when those have ended."""
    if request.node.get_closest_marker("asyncio") is None:
        yield
        return
    loop = request.getfixturevalue("loop_of_the_test")
    yield
    tasks.fail_if_any_pending(loop)


# --- warnings in the log --------------------------------------------------------------------------------


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    yield
    item.stash[_passed] = True


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None]:
    yield
    records = item.config.stash[_collector].take()
    found = logs.complaints(item, records, passed=item.stash.get(_passed, False))
    if found:
        pytest.fail("\n  ".join(["warnings in the log:", *found]), pytrace=False)


# --- nothing is skipped where everything has to be there ------------------------------------------------


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if in_ci() and report.skipped and not hasattr(report, "wasxfail"):
        _turn_into_failure(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if in_ci() and report.skipped:
        _turn_into_failure(report)
    return report


def _turn_into_failure(report: pytest.TestReport | pytest.CollectReport) -> None:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
    report.outcome = "failed"
    report.longrepr = f"CI skips nothing: what is missing has to be installed. {reason}"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Generator[None]:
    """Repeat what the checkers said before the tests where a reader looks: above the closing line."""
    yield
    failures = os.environ.get("SIMKOFFERT_LINT_FAILURES")
    if failures:
        terminalreporter.section("lint", red=True)
        terminalreporter.write_line(f"failed before the tests, see above: {failures}")
