"""What a headset tile says in each state: word, icon, tone, cause, next step, button. Knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from trainer_app.domain.headset_state import Awaited, PlayMode
from trainer_app.domain.headset_state import HeadsetState as S
from trainer_app.looks.tokens import Tone
from trainer_app.texts.catalogue import Texts

_MB, _GB = 1e6, 1e9


@dataclass(frozen=True, slots=True, kw_only=True)
class TileFacts:
    """What is known of a headset besides its state; each state needs its own few.

    Attributes:
        battery_percent: None is "not known".
        play_mode: Shown in the foot; None leaves the foot out.
        last_contact: A time of day as people read it ("12.31").
        done_bytes: Sent of the film.
        whole_bytes: Of the film.
        is_program: It is no film that is sent, but the program that a headset needs once.
        seconds: Left (getting ready), taken off for, or played before the fault.
        lasts_min: What the battery lasts.
        session_min: What the session takes.
        on_its_own: It plays on while its link is lost.
        awaited: What whoever wears it has to do before its film is in VR.
        started_elsewhere: Its film was started by a former run of the program, or by another computer.
        others_paused: The film is paused for all that can pause it.
        checks: What was found in order, instead of cause and next step (before the start).
        shows_how: With the picture of the headset's question instead of the button.
    """

    battery_percent: int | None = None
    charging: bool = False
    play_mode: PlayMode | None = None
    last_contact: str = ""
    done_bytes: int = 0
    whole_bytes: int = 0
    is_program: bool = False
    seconds: int = 0
    position_s: float = 0.0
    length_s: float = 0.0
    volume_percent: int = 60
    lasts_min: int = 0
    session_min: int = 0
    free_bytes: int = 0
    on_its_own: bool = False
    awaited: Awaited | None = None
    started_elsewhere: bool = False
    others_paused: bool = False
    checks: tuple[str, ...] = ()
    shows_how: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """Icon and tone of a state; ``urgent`` means that the next step is somebody's to take."""

    icon: str
    tone: Tone
    urgent: bool = False


SIGNS: Mapping[S, Sign] = MappingProxyType(
    {
        S.NOT_CONNECTED: Sign(icon="link-break", tone=Tone.NEUTRAL, urgent=True),
        S.NOT_AUTHORISED: Sign(icon="shield-warning", tone=Tone.ATTENTION, urgent=True),
        S.ASLEEP: Sign(icon="moon", tone=Tone.NEUTRAL),
        S.GETTING_READY: Sign(icon="download-simple", tone=Tone.ACCENT),
        S.READY: Sign(icon="check-circle", tone=Tone.OK),
        S.PLAYING: Sign(icon="play", tone=Tone.OK),
        S.PAUSED: Sign(icon="pause", tone=Tone.NEUTRAL),
        S.TAKEN_OFF: Sign(icon="hand-palm", tone=Tone.ATTENTION, urgent=True),
        S.LOW_BATTERY: Sign(icon="battery-low", tone=Tone.ATTENTION, urgent=True),
        S.STORAGE_FULL: Sign(icon="hard-drives", tone=Tone.ATTENTION, urgent=True),
        S.FAULT: Sign(icon="warning-octagon", tone=Tone.DANGER, urgent=True),
    }
)


_BEFORE_FILM = (S.READY, S.ASLEEP, S.LOW_BATTERY, S.GETTING_READY)
"""States in which a headset may wait for its wearer; in all others something else comes first."""


_OWN_CAUSES = (S.READY, S.PLAYING)
"""States in which a headset that shows films in its own player has something else to say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foot:
    """The last line of a tile: the play mode, or what happens by itself."""

    icon: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TileWords:
    """A tile in words.

    Attributes:
        button: None where there is nothing to press.
        progress: 0 to 1; None where there is no bar.
        short_cause: For the strip of the run screen; empty where the battery is shown instead.
    """

    word: str
    cause: str
    step: str
    button: str | None
    progress: float | None
    short_cause: str
    sign: Sign
    foot: Foot | None

    @property
    def spoken(self) -> str:
        """All of it in a row, for screen readers."""
        return " ".join((f"{self.word}.", self.cause, self.step))


def tile_words(state: S, facts: TileFacts, texts: Texts) -> TileWords:
    """Put a headset's state into words."""
    if facts.awaited is not None and state in _BEFORE_FILM:
        return _awaiting(facts.awaited, facts, texts)
    key = f"looks.tile.{state.value}"
    values = _values(facts, texts)
    return TileWords(
        word=_optional(f"{key}.word", texts, values) or texts(f"headset.state.{state.value}"),
        cause=_cause(state, facts, texts, values),
        step=_optional(f"{key}.step", texts, values) or texts("looks.tile.nothing_to_do"),
        button=None if facts.shows_how else _optional(f"{key}.button", texts, values),
        progress=_progress(state, facts),
        short_cause=_short_cause(state, facts, texts),
        sign=SIGNS[state],
        foot=_foot(facts, texts),
    )


