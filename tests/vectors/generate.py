"""Writes the golden vectors beside it that the page's JavaScript and the Python programs share.

Run it again after a change of policy: ``python3 -m tests.vectors.generate``. Everything in it follows from
the seeds and from arithmetic independent of the code under test.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path

FOLDER = Path(__file__).parent

HOUR_MS = 3_600_000.0


def exchange(at: float, offset: float, out: float, back: float, served: float = 0.02) -> list[float]:
    """t1..t4 of an exchange begun at page time ``at``; offset = agent - page; ways in ms."""
    return [at, at + out + offset, at + out + served + offset, at + out + served + back]


def clock_case(
    name: str, *, seed: int, offset: float, ppm: float, usual: float, spike: float
) -> dict[str, object]:
    """Sixty seconds of exchanges four times a second, a tenth of them late in one direction only."""
    dice = random.Random(seed)
    exchanges = []
    for number in range(240):
        at = 1_000.0 + number * 250.0
        out, back = (usual * (0.6 + dice.random()) for _ in range(2))
        if dice.random() < 0.1:
            out += spike * dice.random()
        exchanges.append(exchange(at, offset + at * ppm * 1e-6, out, back))
    now = exchanges[-1][3] + 100.0
    checks = [
        {"after": after, "now": at, "offset": offset + at * ppm * 1e-6, "limit": limit}
        for after, at, limit in (
            (10, exchanges[9][3] + 5.0, usual),
            (60, exchanges[59][3] + 5.0, usual / 2),
            (240, now, usual / 2),
        )
    ]
    return {"name": name, "exchanges": exchanges, "checks": checks, "steps": 0}


def stepped_case() -> dict[str, object]:
    """The agent starts again with a clock two hours behind."""
    before = [exchange(1_000.0 + n * 250.0, 5 * HOUR_MS, 0.4, 0.4) for n in range(20)]
    after = [exchange(6_000.0 + n * 250.0, 3 * HOUR_MS, 0.4, 0.4) for n in range(20)]
    check = {"after": 40, "now": 10_800.0, "offset": 3 * HOUR_MS, "limit": 0.4}
    return {"name": "a clock that was set anew", "exchanges": before + after, "checks": [check], "steps": 1}


def slightly_stepped_case() -> dict[str, object]:
    """Set by less than a round trip: the ways could as well have changed."""
    before = [exchange(1_000.0 + n * 250.0, HOUR_MS, 0.3, 5.0) for n in range(20)]
    after = [exchange(6_000.0 + n * 250.0, HOUR_MS + 3.0, 0.3, 5.0) for n in range(20)]
    checks = [
        {"after": many, "now": now, "offset": HOUR_MS + 3.0, "limit": 5.3}
        for many, now in ((21, 6_010.0), (28, 7_760.0), (40, 10_760.0))
    ]
    return {
        "name": "a clock that was set a little",
        "exchanges": before + after,
        "checks": checks,
        "steps": 0,
    }


def lopsided_case() -> dict[str, object]:
    """All of the way is on one side: no estimate can know, but the uncertainty must cover it."""
    exchanges = [exchange(1_000.0 + n * 250.0, -2 * HOUR_MS, 8.0, 0.2) for n in range(40)]
    check = {"after": 40, "now": 10_760.0, "offset": -2 * HOUR_MS, "limit": 4.2}
    return {
        "name": "a way that is long in one direction",
        "exchanges": exchanges,
        "checks": [check],
        "steps": 0,
    }


def clock() -> list[dict[str, object]]:
    """All cases of the clock estimate."""
    return [
        clock_case("quiet loopback, no drift", seed=1, offset=5 * HOUR_MS, ppm=0.0, usual=0.5, spike=4.0),
        clock_case("drift of 160 ppm", seed=2, offset=-7 * HOUR_MS, ppm=160.0, usual=0.6, spike=6.0),
        clock_case(
            "drift of -80 ppm, busy machine", seed=3, offset=123.456, ppm=-80.0, usual=4.0, spike=60.0
        ),
        lopsided_case(),
        stepped_case(),
        slightly_stepped_case(),
    ]


def timeline() -> dict[str, object]:
    """Positions by the plan's own definition: position + (t - anchor) / 1000 * rate, held before."""
    play = {"action": "play", "anchor_ms": 18_000_000.0, "position_s": 12.5, "rate": 1.00008}
    positions = [
        {"plan": play, "at_ms": 17_999_000.0, "position_s": 12.5, "line_s": 11.49992},
        {"plan": play, "at_ms": 18_000_000.0, "position_s": 12.5, "line_s": 12.5},
        {"plan": play, "at_ms": 18_010_000.0, "position_s": 22.5008, "line_s": 22.5008},
        {"plan": {**play, "action": "pause"}, "at_ms": 18_010_000.0, "position_s": 12.5, "line_s": 22.5008},
        {"plan": {**play, "action": "prepare"}, "at_ms": 18_010_000.0, "position_s": 12.5, "line_s": 22.5008},
    ]
    arrivals = [
        {"current": None, "incoming": ["a", 1], "verdict": "new"},
        {"current": ["a", 1], "incoming": ["a", 2], "verdict": "revised"},
        {"current": ["a", 2], "incoming": ["a", 2], "verdict": "stale"},
        {"current": ["a", 5], "incoming": ["a", 4], "verdict": "stale"},
        {"current": ["a", 5], "incoming": ["b", 1], "verdict": "new"},
    ]
    return {"positions": positions, "turns": turns(), "arrivals": arrivals}


