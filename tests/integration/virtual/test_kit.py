"""Kits of virtual headsets: started, spoken to and ended as a whole."""

from __future__ import annotations

import signal
import socket
import sys
from functools import partial
from pathlib import Path

import psutil
import pytest

from tests.fakes.waiting import wait_until
from tests.integration.virtual.kits import READY_TIMEOUT_S, Adb, VirtualProcess

DETACHED = (
    "setsid sh -c 'echo $$ >/sdcard/pid; exec sleep 600' </dev/null >/dev/null 2>&1 & "
    "until [ -s /sdcard/pid ]; do :; done"
)


def detach_a_process(adb: Adb, headset: dict[str, str]) -> psutil.Process:
    """Start what outlives its shell, as the agent does."""
    adb.run("connect", headset["adb"])
    adb.shell(headset, DETACHED)
    pid = int((Path(headset["storage"]) / "pid").read_text())
    adb.run("disconnect", headset["adb"])
    process = psutil.Process(pid)
    assert process.is_running()
    return process


def connects(adb: Adb, headset: dict[str, str]) -> bool:
    return "connected to" in adb.run("connect", headset["adb"]).stdout


def is_gone(process: psutil.Process) -> bool:
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_the_end_of_a_kit_leaves_no_process_and_no_folder(adb: Adb, number: int) -> None:
    with VirtualProcess("--count", "2", "--base-port", "0") as kit:
        headsets = kit.ready()["headsets"]
        assert [headset["number"] for headset in headsets] == [1, 2]
        assert all(headset["devtools"] is None for headset in headsets)
        detached = detach_a_process(adb, headsets[0])
        family = kit.family()
        assert detached in family
        assert len(family) >= 4
        assert kit.end(number) == 0
        assert kit.said == ""
        assert all(map(is_gone, family))
        assert not any(Path(headset["storage"]).exists() for headset in headsets)


def test_a_kit_that_is_killed_takes_its_headsets_along(adb: Adb, tmp_path: Path) -> None:
    with VirtualProcess("--count", "1", "--base-port", "0", "--root", str(tmp_path)) as kit:
        detached = detach_a_process(adb, kit.ready()["headsets"][0])
        family = kit.family()
        kit.end(signal.SIGKILL)
        _, alive = psutil.wait_procs(family, timeout=10)
        assert [process for process in alive if not is_gone(process)] == []
        assert is_gone(detached)


def test_a_headset_that_dies_is_named_and_the_others_go_on(adb: Adb) -> None:
    with VirtualProcess("--count", "2", "--base-port", "0") as kit:
        headsets = kit.ready()["headsets"]
        detached = detach_a_process(adb, headsets[1])
        victim = next(p for p in detached.parents() if "--number" in p.cmdline())
        victim.kill()
        assert "Headset 2 has ended by itself" in kit.complaint()
        psutil.wait_procs([detached], timeout=10)
        assert is_gone(detached)
        wait_until(lambda: not Path(headsets[1]["storage"]).parent.exists())
        adb.run("connect", headsets[0]["adb"])
        assert adb.shell(headsets[0], "getprop ro.serialno") == f"{headsets[0]['serial']}\n"
        adb.run("disconnect", headsets[0]["adb"])
        assert kit.end() == 0


def test_headsets_that_share_a_process_are_headsets_of_their_own(adb: Adb) -> None:
    with VirtualProcess("--count", "2", "--base-port", "0", "--to-a-process", "2") as kit:
        headsets = kit.ready()["headsets"]
        assert sum("--number" in process.cmdline() for process in kit.family()) == 1
        first, second = (detach_a_process(adb, headset) for headset in headsets)
        kit.write("restart-adb 2")
        wait_until(lambda: is_gone(second))
        assert not is_gone(first)
        for headset in headsets:
            wait_until(partial(connects, adb, headset))
            assert adb.shell(headset, "getprop ro.serialno") == f"{headset['serial']}\n"
            adb.run("disconnect", headset["adb"])
        family = kit.family()
        assert kit.end() == 0
        assert kit.said == ""
        assert all(map(is_gone, family))
        assert not any(Path(headset["storage"]).exists() for headset in headsets)


def test_a_kit_has_the_ports_it_was_given_and_does_not_end_with_standard_input() -> None:
    base = two_free_ports()
    with VirtualProcess("--count", "2", "--base-port", str(base)) as kit:
        headsets = kit.ready()["headsets"]
        assert [headset["adb"] for headset in headsets] == [f"127.0.0.1:{base}", f"127.0.0.1:{base + 1}"]
        kit.close_stdin()
        with socket.create_connection(headsets[0]["adb"].split(":"), timeout=5):
            assert kit.process.poll() is None
        assert kit.end() == 0


