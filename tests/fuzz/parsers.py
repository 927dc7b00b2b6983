"""Every parser of what headsets, agents and pages say, with recordings of good behaviour.

A parser is what the product runs, with the world behind it cut off. Whatever comes, it gives something or one
of its clean errors; anything else that it raises is a finding.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from headset_agent.devtools import DevToolsError
from headset_agent.films import parse_manifest
from headset_agent.player import PAGE_DECODER, Player
from headset_agent.protocol import messages as m
from headset_agent.protocol import page_messages, playing, tether
from headset_agent.protocol.adb import sync
from headset_agent.protocol.adb.banner import FEATURES, format_banner, parse_banner
from headset_agent.protocol.adb.errors import RemoteProtocolError, TlsRequired
from headset_agent.protocol.adb.framing import Command, Packet, PacketReader, encode
from headset_agent.protocol.adb.handshake import DeviceHandshake, HostHandshake
from headset_agent.protocol.adb.mux import Mux, OpenRequested, Received
from headset_agent.protocol.adb.shell import FrameKind, encode_frame
from headset_agent.protocol.lines import LineBuffer, LineTooLong
from headset_agent.protocol.reading import JsonReader
from headset_agent.virtual.faults.reading import FaultMistake
from tests.fakes.messages import CONVERSATIONS
from tests.fuzz import browser, virtual_sync
from tests.fuzz.adb_server import answered, devices
from tests.fuzz.control import control_conversation, control_recordings
from tests.fuzz.faults import FAULTS_JSON, FAULTS_TOML, read_json, read_toml, read_typed
from tests.fuzz.told import HEADSET, ToldLink, ToldStream
from trainer_app.domain.link_errors import LinkProblem
from trainer_app.domain.playback_errors import HeadsetProblem
from trainer_app.headsets.agent.access import parse_access
from trainer_app.headsets.agent.channel import Channel, LeaseHeld
from trainer_app.headsets.link import files, reverse, run
from trainer_app.headsets.link.server import ServerAbsent, ServerRefused
from trainer_app.headsets.manual.recognising import read_kind
from trainer_app.headsets.manual.screen import parse_front
from trainer_app.headsets.manual.shelf import parse_listing
from trainer_app.headsets.telemetry import parse_facts

Pieces = Sequence[bytes]


@dataclass(frozen=True, slots=True)
class Parser:
    """One parser.

    Attributes:
        recordings: What a well-behaved peer says.
        read: Takes the same in pieces, to its end.
        clean: The errors that bad input may give.
        share: How many inputs it gets, against the others: a slow one fewer.
    """

    name: str
    recordings: tuple[bytes, ...]
    read: Callable[[Pieces], Awaitable[object]]
    clean: tuple[type[Exception], ...] = ()
    share: int = 10


# --- ADB ------------------------------------------------------------------------------------------------

_PACKETS = (
    Packet(
        Command.CNXN, 0x01000001, 1 << 20, format_banner("device", {"ro.product.model": "Quest 3"}, FEATURES)
    ),
    Packet(Command.AUTH, 1, 0, b"t" * 20),
    Packet(Command.AUTH, 2, 0, b"s" * 256),
    Packet(Command.AUTH, 3, 0, b"QAAAAKey== anna@pc\0"),
    Packet(Command.OPEN, 9, 0, b"tcp:29360\0"),
    Packet(Command.OKAY, 9, 1),
    Packet(Command.WRTE, 9, 1, b"hello"),
    Packet(Command.OKAY, 9, 1),
    Packet(Command.CLSE, 9, 1),
    Packet(Command.STLS, 0x01000000, 0),
)
_ROOM = (1 << 16).to_bytes(4, "little")
_COUNTING = (
    Packet(Command.OPEN, 9, 1 << 16, b"tcp:29360\0"),
    Packet(Command.OKAY, 9, 1, _ROOM),
    Packet(Command.WRTE, 9, 1, b"hello"),
    Packet(Command.OKAY, 9, 1, (-5).to_bytes(4, "little", signed=True)),
    Packet(Command.CLSE, 9, 1),
)
_COUNTED = b"".join(encode(packet) for packet in _COUNTING)
_STREAM = b"".join(encode(packet) for packet in _PACKETS[4:9])


async def _packets(pieces: Pieces) -> None:
    reader = PacketReader(verify_checksum=True)
    for piece in pieces:
        reader.feed(piece)


class _Key:
    def sign(self, token: bytes) -> bytes:
        return token * 12

    def public_key(self) -> bytes:
        return b"QAAAA anna@pc"


async def _host_handshake(pieces: Pieces) -> None:
    reader, handshake = PacketReader(), HostHandshake(_Key())
    handshake.start()
    for piece in pieces:
        for packet in reader.feed(piece):
            if handshake.connection is None:
                handshake.receive(packet)


async def _device_handshake(pieces: Pieces) -> None:
    handshake = DeviceHandshake(
        banner=b"device::",
        new_token=lambda: b"t" * 20,
        is_signed_by_known_key=lambda _token, _signature: False,
    )
    reader = PacketReader()
    for piece in pieces:
        for packet in reader.feed(piece):
            handshake.receive(packet)


async def _mux(pieces: Pieces) -> None:
    await _streams(pieces, Mux(4096))


async def _counting_mux(pieces: Pieces) -> None:
    await _streams(pieces, Mux(4096, window=1 << 16))


async def _streams(pieces: Pieces, mux: Mux) -> None:
    reader = PacketReader()
    mux.open("shell:")
    mux.open("sync:")
    for piece in pieces:
        for packet in reader.feed(piece):
            event = mux.receive(packet)
            if isinstance(event, OpenRequested):
                mux.accept(event.remote_id)
            elif isinstance(event, Received):
                mux.acknowledge(event.local_id)


async def _banner(pieces: Pieces) -> None:
    parse_banner(b"".join(pieces))


_STATUS = sync.RemoteStat(mode=0o100644, size=5 << 32, mtime=1_700_000_000)
_ENTRIES = [sync.DirEntry(name, _STATUS) for name in (".", "film.mp4", "æøå")]


def _listing(version: int) -> bytes:
    entries = (sync.encode_entry(entry, version=version) for entry in _ENTRIES)
    return b"".join(entries) + sync.encode_list_end(version=version)


def _said_to(
    ask: Callable[[ToldLink], Awaitable[object]], *, modern: bool = True
) -> Callable[[Pieces], Awaitable[object]]:
    async def read(pieces: Pieces) -> object:
        return await ask(ToldLink(pieces, modern=modern))

    return read


_FILE = sync.encode_header(sync.DATA, 5) + b"hello" + sync.encode_header(sync.DONE, 0)
_DEVICES = (
    "1WMHH0 device usb:1-1 product:eureka model:Quest_3 device:eureka transport_id:1\n"
    "10.0.0.7:5555 unauthorized transport_id:2\n"
    "1WMHH1 no permissions (missing udev rules?) usb:1-2\n"
)
_OUTPUT = b"".join(
    (
        encode_frame(FrameKind.STDOUT, b"out\n"),
        encode_frame(FrameKind.STDERR, b"err\n"),
        encode_frame(FrameKind.EXIT, b"\0"),
    )
)


# --- the agent ------------------------------------------------------------------------------------------


def _lines(conversation: str) -> bytes:
    return b"".join(m.encode(message) + b"\n" for message in CONVERSATIONS[conversation])


_WELCOME = m.encode(m.Welcome(protocol=m.PROTOCOL_VERSION, build="b" * 64, pid=1)) + b"\n"
_HELLO = m.Hello(
    protocol=m.PROTOCOL_VERSION, build="b" * 64, token="t", role=m.Role.CONTROL, client="c", holder="h"
)


async def _nobody_else(_role: m.Role, *, bulk: bool) -> Channel:
    raise AssertionError(f"nobody asked for another connection (bulk: {bulk})")


async def _channel(pieces: Pieces) -> None:
    channel = Channel(ToldStream(pieces), HEADSET, _nobody_else)
    try:
        await channel.introduce(_HELLO)
        over = asyncio.Event()
        channel.on_lost = over.set
        if channel.lost is None:
            await over.wait()
    finally:
        await channel.close()


class _Page:
    async def send(self, _message: page_messages.AgentToPage) -> None:
        """Nobody reads it."""

    async def close(self) -> None:
        """At once."""


async def _page(pieces: Pieces) -> None:
    player, page = Player(lambda: 7, lambda sha256: f"/film/{sha256}"), _Page()
    await player.set_plan(playing.Plan(plan_id="5f3a", revision=1, action=playing.Action.PAUSE))
    for line in b"".join(pieces).split(b"\n"):
        message = PAGE_DECODER.decode(line.decode(errors="replace"))
        await player.page_message(page, message, 7)


_TO_PAGE: JsonReader[page_messages.AgentToPage] = JsonReader(page_messages.AgentToPage)


async def _to_page(pieces: Pieces) -> None:
    for line in b"".join(pieces).split(b"\n"):
        _TO_PAGE.decode(line)


async def _access(pieces: Pieces) -> None:
    parse_access(b"".join(pieces))


_MANIFEST = json.dumps({"ab" * 32: {"size": 1000, "suffix": ".mp4", "title": "Innkomst på kvelden"}}).encode()


async def _manifest(pieces: Pieces) -> None:
    parse_manifest(b"".join(pieces))


# --- Android and its browser ----------------------------------------------------------------------------

_FACTS = {
    "properties": "[ro.product.device]: [eureka]\n[ro.serialno]: [1WMHH0]\n[ro.vros.build.version]: [207]\n",
    "battery": "  AC powered: false\n  status: 3\n  level: 42\n  scale: 100\n  temperature: 312\n",
    "power": "  mWakefulness=Awake\n",
    "worn": "Virtual proximity state: DISABLED\nState: HEADSET_MOUNTED\n",
    "controllers": '[{"type": "RightHand", "batteryLevel": 40}, {"type": "LeftHand", "batteryLevel": 90}]',
    "wifi": "Wi-Fi is enabled\nSupplicant state: COMPLETED\nRSSI: -52\n",
    "address": "24: wlan0    inet 192.168.50.31/24 brd 192.168.50.255 scope global wlan0\n",
    "storage": "4096:30000000:12000000\n",
    "manifest": _MANIFEST.decode(),
    "files": f"1000 {'ab' * 32}.mp4\n300 manifest.json\n",
    "runtime": "yes\n",
    "packages": "package:com.android.settings\npackage:com.oculus.browser\n",
}
_OLDER = {
    "controllers": "  Paired device: 6F4C, Type:  Left, Firmware: 1.9, Battery: 80%\n"
    "  Paired device: 6F4D, Type: Right, Firmware: 1.9, Battery: -1%\n"
}


def _told(facts: dict[str, str]) -> bytes:
    return "".join(f"\n=SIMKOFFERT={name}\n{text}" for name, text in facts.items()).encode()


async def _facts(pieces: Pieces) -> None:
    parse_facts(b"".join(pieces).decode(errors="replace"))


_SHELF = (
    b'{"sha256":"%s","size":4,"name":"Innkomst-ab_360.mp4","title":"Innkomst","checked":true}\n\n'
    b"=SIMKOFFERT=files\n4 Innkomst-ab_360.mp4\n" % (b"ab" * 32)
)


async def _shelf(pieces: Pieces) -> None:
    parse_listing(b"".join(pieces).decode(errors="replace"))


_IN_FRONT = (
    b"maker=Pico\npxr=\npackage:android\npackage:com.pvr.player\n"
    b"  mResumedActivity: ActivityRecord{2baae81 u0 com.pvr.player/.VideoActivity t24}\n"
    b"  mCurrentFocus=Window{85a52f2 u0 com.pvr.player/.VideoActivity}\n"
)


async def _in_front(pieces: Pieces) -> None:
    told = b"".join(pieces).decode(errors="replace")
    parse_front(told)
    read_kind(told, {})


_SOCKETS = b"""\
Num       RefCount Protocol Flags    Type St Inode Path
0000000000000000: 00000002 00000000 00010000 0001 01 21345 @chrome_devtools_remote
0000000000000000: 00000002 00000000 00010000 0001 01 30112 @weblayer_devtools_remote_4711
"""


async def _sockets(pieces: Pieces) -> None:
    tether.parse_sockets(b"".join(pieces).decode(errors="replace"))


_TETHERED = (
    tether.Serving(pid=7, control_port=40001, http_port=40002),
    tether.Lent(id=1),
    tether.RunCommand(id=2, words=["am", "start"]),
    tether.FindBrowsers(id=3),
)
_PROGRAM = (
    tether.Begin(token="t", build="b" * 64, host="127.0.0.1", films="/films"),
    tether.Lend(id=1, sha256="ab" * 32, path="/films/Innkomst på kvelden.mp4"),
    tether.Output(id=2, text="Starting: Intent"),
    tether.Browsers(id=3, endpoints=["tcp:127.0.0.1:40003"]),
)


def _each_line(reader: JsonReader[Any]) -> Callable[[Pieces], Awaitable[None]]:
    async def read(pieces: Pieces) -> None:
        lines = LineBuffer()
        for piece in pieces:
            for line in lines.feed(piece):
                reader.decode(line)

    return read


_ADB = (RemoteProtocolError,)
_LINK = (LinkProblem,)

PARSERS = (
    Parser("adb packets", tuple(map(encode, _PACKETS)), _packets, _ADB, share=20),
    Parser("adb handshake, laptop", tuple(map(encode, _PACKETS[:2])), _host_handshake, (*_ADB, TlsRequired)),
    Parser("adb handshake, headset", tuple(map(encode, _PACKETS[:4])), _device_handshake, _ADB),
    Parser("adb streams", (_STREAM,), _mux, _ADB, share=20),
    Parser("adb streams with room", (_COUNTED,), _counting_mux, _ADB, share=20),
    Parser("adb banner", (bytes(_PACKETS[0].payload),), _banner),
    Parser(
        "sync status",
        tuple(sync.encode_stat(verb, _STATUS) for verb in (sync.STAT2, sync.LSTAT2)),
        _said_to(lambda link: files.stat(link, "/sdcard")),
        _LINK,
    ),
    Parser(
        "sync status 1",
        (sync.encode_stat(sync.STAT, _STATUS),),
        _said_to(lambda link: files.stat(link, "/sdcard"), modern=False),
        _LINK,
    ),
    Parser("sync list", (_listing(2),), _said_to(lambda link: files.list_folder(link, "/sdcard")), _LINK),
    Parser(
        "sync list 1",
        (_listing(1),),
        _said_to(lambda link: files.list_folder(link, "/sdcard"), modern=False),
        _LINK,
    ),
    Parser(
        "sync file",
        (_FILE, sync.encode_failure("No such file or directory")),
        _said_to(lambda link: files.pull_bytes(link, "/sdcard/a", limit=1 << 16)),
        _LINK,
    ),
    Parser(
        "sync verdict",
        (sync.encode_header(sync.OKAY, 0), sync.encode_failure("No space left on device")),
        _said_to(lambda link: files.push_bytes(link, b"x", "/sdcard/a")),
        _LINK,
        share=1,
    ),
    Parser(
        "sync requests",
        (virtual_sync.SENDS, virtual_sync.ASKS),
        virtual_sync.requests,
        (*_ADB, *_LINK),
        share=1,
    ),
    Parser(
        "reverse verdict",
        (b"OKAY", b"FAIL000ecannot bind: 1"),
        _said_to(lambda link: reverse(link, 29369, 1)),
        _LINK,
        share=1,
    ),
    Parser(
        "adb server",
        (answered(_DEVICES), answered(""), b"FAIL0012device unauthorized"),
        devices,
        (ServerAbsent, ServerRefused),
        share=5,
    ),
    Parser("shell v2", (_OUTPUT,), _said_to(lambda link: run(link, "ls", timeout_s=10.0)), _LINK),
    Parser(
        "shell without v2",
        (b"out\n0123456789abcdef0\n",),
        _said_to(lambda link: run(link, "ls", timeout_s=10.0), modern=False),
        _LINK,
    ),
    Parser(
        "agent to laptop",
        (_WELCOME + _lines("agent_to_laptop"), _WELCOME),
        _channel,
        (HeadsetProblem, LeaseHeld),
    ),
    Parser("laptop to agent", control_recordings(), control_conversation, share=3),
    Parser("page to agent", (_lines("page_to_agent").rstrip(),), _page, (msgspec.DecodeError,)),
    Parser("agent to page", (_lines("agent_to_page").rstrip(),), _to_page, (msgspec.DecodeError,)),
    Parser(
        "tethered agent to laptop",
        (b"".join(map(tether.line_of, _TETHERED)),),
        _each_line(tether.FROM_AGENT),
        (msgspec.DecodeError, LineTooLong),
    ),
    Parser(
        "laptop to tethered agent",
        (b"".join(map(tether.line_of, _PROGRAM)),),
        _each_line(tether.TO_AGENT),
        (msgspec.DecodeError, LineTooLong),
    ),
    Parser("agent.json", (b'{"pid": 1, "token": "t", "build": "b"}',), _access, (msgspec.DecodeError,)),
    Parser("manifest", (_MANIFEST,), _manifest),
    Parser("facts", (_told(_FACTS), _told(_FACTS | _OLDER)), _facts, share=20),
    Parser("own player's films", (_SHELF,), _shelf),
    Parser("what is in front", (_IN_FRONT,), _in_front),
    Parser("faults in TOML", (FAULTS_TOML,), read_toml, (FaultMistake,), share=2),
    Parser("faults in JSON", (FAULTS_JSON,), read_json, (FaultMistake,), share=2),
    Parser("a typed fault", (b"cut after_bytes=1000 for_s=5", b"offline"), read_typed, (FaultMistake,)),
    Parser("DevTools version", (browser.VERSION,), browser.version, (DevToolsError,)),
    Parser("DevTools pages", (browser.TARGETS,), browser.targets, (DevToolsError,)),
    Parser(
        "DevTools answers", (browser.CONVERSATION, browser.REFUSALS), browser.conversation, (DevToolsError,)
    ),
    Parser("DevTools sockets", (_SOCKETS,), _sockets),
)
