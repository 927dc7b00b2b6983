"""Five headsets behind a bad Wi-Fi while things go wrong: how soon are all together again, seen from outside?

    python3 dev.py bench disturbances [--players chromium|simulated] [--link wifi|clean] [--library DIR]
        [--only WHAT]

The rig is that of ``bench sync``, and so are its needs; the laptop looks after the suitcase as the app does.
One after the other: a player is frozen for 2 s, an agent killed, a link cut for 10 s, the laptop killed for
20 s and started again (the new one takes the film over: ``led_after_s``), a headset taken off for 15 s (its
screen is off, its VR session hidden, and the browser pauses the film, again and again), the page of one
hidden for 10 s (something else is in front of it, and it draws nothing), and another program takes all it
gets of the processor in the namespace of one for 5 s (a namespace has no processor of its own: all headsets
feel it).

``back_after_s`` counts from the end of a disturbance (the death itself, where something is killed for good)
until all five play within 10 ms of one another for good; null: they did not within the 8 s that were looked
at. ``worst_ms`` is the spread of those that played, ``apart_ms`` that of all five over the last second.

Exit 1 when one takes more than 4 s.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter_ns
from typing import Any

import psutil

from benchmarks._at_home import HEADSETS, LINKS, Stocked, bring, measured, stock, words_for
from benchmarks._seen import Instant, instants
from headset_agent.devtools import DevTools
from tests.e2e.commands import Desk
from tests.e2e.outside import Watch, all_seen, watching
from tests.rig.lab import BLIND, SIMULATED, Lab, Process

TOGETHER_MS = 10.0
PROMISED_S = 4.0
LENGTH_S = 220.0
_SETTLE_S = 8.0
_LOOKED_FOR_S = 8.0
_STAYS_NS = 1_000_000_000
_FETCHED_NS = 600_000_000
"""By then every page has told of its last looks."""

_PAGE = "http://127."
_TAKEN_OFF = """(() => {
  virtualHeadset.device.updateVisibilityState('hidden');
  globalThis.takenOff = setInterval(() => document.querySelector('video').pause(), 50);
})()"""
_PUT_ON = """(() => {
  clearInterval(globalThis.takenOff);
  virtualHeadset.device.updateVisibilityState('visible');
})()"""

Suffer = Callable[[], Awaitable[None]]


@dataclass(slots=True)
class Scene:
    """A film that plays."""

    lab: Lab
    watches: list[Watch]
    lead: Callable[..., Awaitable[Process]]
    leader: Process
    record: dict[str, Any]
    taking_over: asyncio.Task[dict[str, Any]] | None = None

    async def freeze(self) -> None:
        """The first player stands still."""
        frozen = _players(self.lab.pids[1])
        for process in frozen:
            process.suspend()
        await asyncio.sleep(2.0)
        for process in frozen:
            process.resume()

    async def kill_agent(self) -> None:
        """The second headset's program dies."""
        self.lab.tell(2, "fault agent-killed")

    async def cut(self) -> None:
        """Nothing reaches the third headset any more, and nothing leaves it."""
        await self.lab.cut(3)
        await asyncio.sleep(10.0)
        await self.lab.mend(3)

    async def kill_laptop(self) -> None:
        """The program that leads dies; another one begins."""
        self.leader.kill()
        await asyncio.sleep(20.0)
        self.leader = await self.lead("--again", json.dumps(self.record))
        self.taking_over = asyncio.create_task(self._take_over())

    async def _take_over(self) -> dict[str, Any]:
        began_ns = perf_counter_ns()
        assert (await self.leader.answer()) == {"led": True}
        return {"led_after_s": round((perf_counter_ns() - began_ns) / 1e9, 1)}

    async def take_off(self) -> None:
        """Nobody wears the fourth headset."""
        self.lab.tell(4, "fault asleep")
        await self._told(4, _TAKEN_OFF)
        await asyncio.sleep(15.0)
        await self._told(4, _PUT_ON)
        self.lab.tell(4, "heal asleep")

    async def hide(self) -> None:
        """Something else comes in front of the first headset's page; one that is simulated has none."""
        devtools = self.lab.headsets[0].devtools
        if devtools is not None:
            async with DevTools(f"tcp:{devtools}") as browser, await browser.page(_PAGE, timeout=5.0) as page:
                other = await browser.open("about:blank")
                await (await browser.browser()).send("Target.activateTarget", {"targetId": other.id})
                assert await page.evaluate("document.hidden")
                await asyncio.sleep(10.0)
                await browser.close_target(other)
                await page.bring_to_front()

    async def _told(self, number: int, script: str) -> None:
        """Do to a headset's page what its browser would; one that is simulated has none."""
        devtools = self.lab.headsets[number - 1].devtools
        if devtools is not None:
            async with DevTools(f"tcp:{devtools}") as browser, await browser.page(_PAGE, timeout=5.0) as page:
                await page.evaluate(script)

    async def load(self) -> None:
        """In the fifth one's namespace somebody computes."""
        busy = await asyncio.create_subprocess_exec(*self.lab.beside(5), "sh", "-c", "while :; do :; done")
        await asyncio.sleep(5.0)
        busy.kill()
        await busy.wait()

    async def judged(self, what: str, suffer: Suffer) -> dict[str, Any]:
        """Let it happen, and look how it goes on."""
        began_ns = perf_counter_ns()
        await suffer()
        ended_ns = began_ns if what == "kill_agent" else perf_counter_ns()
        await asyncio.sleep(_LOOKED_FOR_S)
        led = {} if self.taking_over is None else await self.taking_over
        self.taking_over = None
        return {
            "what": what,
            "lasted_s": round((ended_ns - began_ns) / 1e9, 1),
            **led,
            **self._found(began_ns, ended_ns),
        }

    def _found(self, began_ns: int, ended_ns: int) -> dict[str, Any]:
        known_ns = perf_counter_ns() - _FETCHED_NS
        since = [i for i in instants(self.watches) if began_ns <= i.at_ns <= known_ns]
        back_ns = back_together_ns([instant for instant in since if instant.at_ns >= ended_ns])
        last = [instant.spread_ms for instant in since[-10:] if _are_all(instant)]
        return {
            "worst_ms": round(max((i.spread_ms for i in since if i.positions), default=0.0), 1),
            "apart_ms": round(max(last), 1) if last else None,
            "back_after_s": None if back_ns is None else round((back_ns - ended_ns) / 1e9, 1),
        }


