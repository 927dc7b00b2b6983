"""All pages of the app, by their place in the rail."""

from __future__ import annotations

from functools import partial

from trainer_app.ui.help.page import HelpPage
from trainer_app.ui.kit.page import KitPage
from trainer_app.ui.library.page import LibraryPage
from trainer_app.ui.office import Office
from trainer_app.ui.page import MakePage
from trainer_app.ui.plan.page import PlanPage
from trainer_app.ui.reports.page import ReportsPage
from trainer_app.ui.session.page import SessionPage
from trainer_app.ui.settings.page import SettingsPage
from trainer_app.ui.theme.look import Look
from trainer_app.ui.today.page import TodayPage


def page_makers(office: Office, look: Look) -> dict[str, MakePage]:
    """What makes the pages in the office's language."""
    return {
        "today": partial(TodayPage, office, look),
        "help": partial(HelpPage, office, look),
        "kit": partial(KitPage, office, look),
        "library": partial(LibraryPage, office, look),
        "plan": partial(PlanPage, office, look),
        "reports": partial(ReportsPage, office, look),
        "session": partial(SessionPage, office, look),
        "settings": partial(SettingsPage, office, look),
    }
