"""All pages of the app, by their place in the rail."""

from __future__ import annotations

from trainer_app.ui.kit.page import KitPage
from trainer_app.ui.library.page import LibraryPage
from trainer_app.ui.office import Office
from trainer_app.ui.page import Page
from trainer_app.ui.plan.page import PlanPage
from trainer_app.ui.reports.page import ReportsPage
from trainer_app.ui.session.page import SessionPage
from trainer_app.ui.settings.page import SettingsPage
from trainer_app.ui.theme.look import Look
from trainer_app.ui.today.page import TodayPage


def make_pages(office: Office, look: Look) -> dict[str, Page]:
    """Make all pages in the office's language."""
    return {
        "today": TodayPage(office, look),
        "kit": KitPage(office, look),
        "library": LibraryPage(office, look),
        "plan": PlanPage(office, look),
        "reports": ReportsPage(office, look),
        "session": SessionPage(office, look),
        "settings": SettingsPage(office, look),
    }
