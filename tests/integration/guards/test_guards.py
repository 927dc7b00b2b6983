"""Each guard fails a test that deserves it, and lets the one beside it pass."""

from __future__ import annotations

import contextlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).parents[3]

LEAKY_TESTS = """
    import asyncio, gc, logging, socket, subprocess, sys, threading, time, warnings
    import pytest

    SLEEP = [sys.executable, "-c", "import time; time.sleep(20)"]
    started = []

    def test_thread():
        stop = threading.Event()
        started.append(stop.set)
        threading.Thread(target=stop.wait, name="forgotten").start()

    def test_joined_thread():
        thread = threading.Thread(target=int)
        thread.start()
        thread.join()

    def test_process():
        process = subprocess.Popen(SLEEP)
        started.append(process.kill)
        started.append(process.wait)

    def test_ended_process():
        process = subprocess.Popen(SLEEP)
        process.kill()
        process.wait()

    def test_listener():
        listener = socket.create_server(("127.0.0.1", 0))
        started.append(listener.close)

    async def test_task():
        started.append(asyncio.create_task(asyncio.sleep(60), name="forgotten").cancelled)

    async def test_timer():
        asyncio.get_running_loop().call_later(60, print)

    async def test_awaited_task():
        task = asyncio.create_task(asyncio.sleep(60))
        task.cancel()
        await asyncio.wait([task])

    async def test_executor_thread():
        await asyncio.to_thread(time.sleep, 0)

    def test_unclosed_file_in_a_cycle(tmp_path):
        cycle = [(tmp_path / "file").open("w")]
        cycle.append(cycle)

    def test_warning():
        warnings.warn("a warning")

    def test_log():
        logging.getLogger("some.where").warning("low on %s", "patience")

    def test_info_log():
        logging.getLogger("some.where").info("all is well")

    @pytest.mark.expects_log("^low on")
    def test_announced_log():
        logging.getLogger("some.where").warning("low on %s", "patience")

    @pytest.mark.expects_log("never said")
    def test_log_that_stays_out():
        pass

    @pytest.mark.allows_log("maybe")
    def test_allowed_log():
        pass

    async def test_task_that_failed_unseen():
        async def fail():
            raise ValueError("unseen")
        task = asyncio.create_task(fail())
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    @pytest.mark.timeout(0.2)
    def test_hang():
        time.sleep(20)

    def test_clean_up():
        for stop in started:
            stop()
"""


def _run(pytester: pytest.Pytester, source: str) -> tuple[dict[str, str], str]:
    """Run the tests in a process of their own, under our settings.

    Returns:
        The outcome of each test, and all that was printed.
    """
    shutil.copy(ROOT / "pyproject.toml", pytester.path)
    pytester.makeconftest(
        """
        from tests.guards import leftovers

        pytest_plugins = ["tests.guards.plugin"]
        leftovers.GRACE_S = 0.2
        """
    )
    pytester.makepyfile(source)
    result = pytester.runpytest_subprocess(".", "-rA", "--tb=short")
    text = result.stdout.str()
    outcomes: dict[str, str] = {}
    for line in text.splitlines():
        word, _, rest = line.partition(" ")
        if word in ("PASSED", "FAILED", "ERROR", "SKIPPED") and "::" in rest:
            name = rest.partition("::")[2].split()[0]
            # A test that passed and then left something running is named twice; the worse word counts.
            outcomes[name] = max(
                outcomes.get(name, word), word, key=["PASSED", "SKIPPED", "FAILED", "ERROR"].index
            )
    return outcomes, text


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.delenv("CI", raising=False)
    return monkeypatch


CLEAN = {
    "test_joined_thread",
    "test_ended_process",
    "test_awaited_task",
    "test_executor_thread",
    "test_info_log",
    "test_announced_log",
    "test_allowed_log",
    "test_clean_up",
}
FAILS_WHILE_RUNNING = {"test_warning", "test_hang"}
COMPLAINTS = (
    "thread 'forgotten', started at /",
    "in test_thread",
    "import time; time.sleep(20)",
    "listening socket 127.0.0.1:",
    "in test_listener",
    "task <Task pending name='forgotten' coro=<sleep()",
    "timer <TimerHandle",
    "unclosed file",
    "logged without being announced: WARNING some.where: low on patience (",
    "announced but not logged: never said",
    "Task exception was never retrieved",
)


