"""Language, theme and text size."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from trainer_app.texts.catalogue import LANGUAGES, Texts
from trainer_app.ui.choice import Choice
from trainer_app.ui.settings.forms import labelled
from trainer_app.ui.settings.shown import SettingsShown
from trainer_app.ui.theme.look import Look
from trainer_app.ui.widgets.card import Card
from trainer_app.ui.widgets.choice_box import ChoiceBox
from trainer_app.ui.widgets.fields import Field
from trainer_app.ui.widgets.segmented_control import SegmentedControl

THEMES = ("system", "light", "dark", "contrast")
_PERCENTS = range(100, 201, 10)
_PERCENT = 120
"""Width of the list of text sizes."""


def language_control(look: Look, texts: Texts) -> SegmentedControl:
    """Each language in its own words."""
    names = [texts(f"settings.language.{lang}") for lang in LANGUAGES]
    control = SegmentedControl(look, texts, texts("settings.language"), names, checked_mark=True)
    show_language(control, texts.lang)
    return control


def show_language(control: SegmentedControl, lang: str) -> None:
    """Show which one is in force."""
    control.set_answer(LANGUAGES.index(lang))


class LookCard(Card):
    """How the app speaks and looks.

    Signals:
        language_chosen: ``nb`` or ``en``.
        theme_chosen: one of :data:`THEMES`.
        percent_chosen: ``100`` to ``200``.
    """

    language_chosen = Signal(str)
    theme_chosen = Signal(str)
    percent_chosen = Signal(str)

    def __init__(self, look: Look, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(look, texts("settings.look.card"), parent=parent)
        self.language = language_control(look, texts)
        names = [texts(f"settings.theme.{theme}") for theme in THEMES]
        self.theme = SegmentedControl(look, texts, texts("settings.theme"), names, checked_mark=True)
        self.percent = ChoiceBox(look)
        self.percent.show_choices([Choice(str(each), f"{each} %") for each in _PERCENTS], "100")
        self.body.addLayout(labelled(look, texts("settings.language"), self.language))
        self.body.addLayout(labelled(look, texts("settings.theme"), self.theme))
        self.body.addWidget(Field(look, texts("settings.text_size"), self.percent, width=_PERCENT))
        self.language.chosen.connect(lambda at: self.language_chosen.emit(LANGUAGES[at]))
        self.theme.chosen.connect(lambda at: self.theme_chosen.emit(THEMES[at]))
        self.percent.picked.connect(self.percent_chosen)

    def show_settings(self, shown: SettingsShown) -> None:
        """Show what is chosen."""
        show_language(self.language, shown.language)
        self.theme.set_answer(THEMES.index(shown.theme) if shown.theme in THEMES else None)
        self.percent.choose(shown.percent)
