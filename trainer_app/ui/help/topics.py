"""What the help is about, in the order of its list. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from trainer_app.domain.fix_cards import FixCard


class Group(Enum):
    """Headings of the list."""

    CARDS = "cards"
    SETUP = "setup"
    APP = "app"


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A page of the help.

    Attributes:
        key: As it stands in a target, and in the keys of its texts.
        picture: Name of its drawing; empty: it has none.
        sections: Parts of its steps, as in the keys of their texts.
        card: The fix card whose words it has.
    """

    key: str
    group: Group
    picture: str = ""
    sections: tuple[str, ...] = ()
    card: FixCard | None = None


KEYBOARD = "keys"

TOPICS = (
    *(Topic(key=card.value, group=Group.CARDS, picture=card.value, card=card) for card in FixCard),
    Topic(key="wifi", group=Group.SETUP, picture="wifi", sections=("steps",)),
    Topic(key="accept", group=Group.SETUP, picture="not_authorised", sections=("steps", "missing")),
    Topic(
        key="developer_mode",
        group=Group.SETUP,
        picture="developer_mode",
        sections=("meta", "managed", "pico"),
    ),
    Topic(key="winusb", group=Group.SETUP, picture="winusb", sections=("look", "vendor", "many")),
    Topic(key="udev", group=Group.SETUP, picture="udev", sections=("steps",)),
    Topic(key="tethered", group=Group.SETUP, picture="tethered", sections=("steps",)),
    Topic(key="own_player", group=Group.SETUP, picture="own_player", sections=("steps", "player")),
    Topic(key=KEYBOARD, group=Group.APP),
)


def topic_of(key: str) -> Topic:
    """The topic with this key; the keyboard where there is none."""
    return next((topic for topic in TOPICS if topic.key == key), TOPICS[-1])