def test_each_leak_fails_its_test_and_is_named(
    pytester: pytest.Pytester, environment: pytest.MonkeyPatch
) -> None:
    outcomes, text = _run(pytester, LEAKY_TESTS)
    assert len(outcomes) == LEAKY_TESTS.count("def test_")
    for name, outcome in outcomes.items():
        expected = "PASSED" if name in CLEAN else "FAILED" if name in FAILS_WHILE_RUNNING else "ERROR"
        assert outcome == expected, f"{name}\n{text}"
    for complaint in COMPLAINTS:
        assert complaint in text


def test_a_test_that_made_its_process_less_urgent_fails_and_a_daemon_fails_its_module(
    pytester: pytest.Pytester, environment: pytest.MonkeyPatch
) -> None:
    outcomes, text = _run(
        pytester,
        """
        import os, subprocess, sys

        def test_niceness():
            os.nice(1)

        def test_daemon_that_leaves_the_process_tree():
            daemon = "import time; time.sleep(600)"
            start = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {daemon!r}])"
            subprocess.run([sys.executable, "-W", "ignore", "-c", start], check=True)
        """,
    )
    assert outcomes == {"test_niceness": "ERROR", "test_daemon_that_leaves_the_process_tree": "ERROR"}, text
    assert "and so has all that is started next" in text
    assert "the test module left something running" in text
    named = re.search(r"process (\d+):", text)
    assert named is not None
    with contextlib.suppress(psutil.NoSuchProcess):
        psutil.Process(int(named[1])).wait(10)  # ended, so that it does not disturb the modules that follow


@pytest.mark.parametrize(
    ("ci", "counted"), [("", "1 failed, 1 passed, 1 skipped"), ("true", "2 failed, 1 passed")]
)
def test_ci_skips_nothing_and_tells_a_failure_before_the_run_ends(
    pytester: pytest.Pytester, environment: pytest.MonkeyPatch, ci: str, counted: str
) -> None:
    environment.setenv("CI", ci)
    _, text = _run(
        pytester,
        """
        import pytest

        def test_without_adb():
            pytest.skip("no adb")

        def test_sum():
            assert 1 + 1 == 3

        def test_later():
            pass
        """,
    )
    assert counted in text
    assert "no adb" in text
    before_the_summary, _, _ = text.partition("= FAILURES =")
    assert ("test_sum failed; load " in before_the_summary) is bool(ci)
    assert ("assert (1 + 1) == 3" in before_the_summary) is bool(ci)


def test_what_the_checkers_found_stands_above_the_closing_line(
    pytester: pytest.Pytester, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("SIMKOFFERT_LINT_FAILURES", "mypy")
    _, text = _run(pytester, "def test_fine(): pass")
    *_, complaint, closing = text.strip().splitlines()
    assert "mypy" in complaint
    assert "1 passed" in closing


def test_no_signal_is_ignored_below_the_tests_however_they_were_started(tmp_path: Path) -> None:
    test = tmp_path / "test_below.py"
    test.write_text(
        """
import signal, subprocess, sys

TELLS = "import signal; print([n for n in (1, 2) if signal.getsignal(n) == signal.SIG_IGN])"

def test_here():
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler

def test_below():
    assert subprocess.check_output([sys.executable, "-c", TELLS], text=True) == "[]\\n"
"""
    )
    shell = ["/bin/sh", "-c", 'trap "" HUP INT; exec "$@"', "sh"]
    options = ["-q", "-p", "tests.guards.plugin", "-p", "no:cacheprovider", f"--rootdir={tmp_path}"]
    done = subprocess.run(
        [*shell, sys.executable, "-m", "pytest", *options, str(test)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_test_that_changes_how_it_gets_its_turn_is_told(
    pytester: pytest.Pytester, environment: pytest.MonkeyPatch
) -> None:
    code = "import os\n\ndef test_policy():\n    os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))"
    outcomes, text = _run(pytester, code)
    assert outcomes == {"test_policy": "ERROR"}, text
    assert "scheduling policy" in text
