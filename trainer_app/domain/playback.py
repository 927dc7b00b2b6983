"""Playing together: the receipt, and how it is computed from what the headsets reported.

Terms: the *spread* at an instant is the largest minus the smallest media position of all headsets that play
at that instant, taken every 100 ms. The *start error* of a headset is the instant at which its position
passed ``from`` + 100 ms, less the planned one. The *start spread* is the largest minus the smallest start
error. All instants are the laptop's monotonic clock, nanoseconds.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import compress
from math import inf
from statistics import median
from typing import TYPE_CHECKING, overload

from trainer_app.domain.absences import Absence, lost
from trainer_app.domain.headset_state import PlayMode
from trainer_app.domain.histories import History, history_of
from trainer_app.domain.seen_picture import SeenPicture

if TYPE_CHECKING:
    from trainer_app.domain.films import Film

LEAD_S = 2.0
"""From the order to the start in all headsets: time for it to reach all and for the players to get set."""

CHANGE_S = 3.0
"""From the end of a film to the start of the one that follows by itself."""

INSTANT_NS = 100_000_000
"""The spread is taken every 100 ms."""

START_MARK_S = 0.1
"""The start is judged when the position has moved so far: a first frame alone proves no movement."""

_LONGEST_GAP_NS = 500_000_000
"""Between two reports further apart than this, nothing is known of the position."""

_UNHEARD_NS = 1_000_000_000
"""And further apart than this, the headset was out of contact meanwhile."""


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
class Sample:
    """A media position while the film was playing: laptop instant and seconds of film."""

    at_ns: int
    position_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Percentiles:
    """Of the spread, milliseconds."""

    p50: float
    p95: float
    p99: float
    max: float


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


class Samples(Sequence[Sample]):
    """Positions in the order in which they were added, 16 bytes each: a long film has tens of thousands."""

    __slots__ = ("at_ns", "position_s")

    def __init__(self, given: Iterable[Sample] = ()) -> None:
        self.at_ns = array("q")
        self.position_s = array("d")
        for sample in given:
            self.append(sample)

    @classmethod
    def of(cls, at_ns: Iterable[int], position_s: Iterable[float]) -> Samples:
        """Of instants and positions side by side: without a :class:`Sample` for each of tens of thousands."""
        made = cls()
        made.at_ns.extend(at_ns)
        made.position_s.extend(position_s)
        return made

    def append(self, sample: Sample) -> None:
        """Add one."""
        self.at_ns.append(sample.at_ns)
        self.position_s.append(sample.position_s)

    def __len__(self) -> int:
        return len(self.at_ns)

    @overload
    def __getitem__(self, index: int) -> Sample: ...

    @overload
    def __getitem__(self, index: slice) -> list[Sample]: ...

    def __getitem__(self, index: int | slice) -> Sample | list[Sample]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        return Sample(at_ns=self.at_ns[index], position_s=self.position_s[index])


@dataclass(slots=True)
class Track:
    """The reports of one headset during a playback, in the order they came.

    Attributes:
        samples: Its positions while the film ran.
        heard_ns: Spans in which it was heard, also while it waited or was paused: begin, end, begin, end, …
    """

    samples: Samples = field(default_factory=Samples)
    heard_ns: array[int] = field(default_factory=lambda: array("q"))

    def add(self, sample: Sample) -> bool:
        """Add a position; one that is not newer than the last is dropped, and the answer is False."""
        self.hear(sample.at_ns)
        is_newer = not self.samples or sample.at_ns > self.samples.at_ns[-1]
        if is_newer:
            self.samples.append(sample)
        return is_newer

    def hear(self, at_ns: int) -> None:
        """Note that the headset was heard."""
        if self.heard_ns and at_ns - self.heard_ns[-1] <= _UNHEARD_NS:
            self.heard_ns[-1] = max(at_ns, self.heard_ns[-1])
        else:
            self.heard_ns.extend((at_ns, at_ns))

    def positions_at(self, instants_ns: Iterable[int]) -> Iterator[float | None]:
        """Positions between two reports by a straight line; None where nothing is known.

        The instants ascend, so that one walk along the reports finds them all.
        """
        samples, after = self.samples, 0
        for at_ns in instants_ns:
            while after < len(samples) and samples.at_ns[after] <= at_ns:
                after += 1
            known = 0 < after < len(samples)
            yield _between(samples[after - 1], samples[after], at_ns) if known else None

    def outside(self, spans_ns: Sequence[tuple[int, int]]) -> Track:
        """The same without the positions reported in some spans: while a film is moved, it is nowhere."""
        at_ns, position_s = self.samples.at_ns, self.samples.position_s
        kept = array("b", (not any(begin <= at < end for begin, end in spans_ns) for at in at_ns))
        samples = Samples.of(compress(at_ns, kept), compress(position_s, kept))
        return Track(samples=samples, heard_ns=self.heard_ns)

    def absences(
        self, start_ns: int, end_ns: int, *, since_ns: int | None = None
    ) -> tuple[tuple[float, float], ...]:
        """Spans without a report, seconds from ``start_ns``, until ``end_ns``.

        ``since_ns``: nobody has listened before; None: from the start on.
        """
        since_ns = start_ns if since_ns is None else since_ns
        silences = zip([since_ns, *self.heard_ns[1::2]], [*self.heard_ns[::2], end_ns], strict=True)
        cut = ((max(a, since_ns), min(b, end_ns)) for a, b in silences)
        return tuple(((a - start_ns) * 1e-9, (b - start_ns) * 1e-9) for a, b in cut if b - a > _UNHEARD_NS)


def _between(before: Sample, behind: Sample, at_ns: int) -> float | None:
    gap = behind.at_ns - before.at_ns
    if gap > _LONGEST_GAP_NS:
        return None
    share = (at_ns - before.at_ns) / gap
    return before.position_s + (behind.position_s - before.position_s) * share


def together(tracks: Mapping[str, Track]) -> Iterator[tuple[int, dict[str, float]]]:
    """Every 100 ms at which at least two headsets play, and their positions in the film, seconds."""
    tracks = {serial: track for serial, track in tracks.items() if track.samples}
    if len(tracks) < 2:
        return
    first = min(track.samples[0].at_ns for track in tracks.values())
    last = max(track.samples[-1].at_ns for track in tracks.values())
    instants_ns = range(-(-first // INSTANT_NS) * INSTANT_NS, last + 1, INSTANT_NS)
    columns = (track.positions_at(instants_ns) for track in tracks.values())
    for at_ns, row in zip(instants_ns, zip(*columns, strict=True), strict=True):
        known = {serial: at_s for serial, at_s in zip(tracks, row, strict=True) if at_s is not None}
        if len(known) >= 2:
            yield at_ns, known


def spread_ms(positions_s: Mapping[str, float]) -> float:
    """Of positions at one instant."""
    return (max(positions_s.values()) - min(positions_s.values())) * 1e3


def percentiles(values: Sequence[float]) -> Percentiles | None:
    """Nearest-rank percentiles; None of nothing."""
    if not values:
        return None
    ordered = sorted(values)

    def rank(percent: int) -> float:
        return ordered[max(0, -(-percent * len(ordered) // 100) - 1)]

    return Percentiles(p50=rank(50), p95=rank(95), p99=rank(99), max=ordered[-1])


def make_receipt(
    film_sha256: str,
    headsets: Sequence[HeadsetReceipt],
    tracks: Mapping[str, Track],
    pauses_s: tuple[tuple[float, float], ...] = (),
    *,
    start_ns: int = 0,
) -> Receipt:
    """Put the receipt of a playback together.

    Args:
        film_sha256: The film's.
        headsets: What each has contributed.
        tracks: By serial.
        pauses_s: Spans in which the film stood still on purpose, seconds from the start.
        start_ns: The common start, from which times are counted.
    """
    errors = [h.start_error_ms for h in headsets if h.start_error_ms is not None]
    instants = list(together(tracks))
    spreads = [spread_ms(positions_s) for _, positions_s in instants]
    seconds = [(at_ns - start_ns) * 1e-9 for at_ns, _ in instants]
    return Receipt(
        film_sha256=film_sha256,
        start_spread_ms=max(errors) - min(errors) if len(errors) >= 2 else None,
        spread_ms=percentiles(spreads),
        instants=len(spreads),
        headsets=_with_histories(headsets, seconds, [positions_s for _, positions_s in instants]),
        pauses_s=pauses_s,
        spread=history_of(zip(seconds, spreads, strict=True)),
    )


def _with_histories(
    headsets: Iterable[HeadsetReceipt], seconds: Sequence[float], positions_s: Sequence[Mapping[str, float]]
) -> tuple[HeadsetReceipt, ...]:
    """How far each was from the middle of those that played at each instant."""
    middles = [median(each.values()) for each in positions_s]

    def ahead(serial: str) -> Iterator[tuple[float, float]]:
        for at_s, each, middle in zip(seconds, positions_s, middles, strict=True):
            if serial in each:
                yield at_s, (each[serial] - middle) * 1e3

    return tuple(replace(one, ahead=history_of(ahead(one.serial))) for one in headsets)
