"""Android's own commands, as far as SimKoffert uses them: what they print and what they change.

Each command is a method named after it. They are pure but for two things they are given: the player, whose
browser ``am`` opens and closes, and the space that ``stat -f`` and ``df`` tell of.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Protocol

from headset_agent.virtual import dumps
from headset_agent.virtual.activities import Activities
from headset_agent.virtual.answer import Answer
from headset_agent.virtual.packages import packages_of
from headset_agent.virtual.player import Player
from headset_agent.virtual.state import HeadsetState

BLOCK_BYTES = 4096

_STAT_DEFAULT = (
    '  File: "%n"\n    ID: 0 Namelen: 255 Type: f2fs\nBlock Size: %s Fundamental block size: %S\n'
    "Blocks: Total: %b\tFree: %f\tAvailable: %a"
)
_PARTITIONS = ("/", "/data", "/sdcard")
"""Paths of the headset that are none of this machine's."""

_FORMAT = re.compile(r"%([Sbafsn%])")
_SLEEP_KEYS = ("223", "KEYCODE_SLEEP", "SLEEP")
_WAKE_KEYS = ("224", "KEYCODE_WAKEUP", "WAKEUP")
_HOME_KEYS = ("3", "KEYCODE_HOME", "HOME")
_POWER_KEYS = ("26", "KEYCODE_POWER", "POWER")


class Storage(Protocol):
    """How much room there is on the headset."""

    def total_bytes(self) -> int:
        """Size of the data partition."""

    def free_bytes(self) -> int:
        """What can still be written."""


