"""Tasks of which one kind waits until the test lets it go on, and the others do not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from tests.fakes.office import InlineTasks, LateTasks
from trainer_app.runtime.background import Failed, ignored

T = TypeVar("T")


class SlowHeadsets(LateTasks):
    """The headsets take their time, the database does not."""

    page = InlineTasks.page

    def stored(
        self, work: Callable[[], T], then: Callable[[T], None] = ignored, failed: Failed | None = None
    ) -> None:
        InlineTasks.stored(self, work, then, failed)

    def live(
        self,
        start: Callable[[], Coroutine[Any, Any, T]],
        then: Callable[[T], None] = ignored,
        failed: Failed | None = None,
    ) -> None:
        super().stored(lambda: asyncio.run(start()), then, failed)


class SlowDisk(LateTasks):
    """The database takes its time, the headsets do not."""

    page = InlineTasks.page

    def live(
        self,
        start: Callable[[], Coroutine[Any, Any, T]],
        then: Callable[[T], None] = ignored,
        failed: Failed | None = None,
    ) -> None:
        InlineTasks.stored(self, lambda: asyncio.run(start()), then, failed)
