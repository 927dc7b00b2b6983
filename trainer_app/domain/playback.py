"""Playing together: how a film is started, and the receipt of how well a group has kept together.

Terms: the *spread* is that of ``tracks``. The *start error* of a headset is the instant at which its position
passed ``from`` + 100 ms, less the planned one. The *start spread* is the largest minus the smallest start
error.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING

from trainer_app.domain.absences import Absence, lost
from trainer_app.domain.headset_state import PlayMode
from trainer_app.domain.histories import History
from trainer_app.domain.seen_picture import SeenPicture
from trainer_app.domain.spread import Percentiles, SpreadLog

if TYPE_CHECKING:
    from trainer_app.domain.films import Film

LEAD_S = 2.0
"""From the order to the start in all headsets: time for it to reach all and for the players to get set."""

CHANGE_S = 3.0
"""From the end of a film to the start of the one that follows by itself."""

START_MARK_S = 0.1
"""The start is judged when the position has moved so far: a first frame alone proves no movement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How a film goes on by itself once it has been started, without a word from anybody.

    Attributes:
        plan_id: By which the film that runs is known again after a restart of this program; empty: any.
        stops_s: Stop-points, seconds of film: there it stands still until somebody goes on.
        then: Films that follow one another behind it.
        loops: After the last one it begins again.
    """

    plan_id: str = ""
    stops_s: tuple[float, ...] = ()
    then: tuple[Film, ...] = ()
    loops: bool = False

    def lasts_s(self, film: Film, from_s: float) -> float:
        """From a start of this film to the end of the last one; what stands at stop-points comes to it."""
        if self.loops:
            return inf
        following = sum(CHANGE_S + each.probe.duration_s for each in self.then)
        return film.probe.duration_s - from_s + following


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadsetReceipt:
    """What one headset contributed.

    Attributes:
        clock_offset_ms: Headset clock minus laptop clock at ``clock_at_ns``.
        clock_uncertainty_ms: The true offset differs by no more than this.
        clock_drift_ppm: Growth of the offset, microseconds a second.
        clock_at_ns: The laptop instant the offset belongs to.
        start_error_ms: None when this headset never started.
        corrections: Changes of rate and seeks of the drift control.
        seeks: Of those, seeks.
        stalls: Times the decoder ran dry.
        absences_s: Spans in which nothing was heard of the headset, seconds from the start.
        play_mode: How it played.
        absences: All spans in which its wearer did not see the film, in order; of a receipt that was made
            before causes were noted, see :attr:`away`.
        ahead: How far it was from the middle of the group; None: it was alone, or nobody has noted it.
        picture: What the eye got to see; None: nobody has noted it.
    """

    serial: str
    number: int
    clock_offset_ms: float
    clock_uncertainty_ms: float
    clock_drift_ppm: float
    clock_at_ns: int
    start_error_ms: float | None
    corrections: int
    seeks: int
    stalls: int
    absences_s: tuple[tuple[float, float], ...] = ()
    play_mode: PlayMode = PlayMode.VR
    absences: tuple[Absence, ...] = ()
    ahead: History | None = None
    picture: SeenPicture | None = None

    @property
    def away(self) -> tuple[Absence, ...]:
        """The spans in which its wearer did not see the film, with what is known of their causes."""
        return self.absences or tuple(lost(self.absences_s))


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsynchronised:
    """A headset that showed the film in its own player, from its beginning and by itself.

    Attributes:
        accepted_s: When it took the order to begin, seconds from the planned start; None: it never did. When
            its picture began nobody knows.
        joined_late: The common start was without it, or was not at the film's beginning.
    """

    serial: str
    number: int
    accepted_s: float | None = None
    joined_late: bool = False

    @property
    def story(self) -> str:
        """How it went, as the ending of a text's key."""
        if self.accepted_s is None:
            return "own_player.never"
        return "own_player.late" if self.joined_late else "own_player"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """How well a group played together.

    Attributes:
        headsets: Those that kept together; only they count in the spreads.
        pauses_s: Spans in which the film stood still on purpose, seconds from the start.
        unsynchronised: Those that showed the film by themselves.
        spread: The spread over time; None: fewer than two played, or nobody has noted it.
    """

    film_sha256: str
    start_spread_ms: float | None
    spread_ms: Percentiles | None
    instants: int
    headsets: tuple[HeadsetReceipt, ...]
    pauses_s: tuple[tuple[float, float], ...] = ()
    unsynchronised: tuple[Unsynchronised, ...] = ()
    spread: History | None = None

    @property
    def paused_s(self) -> float:
        """All pauses together."""
        return sum(end - begin for begin, end in self.pauses_s)


def make_receipt(
    film_sha256: str,
    headsets: Sequence[HeadsetReceipt],
    spread: SpreadLog,
    pauses_s: tuple[tuple[float, float], ...] = (),
) -> Receipt:
    """Put the receipt of a playback together.

    Args:
        film_sha256: The film's.
        headsets: What each has contributed.
        spread: How far apart they were.
        pauses_s: Spans in which the film stood still on purpose, seconds from the start.
    """
    errors = [h.start_error_ms for h in headsets if h.start_error_ms is not None]
    return Receipt(
        film_sha256=film_sha256,
        start_spread_ms=max(errors) - min(errors) if len(errors) >= 2 else None,
        spread_ms=spread.distribution.percentiles(),
        instants=spread.distribution.count,
        headsets=tuple(replace(one, ahead=spread.ahead(one.serial)) for one in headsets),
        pauses_s=pauses_s,
        spread=spread.over_time(),
    )
