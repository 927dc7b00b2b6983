"""One virtual headset, judged by Debian's adb."""

from __future__ import annotations

import json
import os
import shlex
import signal
import socket
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.integration.virtual.kits import Adb, VirtualProcess

Headset = dict[str, Any]

RUNTIME = "/data/local/tmp/simkoffert/runtime/python"


def test_a_command_gives_its_exit_code_and_both_outputs_apart(adb: Adb, headset: Headset) -> None:
    done = adb.on(headset, "shell", "echo out; echo err >&2; exit 7")
    assert (done.returncode, done.stdout, done.stderr) == (7, "out\n", "err\n")


def test_a_shell_without_a_command_does_what_is_typed(adb: Adb, headset: Headset) -> None:
    done = adb.run("-s", headset["adb"], "shell", typed="getprop ro.serialno\nls -d sdcard\nexit 3\n")
    assert (done.returncode, done.stdout, done.stderr) == (3, f"{headset['serial']}\nsdcard\n", "")


def test_adb_lists_the_model(adb: Adb, headset: Headset) -> None:
    assert "product:eureka model:Quest_3 device:eureka" in adb.run("devices", "-l").stdout


def test_a_pushed_file_lies_in_the_storage_and_comes_back_unchanged(
    adb: Adb, headset: Headset, tmp_path: Path
) -> None:
    film = tmp_path / "film æøå.mp4"
    film.write_bytes(os.urandom(3_000_001))
    assert adb.on(headset, "push", str(film), "/sdcard/Movies/film æøå.mp4").returncode == 0
    assert (Path(headset["storage"]) / "Movies" / "film æøå.mp4").read_bytes() == film.read_bytes()
    assert adb.shell(headset, "stat -c %s '/storage/emulated/0/Movies/film æøå.mp4'") == "3000001\n"
    assert adb.on(headset, "pull", "/sdcard/Movies/film æøå.mp4", str(tmp_path / "back")).returncode == 0
    assert (tmp_path / "back").read_bytes() == film.read_bytes()


@pytest.mark.parametrize("place", ["/etc/simkoffert-test", "/sdcard/../../simkoffert-test", "/system/bin/am"])
def test_a_file_cannot_be_pushed_elsewhere(adb: Adb, headset: Headset, tmp_path: Path, place: str) -> None:
    film = tmp_path / "film"
    film.write_bytes(b"film")
    done = adb.on(headset, "push", str(film), place)
    assert done.returncode == 1
    assert "permi" in (done.stdout + done.stderr).lower()
    assert not Path("/etc/simkoffert-test").exists()


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("getprop ro.product.model", "Quest 3"),
        ("dumpsys battery | grep level", "  level: "),
        ("pm list packages | grep browser", "package:com.oculus.browser"),
        ("settings get system screen_brightness", "128"),
        ("stat -fc %S:%b:%a /data", "4096:28808593:"),
        ("am start -n no.such/.Activity 2>&1", "Error: Activity class {no.such/.Activity} does not exist."),
        ("echo $PATH | tr : '\\n' | sed -n '2,$p'", "/usr/bin\n/bin"),
    ],
)
def test_androids_commands_answer_in_a_shell(adb: Adb, headset: Headset, command: str, expected: str) -> None:
    assert expected in adb.shell(headset, command)


def test_a_command_in_a_script_that_is_typed_in_leaves_the_rest_of_the_script(
    adb: Adb, headset: Headset
) -> None:
    assert adb.shell(headset, "printf 'getprop ro.serialno\\necho after\\n' | sh -s") == (
        f"{headset['serial']}\nafter\n"
    )


def test_a_shell_knows_where_it_is_and_nothing_of_our_environment(adb: Adb, headset: Headset) -> None:
    lines = dict(line.split("=", 1) for line in adb.shell(headset, "env").splitlines())
    assert lines["SIMKOFFERT_HOST"] == headset["address"]
    assert lines["SIMKOFFERT_DEVTOOLS"] == "none"
    assert lines["EXTERNAL_STORAGE"] == headset["storage"]
    assert Path(lines["SIMKOFFERT_CLOCK_SKEW"].removeprefix("@")).read_text().split() == ["0:0.0:0"]
    assert not {"PYTHONPATH", "VIRTUAL_ENV", "SIMKOFFERT_TEST_RUN"} & lines.keys()


def test_the_runtime_has_the_bundles_packages(adb: Adb, headset: Headset) -> None:
    program = "import aiohttp, msgspec, sys; print(sys.version_info[:2] >= (3, 11))"
    assert adb.shell(headset, f"{RUNTIME} -c {shlex.quote(program)}") == "True\n"