def _are_all(instant: Instant) -> bool:
    return len(instant.positions) == HEADSETS


def back_together_ns(since: Sequence[Instant]) -> int | None:
    """The instant from which on all are together to the end, when that lasts long enough."""
    back: int | None = None
    for instant in since:
        if not (_are_all(instant) and instant.spread_ms <= TOGETHER_MS):
            back = None
        elif back is None:
            back = instant.at_ns
    return back if back is not None and since[-1].at_ns - back >= _STAYS_NS else None


def _players(pid: int) -> list[psutil.Process]:
    """The pages of a headset; where it has none, all of it."""
    headset = psutil.Process(pid)
    pages = [p for p in headset.children(recursive=True) if "--type=renderer" in p.cmdline()]
    return pages or [headset]


@contextlib.asynccontextmanager
async def playing(lab: Lab, film: Stocked) -> AsyncIterator[Scene]:
    """Have the film play everywhere, led by a laptop that looks after it."""
    command = (
        *lab.through_laptop,
        sys.executable,
        "-m",
        "benchmarks._leader",
        str(film.path),
        str(film.length_s),
    )

    async def lead(*more: str) -> Process:
        leader = await Process.start(*command, *lab.addresses, *more)
        await leader.answer()
        return leader

    async with watching(lab.headsets, again=True) as watches:
        leader = await lead()
        leader.tell("start")
        scene = Scene(lab, watches, lead, leader, (await leader.answer())["started"])
        try:
            await all_seen(watches, playing=True)
            await asyncio.sleep(_SETTLE_S)
            yield scene
        finally:
            await scene.leader.end()


async def measure(asked: argparse.Namespace, library: Path) -> dict[str, Any]:
    """One disturbance after the other."""
    film = await stock(library, LENGTH_S)
    player = SIMULATED if asked.players == SIMULATED else BLIND
    async with Lab((player,) * HEADSETS) as lab:
        await bring(lab, Desk(library, through=lab.through_laptop), film, LINKS[asked.link])
        async with playing(lab, film) as scene:
            wanted = (
                scene.freeze,
                scene.kill_agent,
                scene.load,
                scene.cut,
                scene.take_off,
                scene.hide,
                scene.kill_laptop,
            )
            found = [
                await scene.judged(suffer.__name__, suffer)
                for suffer in wanted
                if asked.only in (None, suffer.__name__)
            ]
    late = [
        each["what"] for each in found if each["back_after_s"] is None or each["back_after_s"] > PROMISED_S
    ]
    return {"players": asked.players, "link": asked.link, "found": found, "late": late}


def main() -> int:
    """Run it."""
    words = words_for("disturbances")
    words.add_argument("--only", help="one of them, by its name in what is printed")
    found = measured(words.parse_args(), measure)
    print(json.dumps(found, indent=1))
    return 1 if found["late"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
