"""What a virtual headset's Android knows of itself: properties, settings, battery, sensors (no I/O)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from headset_agent.protocol.browsers import BROWSERS
from headset_agent.virtual import samples
from headset_agent.virtual.own_player import OWN_PLAYERS, OwnPlayer

MODELS = ("quest2", "quest3", "pico4", "unknown", "old")
QUESTS = ("quest2", "quest3")

PROCESSOR = "ro.product.cpu.abilist"
OLD_PROCESSOR = "armeabi-v7a,armeabi"
"""Of headsets with 32 bits, which no bundle of ours is made for."""

PROX_CLOSE = "com.oculus.vrpowermanager.prox_close"
AUTOMATION_DISABLE = "com.oculus.vrpowermanager.automation_disable"

_PROPERTY = re.compile(r"^\[(.+?)\]: \[(.*)\]$", re.MULTILINE)
_PACKAGE = re.compile(r"^package:(.+)=([\w.]+)$", re.MULTILINE)


@dataclass(slots=True)
class Battery:
    """A battery that drains by itself while the headset is not plugged in.

    Attributes:
        start_level: Percent at ``start_s``.
        seconds_per_percent: About two and a half hours for a full one, as stand-alone headsets last.
        tenths_celsius: Temperature in 0.1 degrees C, as Android gives it.
    """

    start_level: int
    start_s: float
    plugged: bool = False
    seconds_per_percent: float = 90.0
    tenths_celsius: int = 312

    def level(self, now_s: float) -> int:
        """Percent at an instant."""
        passed = int((now_s - self.start_s) / self.seconds_per_percent)
        return max(1, min(100, self.start_level + (passed if self.plugged else -passed)))

    def plug(self, now_s: float, *, plugged: bool) -> None:
        """Go on from the present level, charging or draining."""
        self.start_level, self.start_s = self.level(now_s), now_s
        self.plugged = plugged

    def drained(self, now_s: float, percent: int, seconds_per_percent: float) -> Battery:
        """One at this level that goes on falling, on no charger."""
        return replace(
            self,
            start_level=percent,
            start_s=now_s,
            plugged=False,
            seconds_per_percent=seconds_per_percent,
        )

    def status(self, now_s: float) -> int:
        """Android's BatteryManager.BATTERY_STATUS_*: 2 charging, 3 discharging, 5 full."""
        if not self.plugged:
            return 3
        return 5 if self.level(now_s) == 100 else 2


@dataclass(slots=True)
class Proximity:
    """Quest's wear sensor and the broadcasts that override it.

    Attributes:
        worn: What the real sensor would say.
        closed_until_s: Until when a broadcast pretends that it is worn; None: no such broadcast.
        log: What came in, newest last: (instant in seconds, broadcast, duration in ms).
    """

    worn: bool = True
    closed_until_s: float | None = None
    log: list[tuple[float, str, int]] = field(default_factory=list)

    def close(self, now_s: float, duration_ms: int) -> None:
        """Pretend to be worn; a duration of 0 holds until :meth:`restore`."""
        self.closed_until_s = now_s + duration_ms / 1000 if duration_ms else float("inf")
        self.log.append((now_s, PROX_CLOSE, duration_ms))

    def restore(self, now_s: float) -> None:
        """Let the real sensor decide again."""
        self.closed_until_s = None
        self.log.append((now_s, AUTOMATION_DISABLE, 0))

    def is_overridden(self, now_s: float) -> bool:
        """Whether a broadcast holds."""
        return self.closed_until_s is not None and now_s < self.closed_until_s


class HeadsetState:
    """One headset's Android.

    Attributes:
        recorded: Commands that were accepted, oldest first, but for those that only ask.
        on_change: Called after every change of settings and properties.
        is_put_down: Nobody wears it, and nothing wakes it.
        own_player: The maker's video player.
        wifi_address: Its address on the wireless network; None: that of the sample.
    """

    def __init__(self, model: str, serial: str, number: int, clock_s: Callable[[], float]) -> None:
        """Begin as a headset that was just switched on, charged a little differently for each number."""
        self.model = model
        self.serial = serial
        self.clock_s = clock_s
        self.properties = dict(_PROPERTY.findall(samples.render(model, "getprop.txt", serial=serial)))
        self.packages = {name: path for path, name in _PACKAGE.findall(samples.render(model, "packages.txt"))}
        self.settings: dict[tuple[str, str], str] = {
            ("system", "screen_off_timeout"): "15000",
            ("system", "screen_brightness"): "128",
            ("global", "stay_on_while_plugged_in"): "0",
            ("global", "device_name"): self.properties["ro.product.model"],
        }
        self.battery = Battery(start_level=96 - 3 * (number % 8), start_s=clock_s())
        self.proximity = Proximity()
        self._awake = True
        self.is_put_down = False
        self.own_player = OwnPlayer(next((p for p in OWN_PLAYERS if p in self.packages), None))
        self.wifi_address: str | None = None
        self.recorded: list[tuple[str, ...]] = []
        self.on_change: Callable[[], None] = lambda: None

    @property
    def can_run_python(self) -> bool:
        """It runs 64-bit programs; otherwise it is as old as headsets without them."""
        return "arm64-v8a" in self.properties.get("ro.product.cpu.abilist", "")

    @property
    def is_quest(self) -> bool:
        """Made by Meta, with its power manager and its broadcasts."""
        return self.model in QUESTS

    @property
    def awake(self) -> bool:
        """The display is on."""
        return self._awake and not self.is_put_down

    @awake.setter
    def awake(self, awake: bool) -> None:
        self._awake = awake

    @property
    def browser_package(self) -> str | None:
        """The package that answers a web address; None where there is none."""
        return next((name for name in BROWSERS if name in self.packages), None)

    def record(self, *command: str) -> None:
        """Note a command that has changed settings or properties."""
        self.recorded.append(command)
        self.on_change()

    def described(self) -> dict[str, object]:
        """All that an observer may want to know."""
        return {
            "settings": {f"{space}/{key}": value for (space, key), value in self.settings.items()},
            "properties": self.properties,
            "pretends_worn": self.proximity.is_overridden(self.clock_s()),
            "proximity_log": self.proximity.log,
            "recorded": self.recorded,
            "own_player": {"shows": self.own_player.shows, "began_s": self.own_player.began_s},
        }

    def is_mounted(self) -> bool:
        """What the power manager believes: worn, or pretending."""
        if self.is_put_down:
            return False
        return self.proximity.worn or self.proximity.is_overridden(self.clock_s())
