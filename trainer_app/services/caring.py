"""Keeps headsets awake for a session, and lets them sleep when it is over."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractContextManager, ExitStack, asynccontextmanager, nullcontext

from trainer_app.domain.errors import TrainerError
from trainer_app.services.headset_port import ConnectedHeadset
from trainer_app.tasks import TaskKeeper

log = logging.getLogger(__name__)

AGAIN_S = 10.0
"""Between two words to a headset that it is still needed."""

_REST_S = 5.0
"""So long a program waits at its end; a headset that takes longer goes on by itself."""


class Caring:
    """Looks after whichever headsets a session has at the moment.

    That one cannot be kept awake is no problem of the session: it is tried again, and seen when it sleeps.
    """

    def __init__(
        self,
        headsets: Callable[[], Iterable[ConnectedHeadset]],
        tasks: TaskKeeper,
        again_s: float = AGAIN_S,
        laptop_awake: Callable[[], AbstractContextManager[object]] = nullcontext,
    ) -> None:
        """``laptop_awake``: in such a block the laptop itself does not go to sleep."""
        self._headsets = headsets
        self._tasks = tasks
        self._again_s = again_s
        self._laptop_awake = laptop_awake
        self._laptop = ExitStack()
        self._look = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._cared: dict[ConnectedHeadset, asyncio.Task[None]] = {}

    def begin(self) -> None:
        """A session begins, or goes on; headsets that come later are kept awake as well."""
        if self._task is None or self._task.done():
            self._laptop.enter_context(self._laptop_awake())
            self._task = self._tasks.spawn(self._keep_looking(), name="keep awake")

    def look(self) -> None:
        """A headset was taken out of the session, or back into it."""
        self._look.set()

    def welcome(self, headset: ConnectedHeadset) -> None:
        """A headset has come; one that was left awake by a session that is over may sleep."""
        if self._task is not None:
            self._look.set()
        else:
            self._tasks.spawn(_let_sleep(headset), name=f"let {headset.serial} sleep")

    async def end(self) -> None:
        """The session is over; returns when the headsets are as they were, or have been told to be."""
        self._laptop.close()
        # At once, so that a session that begins meanwhile is no part of the one that ends.
        task, self._task = self._task, None
        cared, self._cared = self._cared, {}
        if task is not None:
            task.cancel()
            await asyncio.wait([task])
        resting = [
            self._tasks.spawn(self._rest(headset, asking), name=f"let {headset.serial} sleep")
            for headset, asking in cared.items()
        ]
        if resting:
            await asyncio.wait(resting, timeout=_REST_S)

    async def _keep_looking(self) -> None:
        while True:
            self._look.clear()
            self._see_to()
            try:
                async with asyncio.timeout(self._again_s):
                    await self._look.wait()
            except TimeoutError:
                pass

    def _see_to(self) -> None:
        here = set(self._headsets())
        for headset, asking in tuple(self._cared.items()):
            if headset not in here:
                del self._cared[headset]
                self._tasks.spawn(self._rest(headset, asking), name=f"let {headset.serial} sleep")
        for headset in here:
            known = self._cared.get(headset)
            if known is None or known.done():
                name = f"keep {headset.serial} awake"
                self._cared[headset] = self._tasks.spawn(_ask(headset), name=name)

    async def _rest(self, headset: ConnectedHeadset, asking: asyncio.Task[None]) -> None:
        asking.cancel()
        await asyncio.wait([asking])
        await _let_sleep(headset)


async def _let_sleep(headset: ConnectedHeadset) -> None:
    try:
        await headset.let_sleep()
    except TrainerError as problem:
        log.info("headset %s is put back by its own programs: %s", headset.serial, problem)


async def _ask(headset: ConnectedHeadset) -> None:
    try:
        await headset.keep_awake()
    except TrainerError as problem:
        log.info("headset %s cannot be kept awake: %s", headset.serial, problem)


@asynccontextmanager
async def kept_awake(headsets: Iterable[ConnectedHeadset]) -> AsyncIterator[None]:
    """Keep these awake while something goes on with them."""
    tasks = TaskKeeper()
    caring = Caring(lambda: headsets, tasks)
    caring.begin()
    try:
        yield
    finally:
        await caring.end()
        await tasks.close()
