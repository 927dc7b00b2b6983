"""The keys of the run screen, for F1 and for the button that stands in place of many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.page import KeyHelp
from trainer_app.ui.session.run.more_button import Option
from trainer_app.ui.session.run.presenter import RunPresenter

_HELP = (
    ("F8", "pause"),
    ("Shift+Esc", "stop_all"),
    ("Ctrl+Enter", "start"),
    ("F12", "stop_here"),
    ("PgUp PgDn", "prompt"),
    ("Ctrl+PgUp Ctrl+PgDn", "phase"),
    ("Ctrl+E", "minute"),
    ("Ctrl+Shift+E", "five_minutes"),
    ("Ctrl+R", "recentre"),
    ("Ctrl+I", "numbers"),
    ("Ctrl+M", "message"),
    ("Ctrl+↑ Ctrl+↓", "volume"),
    ("Alt+1 … 9", "headset"),
    ("← → Shift+← Shift+→", "line_move"),
    ("Ctrl+← Ctrl+→ Home End", "line_jump"),
    ("S Del", "line_stops"),
    ("Enter", "line_go"),
    ("F9", "notes"),
)


def key_help_of(texts: Texts) -> Sequence[KeyHelp]:
    """Every key and what it does."""
    return [KeyHelp(key, texts(f"run.keys.{name}")) for key, name in _HELP]


def before_the_film(texts: Texts, does: RunPresenter, write: Callable[[], None]) -> Sequence[Option]:
    """What can be done while the film waits for its start, with the keys that do it in every phase."""
    louder, quieter = partial(does.desk.change_volume, 1), partial(does.desk.change_volume, -1)
    return [
        Option(words=texts("run.pause"), keys="F8", does=does.pause_or_go_on),
        Option(words=texts("run.minute"), keys="Ctrl+E", does=partial(does.add_minutes, 1)),
        Option(words=texts("run.previous"), keys="Ctrl+PgUp", does=does.previous_phase),
        Option(words=texts("run.next_phase"), keys="Ctrl+PgDn", does=does.next_phase),
        Option(words=texts("run.film.recentre"), keys="Ctrl+R", does=does.desk.recentre, is_first=True),
        Option(words=texts("run.film.numbers"), keys="Ctrl+I", does=does.desk.identify),
        Option(words=texts("run.film.message"), keys="Ctrl+M", does=write),
        Option(words=texts("run.more.louder"), keys="Ctrl+↑", does=louder),
        Option(words=texts("run.more.quieter"), keys="Ctrl+↓", does=quieter),
    ]
