"""The keys of the run screen, for F1 and for the button that stands in place of many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.keys import KeyHelp, keys_of
from trainer_app.ui.session.run.more_button import Option
from trainer_app.ui.session.run.presenter import RunPresenter


def key_help_of(texts: Texts) -> Sequence[KeyHelp]:
    """Every key and what it does."""
    return keys_of("run", texts)


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
