"""The address of a headset: how it is shown, and how it is put right. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from trainer_app.domain.headset_address import is_on_cable
from trainer_app.domain.kits import HeadsetId, KitId
from trainer_app.runtime.background import Failed, Tasks
from trainer_app.runtime.changes import Heard, Topic
from trainer_app.services.live.remembering import DEFAULT_PORT
from trainer_app.services.suitcases import Suitcases
from trainer_app.ui.office import Office

_LONGEST = 21
"""Characters: an IPv4 address with an unusual port. A longer one would not fit in a tile."""


def whole_address(address: str) -> str:
    """``192.168.1.21``: without the usual port."""
    return address.removesuffix(f":{DEFAULT_PORT}")


def short_address(address: str) -> str:
    """The same, to be read and not to be typed; the middle of a long name is left out."""
    if is_on_cable(address):
        return "USB"
    words = whole_address(address)
    if len(words) <= _LONGEST:
        return words
    half = _LONGEST // 2
    return f"{words[: half - 1]}…{words[-half:]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Whose address it is. ``headset_id`` None: nobody has seen this headset yet."""

    kit_id: KitId
    number: int
    headset_id: HeadsetId | None


class Readdressing:
    """Corrects addresses: in the suitcase that is open, and in what is remembered of it."""

    def __init__(self, office: Office, tasks: Tasks, suitcases: Suitcases) -> None:
        self._office, self._tasks, self._suitcases = office, tasks, suitcases

    def change(
        self, place: Place, typed: str, *, then: Callable[[], None], failed: Failed, by: Heard
    ) -> None:
        """Look for a headset at another address.

        Args:
            place: Whose address it is.
            typed: What was typed.
            then: Called when it is done.
            failed: Hears why it was not.
            by: Who makes the change, and need not be told of it.
        """
        live = self._office.services.live
        if self._office.kit_now.value.kit_id != place.kit_id:
            self._remember(place, typed, then, failed, by)
            return
        self._tasks.live(
            lambda: live.change_address(place.number, typed),
            lambda _done: self._remember(place, typed, then, failed, by),
            failed,
        )

    def _remember(
        self, place: Place, typed: str, then: Callable[[], None], failed: Failed, by: Heard
    ) -> None:
        headset_id = place.headset_id
        if headset_id is None:
            then()
            return

        def remembered(_done: object) -> None:
            self._office.changes.announce(Topic.KITS, by=by)
            then()

        self._tasks.stored(lambda: self._suitcases.set_address(headset_id, typed), remembered, failed)