def test_a_kit_whose_standard_input_never_ends_can_be_told_to_end() -> None:
    endless = ("/bin/sh", "-c", 'exec "$@" </dev/zero', "sh", sys.executable)
    with VirtualProcess("--count", "1", "--base-port", "0", python=endless) as kit:
        assert [headset["number"] for headset in kit.ready()["headsets"]] == [1]
        assert kit.end() == 0


def two_free_ports() -> int:
    """A port that is free with the next one; taken from outside the range that the system hands out."""
    for base in range(20_000, 30_000, 2):
        with socket.socket() as first, socket.socket() as second:
            try:
                first.bind(("127.0.0.1", base))
                second.bind(("127.0.0.1", base + 1))
            except OSError:
                continue
            return base
    raise AssertionError("no two free ports")


def test_a_busy_port_is_named_and_nothing_stays() -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        with VirtualProcess("--count", "1", "--base-port", str(port)) as kit:
            assert kit.process.wait(20) == 1
            assert (
                f"Port {port} on 127.0.0.1 cannot be used for headset 1: Address already in use."
                in kit.complaint()
            )


def test_two_kits_run_at_once_with_other_addresses_and_serials() -> None:
    with (
        VirtualProcess("--count", "1", "--base-port", "0") as first,
        VirtualProcess("--count", "1", "--base-port", "0") as second,
    ):
        one, other = first.ready()["headsets"][0], second.ready()["headsets"][0]
        assert one["address"] != other["address"]
        assert one["serial"] != other["serial"]


def test_a_line_on_standard_input_accepts_the_key_at_one_headset(adb: Adb) -> None:
    with VirtualProcess("--count", "2", "--base-port", "0", "--require-auth") as kit:
        headsets = kit.ready()["headsets"]
        for headset in headsets:
            adb.run("connect", headset["adb"])
        assert [adb.state_of(headset) for headset in headsets] == ["unauthorized", "unauthorized"]
        kit.write("accept 2")
        adb.on(headsets[1], "wait-for-device")
        assert [adb.state_of(headset) for headset in headsets] == ["unauthorized", "device"]
        kit.write("accept")
        assert "accept N" in kit.complaint()
        for headset in headsets:
            adb.run("disconnect", headset["adb"])


def test_a_kit_that_was_told_to_ends_with_standard_input() -> None:
    with VirtualProcess("--count", "1", "--base-port", "0", "--ends-with-stdin") as kit:
        kit.ready()
        family = kit.family()
        kit.close_stdin()
        assert kit.process.wait(READY_TIMEOUT_S) == 0
        assert all(map(is_gone, family))


def test_the_end_of_standard_input_ends_a_headset() -> None:
    with VirtualProcess("--number", "5") as headset:
        headset.ready()
        headset.close_stdin()
        assert headset.process.wait(20) == 0


def test_every_headset_gets_a_clock_of_its_own_and_says_which(adb: Adb) -> None:
    with VirtualProcess("--count", "2", "--base-port", "0", "--clock-skew") as kit:
        headsets = kit.ready()["headsets"]
        first, second = (headset["clock"] for headset in headsets)
        assert first["offset_ns"] != second["offset_ns"]
        assert first["drift_ppm"] != second["drift_ppm"]
        adb.run("connect", headsets[0]["adb"])
        assert adb.shell(headsets[0], "echo $(cat ${SIMKOFFERT_CLOCK_SKEW#@})") == (
            f"{first['offset_ns']}:{first['drift_ppm']}:{first['reference_ns']}\n"
        )
        adb.run("disconnect", headsets[0]["adb"])


def test_a_restart_of_the_adb_daemon_ends_what_its_shells_started(adb: Adb) -> None:
    with VirtualProcess("--count", "1", "--base-port", "0") as kit:
        headset = kit.ready()["headsets"][0]
        detached = detach_a_process(adb, headset)
        kit.write("restart-adb 1")
        psutil.wait_procs([detached], timeout=0.1)
        adb.run("connect", headset["adb"])
        adb.on(headset, "wait-for-device")
        assert is_gone(detached)
        assert adb.shell(headset, "getprop ro.serialno") == f"{headset['serial']}\n"
        adb.run("disconnect", headset["adb"])
