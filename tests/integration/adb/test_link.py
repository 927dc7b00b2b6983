"""The laptop's link against the daemon: what a facilitator's work is made of."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from headset_agent.protocol.adb.banner import DELAYED_ACK, FEATURES
from headset_agent.virtual.adbd import AdbDaemon
from tests.fakes.waiting import until
from tests.integration.adb.conftest import StartDaemon
from tests.integration.adb.shell_device import LittleRoom, ShellDevice
from trainer_app.domain.link_errors import ReverseRefused
from trainer_app.headsets.link import (
    AdbKey,
    CommandTimedOut,
    DirectLink,
    LinkLost,
    RemoteFileError,
    RemoteStorageFull,
    ServiceRefused,
    connect,
    list_folder,
    open_port,
    pull,
    pull_bytes,
    push_bytes,
    push_range,
    reverse_to,
    run,
    stat,
)
from trainer_app.headsets.link.contents import opened
from trainer_app.headsets.link.files import sending

OLDER = tuple(feature for feature in FEATURES if feature != DELAYED_ACK)
"""What a headset announces that takes one WRTE at a time: all before Android 14."""


@pytest.fixture(params=["modern", "one_write_at_a_time", "small_packets"])
async def any_link(
    request: pytest.FixtureRequest, start_daemon: StartDaemon, device: ShellDevice, key: AdbKey
) -> DirectLink:
    """To a headset of today, one of some years ago, and one with 4 KiB packets, checksums and no features."""
    options: dict[str, dict[str, Any]] = {
        "modern": {},
        "one_write_at_a_time": {"features": OLDER},
        "small_packets": {"version": 0x01000000, "max_payload": 4096, "features": ()},
    }
    daemon = await start_daemon(device, **options[request.param])
    return await connect("127.0.0.1", daemon.port, key=key)


async def test_exit_code_output_and_errors_come_back(link: DirectLink) -> None:
    result = await run(link, "echo out; echo err >&2; exit 7", timeout_s=10)
    assert (result.stdout, result.stderr, result.exit_code) == (b"out\n", b"err\n", 7)


async def test_a_command_without_shell_v2_still_has_an_exit_code(any_link: DirectLink) -> None:
    async with any_link:
        result = await run(any_link, "echo out; exit 7", timeout_s=10)
        assert (result.stdout, result.exit_code) == (b"out\n", 7)


async def test_a_command_reads_its_input_to_the_end(any_link: DirectLink) -> None:
    content = os.urandom(300_000)
    async with any_link:
        result = await run(any_link, "cat", stdin=content, timeout_s=10)
        assert (result.stdout, result.exit_code) == (content, 0)


async def test_a_command_without_input_finds_the_end_at_once(any_link: DirectLink) -> None:
    async with any_link:
        assert (await run(any_link, "cat; echo done", timeout_s=10)).stdout == b"done\n"


async def test_a_command_that_hangs_is_given_up_and_ended(link: DirectLink, device: ShellDevice) -> None:
    command = "trap 'echo gone >hangup; exit' HUP; while :; do sleep 0.05; done"
    with pytest.raises(CommandTimedOut):
        await run(link, command, timeout_s=0.3)
    await until((device.root / "hangup").exists)


async def test_a_file_arrives_unchanged_and_comes_back(
    any_link: DirectLink, device: ShellDevice, tmp_path: Path
) -> None:
    source, back = tmp_path / "film", tmp_path / "back"
    source.write_bytes(os.urandom(5_000_003))
    seen: list[int] = []
    async with any_link:
        await push_range(any_link, source, "/sdcard/a b æøå,1", progress=seen.append)
        assert device.resolve("/sdcard/a b æøå,1").read_bytes() == source.read_bytes()
        assert seen == sorted(seen)
        assert seen[-1] == 5_000_003
        await pull(any_link, "/sdcard/a b æøå,1", back)
        assert back.read_bytes() == source.read_bytes()


async def test_a_large_film_arrives_unchanged(link: DirectLink, device: ShellDevice, tmp_path: Path) -> None:
    source = tmp_path / "film"
    source.write_bytes(os.urandom(1 << 20) * 200)
    await push_range(link, source, "/film")
    assert device.resolve("/film").read_bytes() == source.read_bytes()


async def test_a_part_of_a_file_is_pushed(link: DirectLink, device: ShellDevice, tmp_path: Path) -> None:
    source = tmp_path / "film"
    source.write_bytes(os.urandom(3_000_000))
    assert await push_range(link, source, "/part", offset=1_000_001, length=1_500_000) == 1_500_000
    assert device.resolve("/part").read_bytes() == source.read_bytes()[1_000_001:2_500_001]


async def test_parts_follow_one_another_before_the_first_is_answered(
    any_link: DirectLink, device: ShellDevice, tmp_path: Path
) -> None:
    source = tmp_path / "film"
    source.write_bytes(os.urandom(300_000))
    async with any_link, opened(source) as file, sending(any_link) as sender:
        for number in range(3):
            await sender.send(file.part(number * 100_000, 100_000), f"/part{number}", mtime=0)
        assert [await sender.verdict() for _ in range(3)] == [100_000] * 3
        parts = [device.resolve(f"/part{number}").read_bytes() for number in range(3)]
    assert b"".join(parts) == source.read_bytes()


async def test_a_part_that_is_refused_is_told_where_its_verdict_is_asked_for(
    start_daemon: StartDaemon, device: ShellDevice, key: AdbKey, tmp_path: Path
) -> None:
    source = tmp_path / "film"
    source.write_bytes(bytes(300_000))
    daemon = await start_daemon(device, arrivals=LittleRoom(200_000))
    async with await connect("127.0.0.1", daemon.port, key=key) as link:
        async with opened(source) as file, sending(link) as sender:
            await sender.send(file.part(0, 100_000), "/first", mtime=0)
            await sender.send(file.part(), "/second", mtime=0)
            assert await sender.verdict() == 100_000
            with pytest.raises(RemoteStorageFull):
                await sender.verdict()
        await until(lambda: not device.resolve("/second").exists())
        assert device.resolve("/first").stat().st_size == 100_000


@pytest.mark.parametrize("size", [0, 1, 65_536, 983_040, 983_041])
async def test_bytes_arrive_at_every_edge_of_the_records(
    link: DirectLink, device: ShellDevice, size: int
) -> None:
    content = os.urandom(size)
    assert await push_bytes(link, content, "/x", mode=0o755) == size
    assert device.resolve("/x").read_bytes() == content
    assert device.resolve("/x").stat().st_mode & 0o777 == 0o755
    assert await pull_bytes(link, "/x") == content


async def test_a_full_headset_is_noticed_while_still_sending(
    start_daemon: StartDaemon, device: ShellDevice, key: AdbKey, tmp_path: Path
) -> None:
    source = tmp_path / "film"
    source.write_bytes(bytes(300 << 20))
    seen: list[int] = []
    daemon = await start_daemon(device, arrivals=LittleRoom(8 << 20))
    async with await connect("127.0.0.1", daemon.port, key=key) as link:
        with pytest.raises(RemoteStorageFull):
            await push_range(link, source, "/film", progress=seen.append)
        assert seen[-1] < 200 << 20
        await until(lambda: not device.resolve("/film").exists())
        assert (await run(link, "echo alive", timeout_s=5)).stdout == b"alive\n"


async def test_a_file_that_cannot_be_read_is_an_error_of_that_file(link: DirectLink) -> None:
    with pytest.raises(RemoteFileError, match="No such file"):
        await pull_bytes(link, "/nothing")


async def test_a_small_file_that_is_large_is_refused(link: DirectLink, device: ShellDevice) -> None:
    (device.root / "log").write_bytes(bytes(3_000_000))
    with pytest.raises(RemoteFileError, match="more than"):
        await pull_bytes(link, "/log", limit=1_000_000)


async def test_status_and_lists(any_link: DirectLink, device: ShellDevice) -> None:
    (device.root / "film æøå").write_bytes(bytes(1234))
    (device.root / "folder").mkdir()
    async with any_link:
        found = await stat(any_link, "/film æøå")
        assert found is not None
        assert found.size == 1234
        assert await stat(any_link, "/nothing") is None
        entries = {entry.name: entry.stat.size for entry in await list_folder(any_link, "/")}
        assert entries["film æøå"] == 1234
        assert set(entries) == {"film æøå", "folder"}
        assert await list_folder(any_link, "/nothing") == []


async def test_sizes_beyond_four_gigabytes_are_right(link: DirectLink, device: ShellDevice) -> None:
    with (device.root / "huge").open("wb") as file:
        file.truncate(5 << 30)
    found = await stat(link, "/huge")
    assert found is not None
    assert found.size == 5 << 30
    assert [entry.stat.size for entry in await list_folder(link, "/")] == [5 << 30]


async def test_a_port_of_the_headset_is_reached(link: DirectLink) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"answer to " + await reader.readline())
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        stream = await open_port(link, server.sockets[0].getsockname()[1])
        await stream.write(b"hei\n")
        assert await stream.read_exactly(14) == b"answer to hei\n"
        assert await stream.read(1) == b""
        await stream.close()


async def test_a_name_that_fits_in_no_packet_is_refused_and_no_loss(link: DirectLink) -> None:
    with pytest.raises(ServiceRefused, match="shell"):
        await run(link, "x" * (2 << 20), timeout_s=30)
    assert (await run(link, "echo alive", timeout_s=30)).stdout == b"alive\n"


async def test_what_is_not_offered_is_refused(link: DirectLink) -> None:
    for service in ("nonsense:", "tcp:1", "tcp:22:example.org", "tcp:0", "tcp:x", "reboot:"):
        with pytest.raises(ServiceRefused):
            await link.open_service(service)


async def test_the_headset_reaches_the_laptop_through_a_reverse_tunnel(
    link: DirectLink, unused_tcp_port: int
) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"laptop: " + await reader.readline())
        await writer.drain()
        writer.close()

    tunnel = await reverse_to(link, unused_tcp_port, answer)
    reader, writer = await asyncio.open_connection("127.0.0.1", unused_tcp_port)
    writer.write(b"hei\n")
    assert await reader.read() == b"laptop: hei\n"
    writer.close()
    await writer.wait_closed()
    await tunnel.close()
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", unused_tcp_port)


async def test_a_reverse_tunnel_goes_with_the_link(link: DirectLink, unused_tcp_port: int) -> None:
    tunnel = await reverse_to(link, unused_tcp_port, _never_called)
    await link.close()
    await tunnel.close()
    await until(lambda: _refuses(unused_tcp_port))


async def test_a_taken_port_of_the_headset_is_said(link: DirectLink) -> None:
    async with await asyncio.start_server(_never_called, "127.0.0.1", 0) as server:
        with pytest.raises(ReverseRefused):
            await reverse_to(link, server.sockets[0].getsockname()[1], _never_called)


async def test_a_small_question_is_answered_while_a_film_is_pushed(
    link: DirectLink, daemon: AdbDaemon, tmp_path: Path
) -> None:
    source = tmp_path / "film"
    with source.open("wb") as file:
        file.truncate(400 << 20)
    echo = await link.open_service("exec:cat")
    pushing = asyncio.create_task(push_range(link, source, "/film"))
    waits = []
    began = perf_counter()
    while not pushing.done():
        since = perf_counter()
        await echo.write(b"ping")
        assert await echo.read_exactly(4) == b"ping"
        waits.append(perf_counter() - since)
    await pushing
    whole = perf_counter() - began
    await echo.close()
    assert len(waits) > 10
    # Whatever the machine is busy with besides, a question waits for pieces of the film and not for the film.
    assert sorted(waits)[len(waits) // 2] < whole / 20


async def test_a_cancelled_push_leaves_the_link_usable(
    link: DirectLink, device: ShellDevice, tmp_path: Path
) -> None:
    source = tmp_path / "film"
    source.write_bytes(bytes(200 << 20))
    begun = asyncio.Event()
    pushing = asyncio.create_task(
        push_range(link, source, "/film", progress=lambda done: begun.set() if done > 10 << 20 else None)
    )
    await begun.wait()
    pushing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await pushing
    await until(lambda: not device.resolve("/film").exists())
    assert await push_bytes(link, b"next", "/film") == 4
    assert await pull_bytes(link, "/film") == b"next"


async def test_everything_fails_at_once_when_the_headset_goes(
    start_daemon: StartDaemon, device: ShellDevice, key: AdbKey
) -> None:
    daemon = await start_daemon(device)
    async with await connect("127.0.0.1", daemon.port, key=key) as link:
        stream = await link.open_service("exec:cat")
        reading = asyncio.create_task(stream.read(1))
        running = asyncio.create_task(run(link, "sleep 60", timeout_s=60))
        await run(link, "true", timeout_s=10)
        await daemon.close()
        async with asyncio.timeout(20):
            await link.wait_lost()
            for task in (reading, running):
                with pytest.raises(LinkLost):
                    await task
        with pytest.raises(LinkLost):
            await stream.write(b"x")
        with pytest.raises(LinkLost):
            await link.open_service("exec:cat")


async def test_a_daemon_ends_although_a_detached_process_holds_its_output(
    start_daemon: StartDaemon, device: ShellDevice, key: AdbKey
) -> None:
    daemon = await start_daemon(device)
    async with await connect("127.0.0.1", daemon.port, key=key) as link:
        # It names itself, so that it is detached for sure by the time the daemon ends.
        stream = await link.open_service("exec:setsid sh -c 'echo $$; exec sleep 60' &")
        pid = int(await stream.read(100))
        try:
            async with asyncio.timeout(30):
                await daemon.close()
            # It may live on; the daemon lets go of it, a turn of the loop later.
            await until(lambda: not pipes_shared_with(pid))
        finally:
            os.kill(pid, 9)


def pipes_shared_with(pid: int) -> set[str]:
    """The pipes whose other end a process holds."""
    ours, theirs = (
        {str(file.readlink()) for file in Path(f"/proc/{of}/fd").iterdir() if file.is_symlink()}
        for of in ("self", pid)
    )
    return {name for name in ours & theirs if name.startswith("pipe:")}


async def _never_called(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.close()


async def _refuses(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return True
    writer.close()
    await writer.wait_closed()
    return False
