"""What a headset tells of itself, and the one state that people see of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from trainer_app.domain.headset_films import StoredFilm

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
    """How a headset plays; a part of the values are those of the agent's messages."""

    VR = "vr"
    """Its own agent and its browser: synchronised, also without the laptop."""
    TETHERED = "tethered"
    """Its browser alone; agent and film are on the laptop, at the other end of a cable. Synchronised."""
    MANUAL = "manual"
    """Its own video player, which is started and ended from here and keeps to nobody. Not synchronised."""
    NONE = "none"
    """It cannot, as long as its browser is missing."""


class Awaited(Enum):
    """What somebody who wears the headset has to do before its film is in VR."""

    CONSENT = "consent"
    """Answer the browser's question."""
    BUTTON = "button"
    """Press the page's button."""


class Hand(Enum):
    """Which hand a controller is for."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Controller:
    """A controller that belongs to a headset; its battery is None where the headset does not know."""

    hand: Hand
    battery_percent: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wifi:
    """A headset's Wi-Fi. Which network it is, is nobody's business.

    Attributes:
        on: Switched on.
        connected: To some network.
        signal_dbm: About -50 is good, -80 is poor.
        address: Its own IPv4 address there.
    """

    on: bool | None = None
    connected: bool | None = None
    signal_dbm: int | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadsetFacts:
    """What is known of a headset at one moment; None is "not known", never a guess.

    Attributes:
        model: As people know it ("Quest 3").
        android: Version of its system ("14"); ``build``: the maker's own number of it.
        battery_percent: 0 to 100.
        charging: On a charger.
        temperature_c: Of the battery.
        worn: By its own sensor; not known while it is made to believe that it is worn.
        controllers: Left before right; empty where it tells of none.
        wifi: None where it does not tell.
        free_bytes: What may still be written to its storage.
        total_bytes: Size of its storage.
        films: sha256 of each film that it can play, to its title: verified there, of full size; or lent to it
            through its cable.
        stored: All files of its film folder, also those that are not whole.
        has_runtime: The agent can run on it, as far as is known: a headset that has refused it cannot.
        has_browser: It has a browser with WebXR.
        own_player: It can show no page in VR, and never will: films are shown by its own player.
        unchecked_films: Of the films, those that it could not read again to verify them.
    """

    serial: str | None = None
    model: str | None = None
    android: str | None = None
    build: str | None = None
    battery_percent: int | None = None
    charging: bool | None = None
    temperature_c: float | None = None
    awake: bool | None = None
    worn: bool | None = None
    controllers: tuple[Controller, ...] = ()
    wifi: Wifi | None = None
    free_bytes: int | None = None
    total_bytes: int | None = None
    films: dict[str, str] = field(default_factory=dict)
    stored: tuple[StoredFilm, ...] = ()
    has_runtime: bool = False
    has_browser: bool = False
    own_player: bool = False
    unchecked_films: frozenset[str] = frozenset()

    @property
    def play_mode(self) -> PlayMode:
        """The best way this headset can play a film."""
        if self.own_player:
            return PlayMode.MANUAL
        if not self.has_browser:
            return PlayMode.NONE
        return PlayMode.VR if self.has_runtime else PlayMode.TETHERED


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
