"""The words of fix cards and help pages, which name buttons and states as the program does."""

from __future__ import annotations

from dataclasses import dataclass

from trainer_app.domain.fix_cards import FixCard
from trainer_app.texts.catalogue import Texts

_NAMED = {
    "retry": "prepare.tile.retry",
    "aside": "prepare.tile.set_aside",
    "again": "prepare.action.again",
    "get_ready": "prepare.start.get_ready",
    "recentre": "run.film.recentre",
    "stop": "run.stop_all",
    "enter": "player.enter",
    "ready": "headset.state.klar",
    "fault": "headset.state.feil",
    "tethered": "headset.mode.tethered",
    "question": "looks.allow.title",
    "always": "looks.allow.always",
    "allow": "looks.allow.yes",
    "own_player": "headset.mode.manual",
}
"""Names in help texts, and where the program itself has them from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardWords:
    """A fix card in words.

    Attributes:
        tile: What the headset's tile says when this card helps.
        looks: What one sees.
        otherwise: What to do when the steps do not help.
    """

    title: str
    tile: tuple[str, ...]
    looks: str
    steps: tuple[str, ...]
    otherwise: str


def help_text(texts: Texts, key: str, **params: object) -> str:
    """A help text with the names of buttons and states filled in."""
    names = {name: texts(named) for name, named in _NAMED.items()}
    return texts(key, **names, **params)


def numbered(texts: Texts, prefix: str, word: str = "step") -> tuple[str, ...]:
    """The texts ``<prefix>.step1``, ``<prefix>.step2`` … as far as there are any."""
    keys, found = texts.keys(), list[str]()
    while (key := f"{prefix}.{word}{len(found) + 1}") in keys:
        found.append(help_text(texts, key))
    return tuple(found)


def card_words(card: FixCard, texts: Texts) -> CardWords:
    """Put a card into words."""
    prefix = f"card.{card.value}"
    return CardWords(
        title=help_text(texts, f"{prefix}.title"),
        tile=_tile(card, texts),
        looks=help_text(texts, f"{prefix}.looks"),
        steps=numbered(texts, prefix),
        otherwise=help_text(texts, f"{prefix}.otherwise"),
    )


def _tile(card: FixCard, texts: Texts) -> tuple[str, ...]:
    if card is FixCard.FILM_MISSING:
        return (texts("prepare.tile.connected.word"), texts("headset.state.klargjores"))
    if card is FixCard.VR_PERMISSION:
        return (texts("looks.tile.awaited.consent.word"), texts("headset.state.feil"))
    return tuple(texts(f"headset.state.{state.value}") for state in card.states)
