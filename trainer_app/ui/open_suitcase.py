"""Keeps the suitcase on the table and the stored one alike, whatever page is open. Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence

from trainer_app.domain.kits import Headset, Kit
from trainer_app.runtime.background import Tasks
from trainer_app.runtime.changes import Changes, Topic
from trainer_app.ui.office import Services


class OpenSuitcase:
    """What is changed of the suitcase in the database reaches those who look after its headsets."""

    def __init__(self, services: Services, tasks: Tasks, changes: Changes) -> None:
        self._services, self._tasks = services, tasks
        self._ends = [changes.on({Topic.KITS}, self._lay_anew)]

    def end(self) -> None:
        """The app closes."""
        for end in self._ends:
            end()

    def _lay_anew(self) -> None:
        """Headsets were put into a suitcase, or it should hold another number of them."""
        stored, live, kit_id = self._services.stored, self._services.live, self._services.live.now.kit_id
        if kit_id is None:
            return

        def read() -> tuple[Kit | None, Sequence[Headset]]:
            return stored.kits.get(kit_id), stored.headsets.of_kit(kit_id)

        def lay_anew(found: tuple[Kit | None, Sequence[Headset]]) -> None:
            kit, headsets = found
            if kit is not None:
                count = kit.target_headset_count
                self._tasks.live(lambda: live.lay_anew(kit.id, headsets, target_count=count))

        self._tasks.stored(read, lay_anew)
