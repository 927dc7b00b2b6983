"""A place of the suitcase: what is known of the headset that belongs there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from trainer_app.domain.battery import Drain
from trainer_app.domain.errors import TrainerError
from trainer_app.domain.films import Film
from trainer_app.domain.headset_state import HeadsetFacts, PlayMode, Showing
from trainer_app.domain.kits import Headset
from trainer_app.domain.live_kit import Gaze, Transfer
from trainer_app.domain.playback_errors import VrEnded
from trainer_app.services.headset_port import ConnectedHeadset, Found, GroupNow, Place, PlayerNow
from trainer_app.services.live.keeping import Keeper


@dataclass(frozen=True, slots=True, kw_only=True)
class Alone:
    """A headset that nobody reaches goes on with the film by itself, from a laptop instant on."""

    since_ns: int
    position_s: float
    moving: bool

    @classmethod
    def by_itself(cls, now: GroupNow, at_ns: int) -> Self:
        """One that nobody reaches from a laptop instant on, at which the group was here."""
        since_ns = at_ns + round(now.starts_in_s * 1e9)
        return cls(since_ns=since_ns, position_s=now.position_s, moving=now.moving)

    def position_at(self, at_ns: int) -> float:
        """Where it is in the film, not minding the film's end."""
        return self.position_s + max(0, at_ns - self.since_ns) * 1e-9 * self.moving


@dataclass(slots=True, kw_only=True)
class InFilm:
    """What one playback knows of a headset that takes part.

    Attributes:
        player: What its player does; None: it is not in the group at the moment.
        problem: Why it is not.
        was_in: It has taken part since the start.
        again: Somebody has done something about its problem, or wants it to be tried again.
        next_try_ns: It is not taken in again before.
        failures: So many attempts in a row have met a fault of the headset.
        silent_since_ns: Since when its player says nothing.
        off_since_ns: Since when nobody wears it.
        was_in_vr: It has been seen in VR since the start.
        vr_ended: It has left VR though it is worn; ``out_of_vr_since_ns``: since when.
    """

    player: PlayerNow | None = None
    problem: TrainerError | None = None
    was_in: bool = False
    again: bool = False
    next_try_ns: int = 0
    failures: int = 0
    alone: Alone | None = None
    silent_since_ns: int | None = None
    off_since_ns: int | None = None
    was_in_vr: bool = False
    vr_ended: VrEnded | None = None
    out_of_vr_since_ns: int | None = None
    position_s: float = 0.0
    gaze: Gaze | None = None


@dataclass(slots=True, kw_only=True)
class Slot:
    """One number of the suitcase.

    Attributes:
        known: The headset that has this number; None: none was ever seen.
        keeper: Who tries to reach it.
        headset: While it is connected.
        on_wifi: It is on a cable, and has been met on the network as well since it was reached.
        rearming: It is being made ready for Wi-Fi again by itself; ``rearmed_at``: when that last came about,
            UTC; ``rearm_again_s``: not before that, by the laptop's clock.
        address_is_new: Somebody has typed the keeper's address, and nobody was reached there yet.
        waits: Somebody has to allow this computer in it.
        drain: How fast its battery gives out.
        needs_min: So long the session takes; what its battery has to last.
        fill_failures: So many attempts in a row to make it ready have met a fault; ``fill_again_s``: when the
            next one is due, by the laptop's clock.
        filling: It is being made ready; ``transfer`` while a film's bytes are on their way.
        outfitting: The program that it needs is on its way to it.
        unconfirmed: It is to be silent and dark, and has not said that it is; where it is if it plays on.
        looked_at: It has been asked what it shows, since it was reached.
        found: What it showed then, at the laptop instant ``found_ns``, started by a former run of the program
            or by somebody else. It is left alone until the film is started here, or stopped.
    """

    number: int
    known: Headset | None = None
    on_wifi: bool = False
    rearming: bool = False
    rearmed_at: datetime | None = None
    rearm_again_s: float = 0.0
    keeper: Keeper | None = None
    headset: ConnectedHeadset | None = None
    facts: HeadsetFacts | None = None
    drain: Drain = field(default_factory=Drain)
    address_is_new: bool = False
    waits: bool = False
    aside: bool = False
    link_problem: TrainerError | None = None
    fill_problem: TrainerError | None = None
    fill_failures: int = 0
    fill_again_s: float = 0.0
    needs_min: int = 0
    filling: bool = False
    transfer: Transfer | None = None
    outfitting: Transfer | None = None
    last_contact: datetime | None = None
    looked_at: bool = False
    found: Found = field(default_factory=Found)
    found_ns: int = 0
    in_film: InFilm = field(default_factory=InFilm)
    unconfirmed: Alone | None = None

    @property
    def shows_foreign_film(self) -> bool:
        """A film is on that was not started here."""
        return self.headset is not None and self.found.showing in (Showing.FILM, Showing.PAUSED_FILM)

    def foreign_position_at(self, at_ns: int) -> float:
        """Where that film is by now, seconds, not minding its end."""
        moving = self.found.showing is Showing.FILM
        return self.found.position_s + max(0, at_ns - self.found_ns) * 1e-9 * moving

    @property
    def can_play_alone(self) -> bool:
        """Its film goes on where nobody reaches it; one that comes through a cable is over with that."""
        return self.facts is None or self.facts.play_mode is not PlayMode.TETHERED

    @property
    def label(self) -> str:
        """How people know it: the number first, the serial second."""
        return f"{self.number} ({self.known.serial})" if self.known else str(self.number)

    @property
    def place(self) -> Place:
        """For those that speak to the connected headset."""
        assert self.headset is not None
        return Place(headset=self.headset, number=self.number)

    @property
    def problem(self) -> TrainerError | None:
        """What keeps it from taking part, the nearest cause first."""
        if self.headset is None:
            return self.link_problem
        return self.fill_problem or self.in_film.problem or self.in_film.vr_ended

    def has_film(self, film: Film | None) -> bool:
        """The film lies on it, verified."""
        return film is not None and self.facts is not None and film.sha256 in self.facts.films

    def has_checked(self, film: Film | None) -> bool:
        """Nothing speaks against its being the film."""
        return film is None or self.facts is None or film.sha256 not in self.facts.unchecked_films
