"""Keeps the suitcase on the table and the stored one alike, whatever page is open. Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence

from trainer_app.domain.kits import Headset, Kit, KitId
from trainer_app.runtime.background import Tasks
from trainer_app.runtime.changes import Changes, Topic
from trainer_app.services.laying_out import lay_out_first, own_suitcase
from trainer_app.ui.office import Services


class OpenSuitcase:
    """The department's suitcase is laid out as soon as there is one; what is changed reaches its headsets."""

    def __init__(self, services: Services, tasks: Tasks, changes: Changes) -> None:
        self._services, self._tasks = services, tasks
        self._ends = [
            changes.on({Topic.KITS}, self._follow),
            changes.on({Topic.SETTINGS}, self._on_settings),
        ]

    def lay_out(self) -> None:
        """Look after the department's suitcase, if it has one and no other is open."""
        stored, live = self._services.stored, self._services.live

        def lay_out(found: tuple[Kit, Sequence[Headset]] | None) -> None:
            if found is not None:
                self._tasks.live(lambda: lay_out_first(live, *found))

        self._tasks.stored(lambda: own_suitcase(stored), lay_out)

    def end(self) -> None:
        """The app closes."""
        for end in self._ends:
            end()

    def _on_settings(self) -> None:
        """Perhaps the laptop's department is known only now."""
        if self._services.live.now.kit_id is None:
            self.lay_out()

    def _follow(self) -> None:
        """Headsets were put into a suitcase, it should hold another number, or there is a first one."""
        kit_id = self._services.live.now.kit_id
        if kit_id is None:
            self.lay_out()
        else:
            self._lay_anew(kit_id)

    def _lay_anew(self, kit_id: KitId) -> None:
        stored, live = self._services.stored, self._services.live

        def read() -> tuple[Kit | None, Sequence[Headset]]:
            return stored.kits.get(kit_id), stored.headsets.of_kit(kit_id)

        def lay_anew(found: tuple[Kit | None, Sequence[Headset]]) -> None:
            kit, headsets = found
            if kit is not None:
                count = kit.target_headset_count
                self._tasks.live(lambda: live.lay_anew(kit.id, headsets, target_count=count))

        self._tasks.stored(read, lay_anew)
