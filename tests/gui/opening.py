"""Opening the whole window."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from tests.fakes.office import TestOffice
from trainer_app.ui.app import DesktopApp, PageMakers
from trainer_app.ui.office import Target
from trainer_app.ui.pages import page_makers
from trainer_app.ui.theme.look import Look

TODAY = Target(place="today")


def open_app(
    qtbot: QtBot, look: Look, desk: TestOffice, pages: PageMakers = page_makers, target: Target = TODAY
) -> DesktopApp:
    """Open the window; the caller closes it."""
    office = desk.office
    app = DesktopApp(
        look,
        office.texts,
        office.services,
        office.tasks,
        office.changes,
        office.kit_now,
        office.now,
        pages,
    )
    qtbot.addWidget(app.window)
    app.open(office.own(), target)
    return app
