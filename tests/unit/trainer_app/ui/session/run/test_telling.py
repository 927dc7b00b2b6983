"""Words for the wearers: what is refused beside the field, and what is said of their way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes.office import TestOffice, make_office
from trainer_app.domain.wearer_text import Delivery
from trainer_app.storage.repositories import SqlRepositories
from trainer_app.ui.session.run.telling import Telling, Told


class Card:
    """Remembers what it was shown."""

    def __init__(self) -> None:
        self.errors: list[str] = []
        self.told: list[Told] = []

    def show_error(self, words: str) -> None:
        self.errors.append(words)

    def show_told(self, told: Told) -> None:
        self.told.append(told)


class Desk:
    """An office, and a card to write on."""

    def __init__(self, test: TestOffice) -> None:
        self.test, self.card = test, Card()
        self.telling = Telling(test.office, self.card)


@pytest.fixture
def open_desk(department_stored: SqlRepositories, tmp_path: Path) -> Callable[..., Desk]:
    return lambda lang="nb": Desk(make_office(department_stored, tmp_path, lang=lang))


@pytest.fixture
def desk(open_desk: Callable[..., Desk]) -> Desk:
    return open_desk()


def test_words_go_to_all_or_to_one_in_one_line(desk: Desk) -> None:
    desk.telling.send("  Snart stopp.\n", None)
    desk.telling.send("Se deg rundt.", 3)
    assert desk.test.live.asked == [
        ("show_text", "Snart stopp.", None),
        ("show_text", "Se deg rundt.", (3,)),
    ]


def test_nothing_and_too_much_are_said_beside_the_field(desk: Desk) -> None:
    desk.telling.send(" \n", None)
    desk.telling.send("å" * 121, None)
    assert desk.test.live.asked == []
    assert desk.card.errors == ["Skriv en melding først.", "Meldingen er 121 tegn. Skriv høyst 120."]
    desk.telling.send("å" * 120, None)
    assert len(desk.test.live.asked) == 1


@pytest.mark.parametrize(
    ("lang", "reached", "missed", "words"),
    [
        ("nb", (1, 2, 3), (), "Meldingen vises nå i 3 briller."),
        ("nb", (2,), (), "Meldingen vises nå i brille 2."),
        ("nb", (1, 3), (2, 4), "Meldingen vises nå i 2 briller. Den kom ikke frem til brille 2 og 4."),
        ("en", (1, 3), (2, 4), "The message is now shown in 2 headsets. It did not reach headsets 2 and 4."),
        ("en", (1,), (2,), "The message is now shown in headset 1. It did not reach headset 2."),
    ],
)
def test_it_is_said_whom_they_have_reached(
    open_desk: Callable[..., Desk], lang: str, reached: tuple[int, ...], missed: tuple[int, ...], words: str
) -> None:
    desk = open_desk(lang)
    desk.test.live.delivery = Delivery(seconds=0, reached=reached, missed=missed)
    desk.telling.send("Snart stopp.", None)
    (told,) = desk.card.told
    assert told.words == words
    assert told.seconds > 4
    assert told.is_whole is not bool(missed)


def test_headsets_that_cannot_show_it_are_told_and_no_error(desk: Desk) -> None:
    desk.test.live.delivery = Delivery(seconds=0, reached=(), missed=(1, 2))
    desk.telling.send("Snart stopp.", None)
    (told,) = desk.card.told
    assert told.words.startswith("Meldingen kom ikke frem.")
    assert (told.seconds, told.is_whole) == (0.0, False)
    assert desk.test.notices.problems == []