def turns() -> list[dict[str, object]]:
    """What a line has come to: a stop-point, the next film, a later round; 3 s pass between two films."""
    plan = {
        "plan_id": "a",
        "revision": 4,
        "action": "play",
        "anchor_ms": 18_000_000.0,
        "position_s": 10.0,
        "rate": 1.0,
        "film": {"sha256": "first", "duration_s": 60.0, "stops_s": [10.0, 20.0, 60.0]},
        "film_url": "/first",
        "then": [{"sha256": "second", "duration_s": 5.0, "stops_s": []}],
        "then_urls": ["/second"],
        "loops": False,
    }
    past = {**plan, "position_s": 20.0}
    again = {**past, "loops": True}
    fast = {**past, "rate": 1.0001}
    cases: list[tuple[dict[str, object], float, tuple[str, str, float, float]]] = [
        (plan, 9.999, ("play", "/first", 0.0, 10.0)),
        (plan, 10.0, ("pause", "/first", 10.0, 20.0)),
        (plan, 3600.0, ("pause", "/first", 10.0, 20.0)),
        (past, 39.999, ("play", "/first", 0.0, 20.0)),
        (past, 40.0, ("play", "/second", 43.0, 0.0)),
        (past, 3600.0, ("play", "/second", 43.0, 0.0)),
        (again, 49.0, ("play", "/first", 51.0, 0.0)),
        (again, 3600.0, ("pause", "/first", 61.0, 10.0)),
        (fast, 50.0, ("play", "/second", 43 / 1.0001, 0.0)),
        ({**plan, "action": "pause"}, 3600.0, ("pause", "/first", 0.0, 10.0)),
    ]
    return [
        {
            "plan": plan,
            "at_ms": 18_000_000.0 + after_s * 1000,
            "action": action,
            "film_url": url,
            "anchor_ms": 18_000_000.0 + anchor_s * 1000,
            "position_s": position_s,
        }
        for plan, after_s, (action, url, anchor_s, position_s) in cases
    ]


def drift_case(
    name: str,
    *,
    seed: int,
    error: float = 0.5,
    ppm: float = 0.0,
    noise: float = 0.3,
    losses: Sequence[tuple[int, float]] = (),
    stalls: Sequence[tuple[int, float]] = (),
    setback: float = 20.0,
    stretched: int = 0,
    seeks: int = 0,
    ends: float = 6.0,
    back: int = 20_000,
    **expected: float,
) -> dict[str, object]:
    """A film that starts ``error`` ms off, drifts, loses time at instants, and is read with noise; in ms.

    It hears of a loss that is one of ``stalls``: there it has waited for data, and runs on. ``setback``: what
    the time stretcher costs it each time it is used, ``stretched`` times at most. ``back``: when it is within
    10 ms again, however the machine has disturbed it.
    """
    dice = random.Random(seed)
    readings = [round(dice.gauss(0.0, noise), 4) for _ in range(1_000)]
    given = {"name": name, "error": error, "ppm": ppm, "noise": readings, "losses": losses, "stalls": stalls}
    return {
        **given,
        "setback": setback,
        "stretched": stretched,
        "seeks": seeks,
        "ends": ends,
        "back": back,
        **expected,
    }


def lost_all_the_time(*, every_ms: int, ms: float) -> list[tuple[int, float]]:
    """As a browser does it that is short of time: a buffer of sound now and then."""
    return [(at, ms) for at in range(every_ms, 20_000, every_ms)]


def drift() -> dict[str, object]:
    """Closed loops: the film's media clock follows a change of rate 75 ms late, as measured in Chromium."""
    return {
        "delay_ms": 75,
        "tick_ms": 20,
        "cases": [*starts(), *losses()],
    }


