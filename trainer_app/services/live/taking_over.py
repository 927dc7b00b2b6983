"""Leading on the film that a former run of this program has started: nobody's picture changes by that."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime

from trainer_app.domain.live_kit import FilmStage
from trainer_app.domain.playback_records import PlaybackRecord
from trainer_app.services.headset_port import PlaybackGroup
from trainer_app.services.live.casting import Cast
from trainer_app.services.live.film_progress import FilmProgress
from trainer_app.services.live.former_run import FormerRun, running_s
from trainer_app.services.live.orders import Order, Orders
from trainer_app.services.live.slot import Slot


class TakingOver:
    """Of the film that a session was shown last, wherever it is found.

    Args:
        slots: The places of the suitcase.
        group: Gives the group, made where there was none.
        ours_may_begin: A film of this run is on or about to start, or is being taken over already.
    """

    def __init__(
        self,
        slots: Callable[[], Iterable[Slot]],
        orders: Orders,
        cast: Cast,
        progress: FilmProgress,
        *,
        group: Callable[[], Awaitable[PlaybackGroup]],
        ours_may_begin: Callable[[], bool],
        clock: Callable[[], datetime],
    ) -> None:
        self._slots = slots
        self._orders = orders
        self._cast = cast
        self._progress = progress
        self._group = group
        self._ours_may_begin = ours_may_begin
        self._clock = clock
        self._former = FormerRun()

    def recognise(self, record: PlaybackRecord) -> None:
        """A former run has started this for the session; where it goes on, it is led on."""
        if not self._progress.under_way:
            self._former.recognise(record)
            self.look()

    def look(self) -> None:
        """Take it over as soon as a headset is found to show it."""
        shown = any(self._former.is_shown_by(slot, self._cast.film) for slot in self._slots())
        if shown and not self._ours_may_begin():
            self._orders.begin(Order.TAKE_OVER, self._take_over())

    def forget(self) -> None:
        """Another film begins, or all are stopped."""
        self._former.forget()

    async def _take_over(self) -> None:
        assert self._cast.film is not None
        playback = self._former.playback(self._cast.film)
        await self._orders.end(Order.OPEN)
        group = await self._group()
        group.take_over(playback.plan_id, running_s(playback, self._clock()))
        if await self._cast.find_lead():
            self._former.forget()
            self._progress.lead(playback, FilmStage.STARTING if group.now().moving else FilmStage.PAUSED)
        else:  # it is tried again with the next look at who shows it
            self._progress.enter(FilmStage.NONE)
