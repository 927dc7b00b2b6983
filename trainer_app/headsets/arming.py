"""Arms a headset for Wi-Fi: cable once, then its ADB daemon listens on the network until it restarts."""

from __future__ import annotations

import asyncio
import re

from trainer_app.domain.link_errors import (
    LinkLost,
    LinkProblem,
    NotAccepted,
    NoWifi,
    ServiceRefused,
    WifiRefused,
    WifiUnanswered,
)
from trainer_app.headsets.link import HeadsetLink, Ways, run

WAIT_S = 30.0
"""A daemon restarts within seconds; a network that is joined anew takes longer."""

_PAUSE_S = 0.5
_ASK_S = 10.0
_ASK_ADDRESS = "ip -o -4 addr show wlan0"
_INET = re.compile(r"\binet (\d{1,3}(?:\.\d{1,3}){3})/")


async def arm(link: HeadsetLink, serial: str, port: int, ways: Ways, *, wait_s: float = WAIT_S) -> str:
    """Let a headset listen on its Wi-Fi; gives the ``host:port`` at which it has answered.

    One that listens there already is left alone: restarting its daemon would end what runs on it.

    Raises:
        NoWifi: It is on no wireless network.
        WifiRefused: Its daemon does not want to.
        WifiUnanswered: It does not answer there; the computer may be on another network.
        NotAccepted: It does, and nobody has allowed this computer there.
        LinkLost: It vanished before.
    """
    address = f"{await _wifi_address(link)}:{port}"
    if await _missed(ways, address, serial) is None:
        return address
    await _let_it_listen(link, port)
    try:
        await wait_there(ways, address, serial, wait_s)
    except NotAccepted as error:
        raise NotAccepted(headset=link.headset, seconds=round(wait_s)) from error
    except WifiUnanswered as error:
        raise WifiUnanswered(headset=link.headset, address=address) from error
    return address


async def where_it_listens(link: HeadsetLink, serial: str, port: int, ways: Ways) -> str | None:
    """The ``host:port`` at which a headset answers over Wi-Fi already; None: it does not.

    Raises:
        NoWifi: It is on no wireless network.
        LinkLost: It vanished.
    """
    address = f"{await _wifi_address(link)}:{port}"
    return address if await _missed(ways, address, serial) is None else None


async def wait_there(ways: Ways, address: str, serial: str, wait_s: float) -> None:
    """Wait until the headset with this serial number answers at an address.

    Raises:
        WifiUnanswered: It does not.
        NotAccepted: Somebody does, and has not allowed this computer.
    """
    missed: LinkProblem | None = None
    try:
        async with asyncio.timeout(wait_s):
            # Nobody announces it.
            while (missed := await _missed(ways, address, serial)) is not None:  # noqa: ASYNC110
                await asyncio.sleep(_PAUSE_S)
    except TimeoutError as error:
        if isinstance(missed, NotAccepted):
            raise missed from error
        raise WifiUnanswered(headset=serial, address=address) from error


def parse_wifi_address(text: str) -> str | None:
    """Read what ``ip -o -4 addr show wlan0`` prints."""
    found = _INET.search(text)
    return found[1] if found else None


async def _wifi_address(link: HeadsetLink) -> str:
    asked = await run(link, _ASK_ADDRESS, timeout_s=_ASK_S)
    address = parse_wifi_address(asked.stdout.decode(errors="replace"))
    if address is None:
        raise NoWifi(headset=link.headset, detail=asked.stderr.decode(errors="replace").strip())
    return address


async def _let_it_listen(link: HeadsetLink, port: int) -> None:
    said = bytearray()
    try:
        async with await link.open_service(f"tcpip:{port}") as stream:
            # The daemon says what it does and restarts: the end may come with or without a word.
            while piece := await stream.read_some():
                said += piece
    except ServiceRefused as error:
        raise WifiRefused(headset=link.headset, detail=error.detail) from error
    except LinkLost:
        return
    if said and not said.startswith(b"restarting"):
        raise WifiRefused(headset=link.headset, detail=said.decode(errors="replace").strip())


async def _missed(ways: Ways, address: str, serial: str) -> LinkProblem | None:
    """Why the headset with this serial number is not met at an address; None: it is."""
    try:
        link = await ways.connect(address)
        try:
            asked = await run(link, "getprop ro.serialno", timeout_s=_ASK_S)
        finally:
            await link.close()
    except LinkProblem as problem:
        return problem
    is_there = asked.stdout.decode(errors="replace").strip() == serial
    return None if is_there else WifiUnanswered(headset=serial, address=address)
