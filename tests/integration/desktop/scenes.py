"""The open app on a disk that fails, worked by hand; what was seen is printed as JSON.

``python -m tests.integration.desktop.scenes NAME FOLDER``, in a mount namespace of its own
(:data:`tests.integration.desktop.disks.ALONE`).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QLineEdit

from tests.integration.desktop.disks import failing_disk, filled, small_disk
from trainer_app.bootstrap import Place, Workplace
from trainer_app.desktop.app import Desktop
from trainer_app.desktop.hands import Hands
from trainer_app.desktop.starting import qt_application
from trainer_app.services.example_data import ExampleSize
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.office import Target

_ROOM = "Møterom Rogn"


class Seat:
    """Somebody who sits before the open app.

    Attributes:
        seen: What was seen, by a word that says when.
    """

    def __init__(self, desktop: Desktop, data: Path) -> None:
        self.desktop, self.data = desktop, data
        self.hands = Hands(desktop.app.window)
        self.say = desktop.app.office.texts
        self.seen: dict[str, object] = {}

    def enter_room(self) -> QLineEdit:
        """Open the field for a new room in a new session, and press *Legg til*."""
        hands, say = self.hands, self.say
        hands.keys("Ctrl+N")
        box = hands.named(say("plan.field.room"), QComboBox)
        box.setFocus()
        box.setCurrentIndex(box.count() - 1)
        box.activated.emit(box.count() - 1)
        line = hands.named(say("plan.room.name"), QLineEdit)
        hands.write(_ROOM, line)
        hands.press(say("plan.room.add"))
        return line

    def rooms(self) -> list[str]:
        """What is stored."""
        stored = self.desktop.services.stored
        return [one.name for one in self.desktop.background.on_worker(stored.rooms.where).result()]


def turning_read_only(folder: Path) -> dict[str, object]:
    """The disk turns read-only while the app is open."""
    data = _folder(folder)
    with failing_disk(data, folder / "disk.img") as disk, _seat(data) as seat:
        hands = seat.hands
        disk.turn_read_only()
        line = seat.enter_room()
        hands.until(lambda: bool(line.accessibleDescription()), "words beside the field")
        seat.seen["said"] = line.accessibleDescription()
        seat.seen["typed"] = line.text()
        hands.keys("Ctrl+1")
        seat.seen["goes on"] = seat.desktop.app.window.place
        return seat.seen


def full(folder: Path) -> dict[str, object]:
    """The disk is full when a room is entered and a backup is wanted; then there is room again."""
    data = _folder(folder)
    with small_disk(data, 16), _seat(data) as seat:
        hands, say = seat.hands, seat.say
        with filled(data):
            line = seat.enter_room()
            hands.until(lambda: bool(line.accessibleDescription()), "words beside the field")
            seat.seen["said"] = line.accessibleDescription()
            seat.seen["typed"] = line.text()
            seat.seen["stored"] = _ROOM in seat.rooms()
        hands.press(say("plan.room.add"))
        hands.until(lambda: _ROOM in seat.rooms(), "the room")
        seat.seen["stored at last"] = True
        return seat.seen


SCENES: dict[str, Callable[[Path], dict[str, object]]] = {
    scene.__name__: scene for scene in (turning_read_only, full)
}


def _folder(around: Path) -> Path:
    data = around / "data"
    data.mkdir()
    return data


@contextmanager
def _seat(data: Path) -> Iterator[Seat]:
    with Workplace(Place(data=data, own_key_only=True), Texts("nb")) as place, qt_application() as qt:
        place.fill_with_examples(ExampleSize(sessions=2))
        with Desktop(qt, place) as desktop:
            desktop.open(Target(place="today"))
            yield Seat(desktop, data)


if __name__ == "__main__":
    print(json.dumps(SCENES[sys.argv[1]](Path(sys.argv[2]))))