class StandIns:
    """The commands of one headset."""

    def __init__(self, state: HeadsetState, player: Player, storage: Storage) -> None:
        """Bind the commands to the headset they tell of and act on."""
        self._state = state
        self._storage = storage
        self._activities = Activities(state, player)
        self._commands: dict[str, Callable[[Sequence[str]], Answer | Awaitable[Answer]]] = {
            "am": self._activities.am,
            "cmd": self._cmd,
            "df": self._df,
            "dumpsys": self._dumpsys,
            "getprop": self._getprop,
            "input": self._input,
            "ip": self._ip,
            "pm": packages_of(state),
            "rstest": self._rstest,
            "setprop": self._setprop,
            "settings": self._settings,
            "stat": self._stat,
            "svc": self._svc,
        }

    def names(self) -> list[str]:
        """All commands there are."""
        return sorted(self._commands)

    async def run(self, command: Sequence[str]) -> Answer:
        """Run one command, its name first."""
        name, *arguments = command
        if name not in self._commands:
            return Answer(err=f"{name}: inaccessible or not found\n", code=127)
        answer = self._commands[name](arguments)
        return answer if isinstance(answer, Answer) else await answer

    def _cmd(self, arguments: Sequence[str]) -> Answer:
        match list(arguments):
            case ["package", "resolve-activity", *options]:
                return self._activities.resolve(options)
        return Answer(err=f"cmd: Can't find service: {' '.join(arguments[:1])}\n", code=20)

    def _dumpsys(self, arguments: Sequence[str]) -> Answer:
        if arguments[:1] == ["-t"]:
            arguments = arguments[2:]  # how long it may take
        service = arguments[0] if arguments else ""
        text = dumps.dump(self._state, service)
        # As Android does: the complaint on standard error, the exit code 0.
        return Answer(err=f"Can't find service: {service}\n") if text is None else Answer(out=text)

    def _rstest(self, arguments: Sequence[str]) -> Answer:
        text = dumps.controllers_as_json(self._state) if list(arguments) == ["info", "--json"] else None
        return (
            Answer(err="rstest: inaccessible or not found\n", code=127) if text is None else Answer(out=text)
        )

    def _ip(self, arguments: Sequence[str]) -> Answer:
        """Only its own IPv4 address, as one line."""
        if list(arguments) != ["-o", "-4", "addr", "show", "wlan0"]:
            return Answer(err="ip: not here\n", code=1)
        return Answer(out=dumps.address(self._state))

    def _getprop(self, arguments: Sequence[str]) -> Answer:
        properties = self._state.properties
        if not arguments:
            return Answer(out="".join(f"[{name}]: [{properties[name]}]\n" for name in sorted(properties)))
        name, default = arguments[0], arguments[1] if len(arguments) > 1 else ""
        return Answer(out=properties.get(name, default) + "\n")

    def _setprop(self, arguments: Sequence[str]) -> Answer:
        if len(arguments) != 2:
            return Answer(err="usage: setprop NAME VALUE\n", code=1)
        name, value = arguments
        if name.startswith("ro."):
            return Answer(
                err=f"Failed to set property '{name}' to '{value}'.\nSee dmesg for error reason.\n", code=1
            )
        self._state.properties[name] = value
        self._state.record("setprop", name, value)
        return Answer()

    def _settings(self, arguments: Sequence[str]) -> Answer:
        match list(arguments):
            case ["get", namespace, name]:
                return Answer(out=self._state.settings.get((namespace, name), "null") + "\n")
            case ["put", namespace, name, value, *_]:
                self._state.settings[namespace, name] = value
                self._state.record("settings", *arguments)
                return Answer()
            case ["delete", namespace, name]:
                known = self._state.settings.pop((namespace, name), None)
                self._state.record("settings", *arguments)
                return Answer(out=f"Deleted {int(known is not None)} rows\n")
        return Answer(err="Settings provider (settings) commands: get, put, delete\n", code=255)

    def _input(self, arguments: Sequence[str]) -> Answer:
        if list(arguments[:1]) != ["keyevent"]:
            return Answer(err="Error: Unknown command: " + " ".join(arguments[:1]) + "\n", code=255)
        if any(key in _HOME_KEYS for key in arguments[1:]):
            self._state.own_player.close()
        for key in arguments[1:]:
            if key in (*_SLEEP_KEYS, *_WAKE_KEYS, *_POWER_KEYS):
                self._state.awake = key in _WAKE_KEYS or (key in _POWER_KEYS and not self._state.awake)
        self._state.recorded.append(("input", *arguments))
        return Answer()

    def _svc(self, arguments: Sequence[str]) -> Answer:
        match list(arguments):
            case ["power", "stayon", value]:
                self._state.settings["global", "stay_on_while_plugged_in"] = "0" if value == "false" else "7"
            case ["wifi", "enable" | "disable"]:
                pass
            case _:
                return Answer(err="Available commands: power, wifi\n", code=1)
        self._state.record("svc", *arguments)
        return Answer()

    def _stat(self, arguments: Sequence[str]) -> Answer:
        """Only ``stat -f``: the file system. The command's script passes everything else to the real one."""
        pattern, paths = _stat_arguments(arguments)
        for path in paths:
            if path not in _PARTITIONS and not Path(path).exists():
                return Answer(err=f"stat: '{path}': No such file or directory\n", code=1)
        return Answer(out="".join(self._describe(path, pattern) + "\n" for path in paths))

    def _describe(self, path: str, pattern: str) -> str:
        free = self._storage.free_bytes() // BLOCK_BYTES
        values = {
            "S": str(BLOCK_BYTES),
            "s": str(BLOCK_BYTES),
            "b": str(self._storage.total_bytes() // BLOCK_BYTES),
            "a": str(free),
            "f": str(free),
            "n": path,
            "%": "%",
        }
        return _FORMAT.sub(lambda match: values[match[1]], pattern)

    def _df(self, arguments: Sequence[str]) -> Answer:
        del arguments  # one file system, whatever was asked for
        total, free = self._storage.total_bytes(), self._storage.free_bytes()
        return Answer(out=dumps.file_systems(self._state.model, total, free))


def _stat_arguments(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """Return (format, paths) of a ``stat -f`` in its spellings ``-f -c FORMAT`` and ``-fc FORMAT``."""
    pattern = _STAT_DEFAULT
    paths: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        if not argument.startswith("-"):
            paths.append(argument)
        elif "c" in argument:
            pattern = argument.partition("c")[2] or next(waiting, "")
    return pattern, paths
