"""What the laptop's program and an agent that runs beside it say to one another (msgspec structs; sans-IO).

Such an agent serves a headset that cannot run it. It is a child of the program, and the two pipes between
them are the whole conversation: one JSON object a line, which nobody else can read or write. The agent asks
for what takes a shell on the headset; the program lends it films.
"""

from __future__ import annotations

import re

import msgspec

from headset_agent.protocol.reading import JsonReader

COMMANDS = frozenset({"am", "pm", "dumpsys", "input"})
"""What an agent may ask to have run on the headset, by its first word."""

DEVTOOLS_VARIABLE = "SIMKOFFERT_DEVTOOLS"
"""``tcp:HOST:PORT`` or ``none``; set by a virtual headset, whose browser has no abstract socket."""

HOST_VARIABLE = "SIMKOFFERT_HOST"
"""What this headset's localhost is; set by a virtual headset only, many of which share one machine."""

_SOCKET_NAME = re.compile(r"@([\w.+-]*_devtools_remote(?:_\d+)?)$")


def parse_sockets(text: str) -> list[str]:
    """Return the names of DevTools sockets in the text of ``/proc/net/unix``, each once, in order."""
    names: dict[str, None] = {}
    for line in text.splitlines():
        found = _SOCKET_NAME.search(line.strip())
        if found:
            names[found.group(1)] = None
    return list(names)


# --- laptop -> agent -----------------------------------------------------------------------------------


class Begin(msgspec.Struct, frozen=True, kw_only=True, tag="begin"):
    """The first line.

    Attributes:
        token: Opens control port, page and films.
        build: The program's own, by which the two know one another.
        host: The headset's localhost, as its browser writes it.
        devtools: Where its browser offers DevTools; empty: the agent asks (:class:`FindBrowsers`).
        films: A folder of films that are lent from the start, each named by its sha256; empty: none.
        had_page: A former agent of this token had one, which is looking for this one.
    """

    token: str
    build: str
    host: str
    devtools: str = ""
    films: str = ""
    had_page: bool = False


class Lend(msgspec.Struct, frozen=True, kw_only=True, tag="lend"):
    """A film lies here; answered by :class:`Lent`. It is read and never written."""

    id: int
    sha256: str
    path: str


class Output(msgspec.Struct, frozen=True, kw_only=True, tag="output"):
    """What a command has printed, on both of its outputs; empty where the headset is gone."""

    id: int
    text: str


class Browsers(msgspec.Struct, frozen=True, kw_only=True, tag="browsers"):
    """Where sockets of the headset that look like DevTools are reached from here: ``tcp:HOST:PORT``."""

    id: int
    endpoints: list[str]


ToAgent = Begin | Lend | Output | Browsers


# --- agent -> laptop -----------------------------------------------------------------------------------


class Serving(msgspec.Struct, frozen=True, kw_only=True, tag="serving"):
    """It serves, on these ports of this computer's localhost."""

    pid: int
    control_port: int
    http_port: int


class Lent(msgspec.Struct, frozen=True, kw_only=True, tag="lent"):
    """From now on that film is served."""

    id: int


class RunCommand(msgspec.Struct, frozen=True, kw_only=True, tag="run"):
    """Run one of :data:`COMMANDS` on the headset; answered by :class:`Output`."""

    id: int
    words: list[str]


class FindBrowsers(msgspec.Struct, frozen=True, kw_only=True, tag="find_browsers"):
    """Look for DevTools on the headset; answered by :class:`Browsers`."""

    id: int


FromAgent = Serving | Lent | RunCommand | FindBrowsers

TO_AGENT: JsonReader[ToAgent] = JsonReader(ToAgent)
FROM_AGENT: JsonReader[FromAgent] = JsonReader(FromAgent)


def line_of(message: msgspec.Struct) -> bytes:
    """One message as it is written."""
    return msgspec.json.encode(message) + b"\n"