def _awaiting(awaited: Awaited, facts: TileFacts, texts: Texts) -> TileWords:
    """Its browser waits for whoever wears it: no state of the headset, and no fault."""
    key = f"looks.tile.awaited.{awaited.value}"
    return TileWords(
        word=texts(f"{key}.word"),
        cause=texts(f"{key}.cause"),
        step=texts(f"{key}.step"),
        button=None,
        progress=None,
        short_cause=texts(f"{key}.short"),
        sign=Sign(icon="hand-pointing", tone=Tone.ATTENTION, urgent=True),
        foot=_foot(facts, texts),
    )


def battery_icon(percent: int | None, *, charging: bool) -> str:
    """The icon of a battery's charge."""
    if percent is None:
        return "battery-empty"
    if charging:
        return "battery-charging"
    steps = (
        (85, "battery-full"),
        (55, "battery-high"),
        (30, "battery-medium"),
        (5, "battery-low"),
    )
    return next((icon for least, icon in steps if percent >= least), "battery-empty")


def battery_name(percent: int | None, *, charging: bool, texts: Texts) -> str:
    """A battery for screen readers."""
    if percent is None:
        return texts("looks.battery.name_unknown")
    return texts("looks.battery.charging" if charging else "looks.battery.name", percent=percent)


def _values(facts: TileFacts, texts: Texts) -> dict[str, object]:
    whole = facts.whole_bytes
    return {
        "contact": facts.last_contact,
        "percent": _percent(facts),
        "done": _amount(facts.done_bytes, whole, texts, with_unit=False),
        "whole": _amount(whole, whole, texts),
        "free": _amount(facts.free_bytes, whole, texts),
        "seconds": facts.seconds,
        "position": facts.position_s,
        "length": facts.length_s,
        "volume": facts.volume_percent,
        "lasts": facts.lasts_min,
        "session": facts.session_min,
    }


def _percent(facts: TileFacts) -> int:
    """Rounded down: 100 % means that all is there."""
    return facts.done_bytes * 100 // facts.whole_bytes if facts.whole_bytes else 0


def _amount(count: int, whole: int, texts: Texts, *, with_unit: bool = True) -> str:
    """Bytes in the unit of the film they belong to ("1,3 av 2,1 GB", "0,8 GB er ledig")."""
    big = whole >= _GB
    number = texts("looks.gigabytes" if big else "looks.megabytes", count=count / (_GB if big else _MB))
    return f"{number}\N{NO-BREAK SPACE}{'GB' if big else 'MB'}" if with_unit else number


def _cause(state: S, facts: TileFacts, texts: Texts, values: Mapping[str, object]) -> str:
    if state is S.PLAYING and facts.on_its_own:
        return texts("looks.tile.plays_alone", contact=facts.last_contact)
    if state in (S.PLAYING, S.PAUSED) and facts.started_elsewhere:
        return texts("looks.tile.started_elsewhere")
    if state is S.GETTING_READY and facts.is_program:
        return texts("looks.tile.outfitting", **values)
    if facts.play_mode is PlayMode.MANUAL and state in _OWN_CAUSES:
        paused = ".paused" if state is S.PLAYING and facts.others_paused else ""
        return texts(f"looks.tile.own_player.{state.value}{paused}", **values)
    return texts(f"looks.tile.{state.value}.cause", **values)


def _short_cause(state: S, facts: TileFacts, texts: Texts) -> str:
    if state in (S.PLAYING, S.PAUSED) and facts.on_its_own:
        return texts("looks.strip.no_contact")
    if state in (S.PLAYING, S.PAUSED) and facts.started_elsewhere:
        return texts("looks.strip.started_elsewhere")
    if state is S.TAKEN_OFF:
        return texts("looks.strip.off_for", seconds=facts.seconds)
    if state is S.PLAYING and facts.play_mode is PlayMode.MANUAL:
        return texts("looks.strip.not_in_step")
    return ""


def _foot(facts: TileFacts, texts: Texts) -> Foot | None:
    if facts.shows_how:
        return Foot(icon="arrow-clockwise", words=texts("looks.tile.retries"))
    if facts.play_mode is None:
        return None
    return Foot(icon="broadcast", words=texts(f"headset.mode.{facts.play_mode.value}"))


def _optional(key: str, texts: Texts, values: Mapping[str, object]) -> str | None:
    known = texts.keys()
    return texts(key, **values) if key in known else None


def _progress(state: S, facts: TileFacts) -> float | None:
    if state is S.GETTING_READY:
        return facts.done_bytes / facts.whole_bytes if facts.whole_bytes else 0.0
    if state is S.PLAYING:
        return min(1.0, facts.position_s / facts.length_s) if facts.length_s else 0.0
    return None