@pytest.mark.parametrize("name", ["headset_agent", "trainer_app", "psutil", "pytest"])
@pytest.mark.parametrize("directly", [True, False])
def test_the_runtime_has_none_of_this_machines_own_packages(
    adb: Adb, headset: Headset, name: str, *, directly: bool
) -> None:
    program = f"import {name}"
    if not directly:  # as an agent starts a helper process
        program = f"import subprocess, sys; sys.exit(subprocess.call([sys.executable, '-c', {program!r}]))"
    done = adb.on(headset, "shell", f"{RUNTIME} -c {shlex.quote(program)}")
    assert done.returncode == 1
    assert f"No module named '{name}'" in done.stderr


def test_an_observer_sees_the_player_by_this_machines_clock(headset: Headset) -> None:
    with socket.socket(socket.AF_UNIX) as observer:
        observer.connect(headset["observe"])
        lines = observer.makefile("rwb")
        lines.write(b'{"observe": true}\nnonsense\n')
        lines.flush()
        seen = json.loads(lines.readline())
        assert (seen["player"], seen["state"], seen["silent"]) == ("simulated", "waiting", True)
        assert "error" in json.loads(lines.readline())
        lines.close()


def test_the_address_is_held_against_another_headset(headset: Headset) -> None:
    with VirtualProcess("--number", "9", "--address", headset["address"]) as second:
        assert second.process.wait(20) == 1
        assert headset["address"] in second.complaint()


def test_commands_of_a_headset_that_outlives_its_terminal_can_be_hung_up(adb: Adb) -> None:
    with VirtualProcess("--number", "4", python=("nohup", sys.executable)) as process:
        kept = process.ready()
        adb.run("connect", kept["adb"])
        process.process.send_signal(signal.SIGHUP)
        done = adb.on(kept, "shell", "kill -HUP $$; echo ignored")
        assert (done.stdout, done.returncode) == ("", 128 + signal.SIGHUP)
        adb.run("disconnect", kept["adb"])


def test_a_full_headset_refuses_a_file_and_keeps_nothing_of_it(adb: Adb, tmp_path: Path) -> None:
    film = tmp_path / "film"
    film.write_bytes(bytes(3_000_000))
    with VirtualProcess("--number", "2", "--free-bytes", "1000000") as process:
        small = process.ready()
        adb.run("connect", small["adb"])
        assert adb.shell(small, "stat -fc %S:%a /sdcard") == "4096:244\n"
        done = adb.on(small, "push", str(film), "/sdcard/film")
        assert done.returncode == 1
        assert "No space left on device" in done.stdout + done.stderr
        assert list(Path(small["storage"]).iterdir()) == []
        film.write_bytes(bytes(900_000))
        assert adb.on(small, "push", str(film), "/sdcard/film").returncode == 0
        adb.run("disconnect", small["adb"])


def test_storage_serial_and_accepted_keys_outlive_a_restart(adb: Adb, tmp_path: Path) -> None:
    options = ("--number", "3", "--root", str(tmp_path / "h"), "--require-auth")
    with VirtualProcess(*options) as process:
        first = process.ready()
        adb.run("connect", first["adb"])
        assert adb.state_of(first) == "unauthorized"
        process.write("accept")
        adb.on(first, "wait-for-device")
        adb.shell(first, "echo kept >/sdcard/note")
        adb.run("disconnect", first["adb"])
    with VirtualProcess(*options, "--address", "127.0.3.3") as process:
        second = process.ready()
        adb.run("connect", second["adb"])
        assert second["serial"] == first["serial"]
        assert adb.shell(second, "cat /sdcard/note") == "kept\n"
        adb.run("disconnect", second["adb"])


def test_a_key_file_is_accepted_at_once_and_another_computer_is_not(
    adb: Adb, headset: Headset, tmp_path_factory: pytest.TempPathFactory
) -> None:
    del headset  # its connection made adb write its key
    key = adb.home / ".android" / "adbkey.pub"
    with VirtualProcess("--number", "4", "--authorized-key", str(key)) as process:
        known = process.ready()
        adb.run("connect", known["adb"])
        assert adb.state_of(known) == "device"
        adb.run("disconnect", known["adb"])
        stranger = Adb(tmp_path_factory.mktemp("stranger"))
        try:
            stranger.run("connect", known["adb"])
            assert stranger.state_of(known) == "unauthorized"
        finally:
            stranger.run("kill-server")