def starts() -> list[dict[str, object]]:
    """Films that only begin badly, or drift."""
    return [
        drift_case("starts 12 ms late", seed=17, error=-12.0, settled=3, changes=2),
        drift_case("starts 25 ms late", seed=4, error=-25.0, stretched=1, settled=3, changes=2),
        drift_case("starts 18 ms early", seed=5, error=18.0, stretched=1, settled=3, changes=2),
        *[
            drift_case(
                f"starts 40 ms late, and the stretcher sets back by {setback} ms",
                seed=18 + round(setback),
                error=-40.0,
                setback=setback,
                stretched=2 if setback == 0.0 else 1,
                settled=8 if setback == 0.0 else 4,
                changes=3,
            )
            for setback in (0.0, 15.0, 25.0)
        ],
        drift_case("starts on time", seed=6, settled=3, changes=0),
        drift_case("a drift of 160 ppm", seed=7, error=0.0, ppm=160.0, settled=4, changes=2),
        drift_case("110 ms late", seed=12, error=-110.0, stretched=1, settled=10, changes=2),
        drift_case("a fifth of a second late", seed=10, error=-219.0, seeks=1, settled=3, changes=0),
        drift_case("half a second late", seed=9, error=-500.0, seeks=1, settled=3, changes=0),
        drift_case("a noisy media clock", seed=8, error=-10.0, ppm=-80.0, noise=4.0, settled=6, changes=6),
    ]


def losses() -> list[dict[str, object]]:
    """Films that lose time while they play."""
    steady = lost_all_the_time(every_ms=260, ms=21.0)
    bearable = lost_all_the_time(every_ms=1_000, ms=21.0)
    return [
        drift_case(
            "half a second lost", seed=11, losses=[(4_000, 500.0)], stretched=1, settled=521, changes=3
        ),
        # More than is sought away at a start, but this is none: a wearer is in the film.
        drift_case("waits for data", seed=16, stalls=[(4_000, 300.0)], stretched=1, settled=321, changes=3),
        drift_case(
            "more lost while little is made good",
            seed=13,
            losses=[(10_000, 22.0), (12_000, 60.0)],
            stretched=1,
            settled=101,
            changes=4,
        ),
        *[
            drift_case(
                f"{ms:.0f} ms lost",
                seed=20 + round(ms),
                losses=[(4_000, ms)],
                stretched=1 if ms > 25 else 0,
                settled=ms + 21,
                back=8_000,
                changes=3,
            )
            for ms in (24.0, 35.0)
        ],
        # The rate gives 5 % and 8 % are lost: in the end the film has to be moved, but not all the time.
        drift_case(
            "8 % lost", seed=14, losses=steady, seeks=2, stretched=3, settled=370, ends=370, changes=10
        ),
        # What the rate outruns is not worth a move.
        drift_case("2 % lost", seed=15, losses=bearable, stretched=7, settled=100, ends=100, changes=20),
    ]


def gaze() -> dict[str, object]:
    """Directions and what is told of them, by the meaning of the words right, up and behind."""
    vectors: list[dict[str, object]] = [
        {"vector": [0, 0, -1], "yaw_deg": 0.0, "pitch_deg": 0.0},
        {"vector": [1, 0, 0], "yaw_deg": 90.0, "pitch_deg": 0.0},
        {"vector": [-1, 0, 0], "yaw_deg": -90.0, "pitch_deg": 0.0},
        {"vector": [0, 0, 1], "yaw_deg": -180.0, "pitch_deg": 0.0},
        # At a pole every yaw is the same.
        {"vector": [0, 1, 0], "yaw_deg": None, "pitch_deg": 90.0},
        {"vector": [0, -1, 0], "yaw_deg": None, "pitch_deg": -90.0},
        {"vector": [0.6, 0.0, -0.8], "yaw_deg": 36.9, "pitch_deg": 0.0},
        {"vector": [0.0, -0.6, -0.8], "yaw_deg": 0.0, "pitch_deg": -36.9},
        {"vector": [-0.48, 0.6, 0.64], "yaw_deg": -143.1, "pitch_deg": 36.9},
        # Rounded, it is half a turn.
        {"vector": [0.0001, 0.0, 0.999999995], "yaw_deg": -180.0, "pitch_deg": 0.0},
    ]
    told = [
        {"visible": "visible", "is_told": True},
        {"visible": "visible-blurred", "is_told": True},
        {"visible": "hidden", "is_told": False},
        {"visible": None, "is_told": False},
    ]
    return {"vectors": vectors, "told": told}


def main() -> None:
    """Write all files."""
    for name, made in (("clock", clock()), ("timeline", timeline()), ("drift", drift()), ("gaze", gaze())):
        text = json.dumps(made, indent=1, ensure_ascii=False)
        (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
