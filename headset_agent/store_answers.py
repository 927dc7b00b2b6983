"""What is answered to whoever fills the headset and looks after it, without leading it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from headset_agent.care.cleaner import CareBusy
from headset_agent.care.keeping import Care
from headset_agent.films import FilmShelf
from headset_agent.protocol.care_messages import CareNow, KeepAwake, LetSleep
from headset_agent.protocol.messages import (
    Done,
    Failed,
    FilmBegin,
    FilmCommit,
    FilmList,
    FilmOffset,
    FilmRemove,
    FromAgent,
)


class StoreAnswers:
    """Answers requests about films and care; without ``care`` the headset is left as it is."""

    def __init__(self, films: FilmShelf, care: Care | None) -> None:
        self._films = films
        self._care = care

    def handlers(self, client: str) -> dict[type, Callable[..., Awaitable[FromAgent]]]:
        """Return what answers each kind of request of a client."""
        return {
            FilmBegin: self._film_begin,
            FilmCommit: self._film_commit,
            FilmList: self._film_list,
            FilmRemove: self._film_remove,
            KeepAwake: partial(self._keep_awake, client),
            LetSleep: partial(self._let_sleep, client),
        }

    async def _film_begin(self, request: FilmBegin) -> FromAgent:
        offset, verified = await self._films.begin(request)
        free = await self._films.free_bytes()
        return FilmOffset(id=request.id, offset=offset, verified=verified, free_bytes=free)

    async def _film_commit(self, request: FilmCommit) -> FromAgent:
        await self._films.commit(request.sha256)
        return Done(id=request.id)

    async def _film_list(self, request: FilmList) -> FromAgent:
        return await self._films.listing(request.id)

    async def _film_remove(self, request: FilmRemove) -> FromAgent:
        await self._films.remove(request.sha256)
        return Done(id=request.id)

    async def _keep_awake(self, client: str, request: KeepAwake) -> FromAgent:
        if self._care is None:
            return CareNow(id=request.id, changes=[])
        try:
            return CareNow(id=request.id, changes=await self._care.keep_awake(client))
        except (CareBusy, OSError) as error:
            return Failed(id=request.id, code="care_busy", detail=str(error))

    async def _let_sleep(self, client: str, request: LetSleep) -> FromAgent:
        if self._care is None:
            return Done(id=request.id)
        try:
            await self._care.let_sleep(client)
        except (CareBusy, OSError) as error:
            return Failed(id=request.id, code="care_busy", detail=str(error))
        return Done(id=request.id)
