"""The open app on a disk that fails, worked by hand; what was seen is printed as JSON.

``python -m tests.integration.desktop.scenes NAME FOLDER``, in a mount namespace of its own
(:func:`tests.integration.desktop.disks.alone`).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit

from tests.integration.desktop.disks import failing_disk, filled, small_disk
from trainer_app.bootstrap import Place, Workplace
from trainer_app.desktop.app import Desktop
from trainer_app.desktop.hands import Hands
from trainer_app.desktop.starting import qt_application
from trainer_app.library.demo_films import render
from trainer_app.library.demo_recipe import demo_recipes
from trainer_app.services.example_data import ExampleSize
from trainer_app.services.ports import Repositories
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.library.page import LibraryPage
from trainer_app.ui.office import Target

T = TypeVar("T")

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

    def back_up(self) -> str:
        """Press *Ta sikkerhetskopi nå*; return what is said."""
        hands, say = self.hands, self.say
        hands.keys("Ctrl+7")
        hands.press(say("settings.backup.now"))
        again = say("database.backup_full.next")
        hands.until_shown(again)
        return next(label.text() for label in self._labels() if again in label.text())

    def take_in_film(self, file: Path) -> str:
        """Choose a film, give it another title, take it in; return why it was not."""
        hands, say = self.hands, self.say
        self.desktop.app.window.go(Target(place="library", detail="films"))
        page = self.desktop.app.window.page
        assert isinstance(page, LibraryPage)
        page.presenter.choose_file(file)
        hands.fill(say("library.field.title"), "Kveldsvakt på døgn")
        hands.press(say("library.import.take_in"))
        form = page.films.place.form
        hands.until(lambda: form.banner is not None, "why the film was not taken in")
        assert form.banner is not None
        return form.banner.accessibleName()

    def half_done(self) -> list[str]:
        """Files that nobody meant to leave."""
        kept = {"simkoffert.sqlite", "simkoffert.sqlite-wal", "simkoffert.sqlite-shm"}
        kept |= {"simkoffert.sqlite.lock", "filler.bin", "adbkey", "adbkey.pub"}
        files = (path for path in self.data.rglob("*") if path.is_file() and path.name not in kept)
        return [path.name for path in files if path.parent.name != "backups" or path.suffix != ".sqlite"]

    def films(self) -> list[str]:
        """Titles of what is stored with its file."""
        titles = {str(one.sha256): one.title for one in self.stored(lambda all_: all_.films.all())}
        return [titles[file.stem] for file in self.data.glob("films/*.mp4") if file.stem in titles]

    def rooms(self) -> list[str]:
        """What is stored."""
        return [one.name for one in self.stored(lambda all_: all_.rooms.where())]

    def stored(self, read: Callable[[Repositories], T]) -> T:
        """Read what is stored, on the thread that does."""
        return self.desktop.background.on_worker(lambda: read(self.desktop.services.stored)).result()

    def _labels(self) -> list[QLabel]:
        return self.desktop.app.window.findChildren(QLabel)


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
    """The disk is full when a room is entered, a backup wanted, a film taken in; then there is room again."""
    data = _folder(folder)
    film = folder / "Kveldsvakt æøå.mp4"
    render(demo_recipes()[0], film, seconds=1.0, width=320)
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
        with filled(data):
            seat.seen["backup"] = seat.back_up()
            seat.seen["film"] = seat.take_in_film(film)
            seat.seen["half done"] = seat.half_done()
        hands.press(say("library.import.take_in"))
        hands.until(lambda: len(seat.films()) == 1, "the film")
        seat.seen["films"] = seat.films()
        return seat.seen


def library(folder: Path) -> dict[str, object]:
    """The library as it is when the program's own content is as whoever plays the scene has left it."""
    with _seat(_folder(folder)) as seat:
        hands, say = seat.hands, seat.say
        hands.keys("Ctrl+5")
        page = seat.desktop.app.window.page
        assert isinstance(page, LibraryPage)
        hands.until(lambda: page.entries.entries.rowCount() > 1, "the themes")
        seat.seen["problems"] = list(page.presenter.problems())
        seat.seen["shown"] = [words for words in page.presenter.problems() if hands.shows(words)]
        model = page.entries.entries
        seat.seen["themes"] = [str(model.index(at, 0).data()) for at in range(model.rowCount())]
        hands.keys("Ctrl+N")
        box = hands.named(say("plan.field.theme"), QComboBox)
        seat.seen["offered"] = [box.itemText(at) for at in range(box.count())]
        return seat.seen


SCENES: dict[str, Callable[[Path], dict[str, object]]] = {
    scene.__name__: scene for scene in (turning_read_only, full, library)
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
    sys.stdout.write(json.dumps(SCENES[sys.argv[1]](Path(sys.argv[2]))))
