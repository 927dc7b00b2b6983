"""A suitcase as it is right now: what each of its headsets does, and what the film does in all of them.

Made anew for every change and never changed afterwards, so that the loop that keeps contact with the headsets
can hand it to the screens without a lock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from trainer_app.domain.battery import MINUTES_A_PERCENT, minutes_left
from trainer_app.domain.errors import TrainerError
from trainer_app.domain.filling import FillingTotal
from trainer_app.domain.films import Sha256
from trainer_app.domain.headset_state import Awaited, HeadsetFacts, HeadsetState
from trainer_app.domain.kits import HeadsetId, KitId


class FilmStage(Enum):
    """Where the group is with its film."""

    NONE = "none"
    PREPARING = "preparing"
    READY = "ready"
    STARTING = "starting"
    PLAYING = "playing"
    PAUSED = "paused"
    ENDED = "ended"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaze:
    """Where a wearer looks; degrees from the film's centre, positive to the right and upwards."""

    yaw_deg: float
    pitch_deg: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """What is on its way to one headset.

    Attributes:
        film: None: the program that the agent needs there, once.
        bytes_per_s: Measured over the last seconds; None: not known yet.
    """

    film: Sha256 | None
    done_bytes: int
    whole_bytes: int
    bytes_per_s: float | None = None

    @property
    def seconds_left(self) -> float | None:
        """How long it will take, or None while that is not known."""
        return None if not self.bytes_per_s else (self.whole_bytes - self.done_bytes) / self.bytes_per_s


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadsetNow:
    """One headset of the suitcase at this moment.

    Attributes:
        number: As printed on the device.
        headset_id: None: it was never connected.
        address: Where it is reached, or was last; None: not known.
        address_is_new: Somebody has typed the address, and it was not reached there yet.
        facts: What it last told of itself; None: nothing yet.
        problem: What went wrong last and has not been put right; its words explain the state.
        last_contact: UTC; None: never.
        set_aside: The facilitator goes on without it.
        has_film: The film of the session lies on it, verified.
        film_checked: It could read the film again there; False: its size is right, and nobody knows more.
        transfer: While a film, or the program that it needs, is on its way to it.
        position_s: Of the film, while it plays or is paused.
        off_s: For so many seconds it has not been worn, while the film plays.
        on_its_own: It plays on while its link is lost.
        not_dark: It was told to be silent and dark and has not said that it is.
        started_elsewhere: Its film was started by a former run of the program, or by another computer.
        gaze: Where its wearer looks; when it is taken off, where they last looked.
        minutes_a_percent: So long a percent of its battery lasts.
        on_wifi: It is on a cable, and answers over Wi-Fi as well.
        rearming: It was made ready for Wi-Fi once, has restarted, and is being made so again.
        rearmed_at: When that last came about by itself, UTC.
        awaited: What whoever wears it has to do before its film is in VR.
    """

    number: int
    state: HeadsetState
    serial: str = ""
    model: str = ""
    headset_id: HeadsetId | None = None
    address: str | None = None
    address_is_new: bool = False
    facts: HeadsetFacts | None = None
    problem: TrainerError | None = None
    last_contact: datetime | None = None
    set_aside: bool = False
    has_film: bool = False
    film_checked: bool = True
    transfer: Transfer | None = None
    position_s: float = 0.0
    off_s: float = 0.0
    on_its_own: bool = False
    not_dark: bool = False
    started_elsewhere: bool = False
    gaze: Gaze | None = None
    minutes_a_percent: float = MINUTES_A_PERCENT
    awaited: Awaited | None = None
    on_wifi: bool = False
    rearming: bool = False
    rearmed_at: datetime | None = None

    @property
    def is_ready(self) -> bool:
        """It can take part in the film right away."""
        return self.has_film and not self.set_aside and self.state in _CAN_PLAY

    @property
    def lasts_min(self) -> int | None:
        """How long its battery lasts, about; None: not known, or on a charger."""
        return None if self.facts is None else minutes_left(self.facts, self.minutes_a_percent)


_CAN_PLAY = frozenset(
    {
        HeadsetState.READY,
        HeadsetState.ASLEEP,
        HeadsetState.LOW_BATTERY,
        HeadsetState.PLAYING,
        HeadsetState.PAUSED,
    }
)
"""A headset that sleeps wakes by itself; one that is low on battery plays as long as it lasts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KitNow:
    """The whole suitcase at this moment.

    Attributes:
        headsets: By number.
        film: The film of the session.
        position_s: Where the group's film is.
        spread_ms: Largest distance between two playing headsets at the last look; None: fewer than two play.
        starts_in_s: Until the common start, while it is near (``FilmStage.STARTING``).
        at_stop_s: The stop-point at which the film stands by itself, seconds of film; None: at none.
        volume_percent: As it was set for all.
        stopping: *Stopp alt* is under way: those that are ``not_dark`` may still answer.
    """

    kit_id: KitId | None = None
    headsets: tuple[HeadsetNow, ...] = ()
    film: Sha256 | None = None
    stage: FilmStage = FilmStage.NONE
    length_s: float = 0.0
    position_s: float = 0.0
    spread_ms: float | None = None
    starts_in_s: float = 0.0
    at_stop_s: float | None = None
    volume_percent: int = 60
    stopping: bool = False

    @property
    def ready_count(self) -> int:
        """How many headsets can take part in the film."""
        return sum(headset.is_ready for headset in self.headsets)

    @property
    def filling(self) -> FillingTotal | None:
        """How far all are together to which something is on its way; None: nothing is, to nobody."""
        under_way = [one.transfer for one in self.headsets if one.transfer is not None]
        if not under_way:
            return None
        return FillingTotal.of((one.done_bytes, one.whole_bytes, one.bytes_per_s) for one in under_way)
