from __future__ import annotations

import asyncio
from typing import cast

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headset_agent.devtools import Connection, DevTools, DevToolsError
from headset_agent.protocol.tether import parse_sockets

# Shape of /proc/net/unix as the kernel prints it (net/unix/af_unix.c, unix_seq_show).
LISTING = """\
Num       RefCount Protocol Flags    Type St Inode Path
0000000000000000: 00000002 00000000 00010000 0001 01 21345 @chrome_devtools_remote
0000000000000000: 00000003 00000000 00000000 0001 03 21350 @chrome_devtools_remote
0000000000000000: 00000002 00000000 00010000 0001 01 30111 @com.oculus.browser_devtools_remote
0000000000000000: 00000002 00000000 00010000 0001 01 30112 @weblayer_devtools_remote_4711
0000000000000000: 00000002 00000000 00010000 0001 01 30113 @webview_devtools_remote_99\r
0000000000000000: 00000002 00000000 00010000 0001 01 11111 /dev/socket/chrome_devtools_remote
0000000000000000: 00000002 00000000 00010000 0001 01 11112 @jdwp-control
0000000000000000: 00000002 00000000 00010000 0001 01 11113
"""


def test_all_known_socket_names_are_found_once_and_in_order() -> None:
    assert parse_sockets(LISTING) == [
        "chrome_devtools_remote",
        "com.oculus.browser_devtools_remote",
        "weblayer_devtools_remote_4711",
        "webview_devtools_remote_99",
    ]


@given(st.text())
def test_any_text_gives_names_that_stand_in_it(text: str) -> None:
    for name in parse_sockets(text):
        assert f"@{name}" in text


@pytest.mark.parametrize("endpoint", ["", "tcp:", "abstract:", "unix:/tmp/x", "127.0.0.1:9222"])
async def test_an_endpoint_must_say_what_it_is(endpoint: str) -> None:
    with pytest.raises(ValueError, match="endpoint"):
        await DevTools(endpoint).__aenter__()


def test_an_error_reads_well_in_a_log() -> None:
    assert str(DevToolsError("timeout", "Page.enable")) == "timeout: Page.enable"
    assert DevToolsError("closed").code == "closed"


class Silent:
    """A web socket on which nobody ever says anything."""

    closed = False

    async def send_json(self, _command: object) -> None:
        """Take it."""

    async def close(self) -> None:
        """Nothing to close."""

    def __aiter__(self) -> Silent:
        return self

    async def __anext__(self) -> object:
        return await asyncio.get_running_loop().create_future()


async def test_cancelling_is_never_swallowed_by_an_answer_that_comes_at_that_moment() -> None:
    """Else a task that reads a page again and again goes on for ever after it was told to end."""
    connection = Connection(cast(aiohttp.ClientWebSocketResponse, Silent()), timeout=5.0)
    asking = asyncio.create_task(connection.send("Runtime.evaluate"))
    await asyncio.sleep(0)
    connection._dispatch({"id": 1, "result": {}})
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    await connection.close()
