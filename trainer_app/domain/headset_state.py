"""What a headset tells of itself, and the one state that people see of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

LOW_BATTERY_PERCENT = 20
"""Below this a headset is not sent into a session without a charger."""


class HeadsetState(Enum):
    """The states of a headset tile; the first that applies wins, in this order."""

    FAULT = "feil"
    TAKEN_OFF = "tatt_av"
    PLAYING = "spiller"
    PAUSED = "pa_pause"
    NOT_CONNECTED = "ikke_tilkoblet"
    NOT_AUTHORISED = "ikke_godkjent"
    STORAGE_FULL = "fullt_lager"
    GETTING_READY = "klargjores"
    LOW_BATTERY = "lavt_batteri"
    ASLEEP = "sover"
    READY = "klar"


class PlayMode(Enum):
    """How a headset plays. The values are those of the agent's messages."""

    VR = "vr"
    TETHERED = "tethered"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadsetFacts:
    """What is known of a headset at one moment; None is "not known", never a guess.

    Attributes:
        battery_percent: 0 to 100.
        charging: On a charger.
        free_bytes: What may still be written to its storage.
        films: sha256 of each film that was verified there and has its full size, to its title.
        has_runtime: The agent can run on it.
        has_browser: It has a browser with WebXR.
    """

    serial: str | None = None
    model: str | None = None
    battery_percent: int | None = None
    charging: bool | None = None
    awake: bool | None = None
    free_bytes: int | None = None
    films: dict[str, str] = field(default_factory=dict)
    has_runtime: bool = False
    has_browser: bool = False

    @property
    def play_mode(self) -> PlayMode:
        """The best way this headset can play a film."""
        return PlayMode.VR if self.has_runtime and self.has_browser else PlayMode.MANUAL


class Showing(Enum):
    """What a headset shows right now, as far as the state of its tile is concerned."""

    NOTHING = "nothing"
    FILM = "film"
    PAUSED_FILM = "paused"
    FAULT = "fault"


def state_of(facts: HeadsetFacts, showing: Showing) -> HeadsetState:
    """The state of a headset that is connected and authorised."""
    battery = facts.battery_percent
    if showing is Showing.FAULT:
        return HeadsetState.FAULT
    if showing is Showing.FILM:
        return HeadsetState.PLAYING
    if showing is Showing.PAUSED_FILM:
        return HeadsetState.PAUSED
    if battery is not None and battery < LOW_BATTERY_PERCENT and not facts.charging:
        return HeadsetState.LOW_BATTERY
    if facts.awake is False:
        return HeadsetState.ASLEEP
    return HeadsetState.READY
