"""What the help shows, in ready words. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass

from trainer_app.ui.help.topics import Group
from trainer_app.ui.keys import KeyHelp


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What has to be typed exactly so; ``copies``: it can be put on the clipboard."""

    label: str
    text: str
    copies: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading, what to do, and what to type."""

    heading: str
    steps: tuple[str, ...]
    commands: tuple[Command, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySection:
    """The keys of a page."""

    heading: str
    keys: tuple[KeyHelp, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicShown:
    """A topic.

    Attributes:
        tile: What a headset's tile says when this topic helps.
        picture: Name of the drawing; empty: none.
        note_heading: Above the notes.
    """

    key: str
    title: str
    lead: str
    tile: tuple[str, ...] = ()
    picture: str = ""
    sections: tuple[Section, ...] = ()
    note_heading: str = ""
    notes: tuple[str, ...] = ()
    keys: tuple[KeySection, ...] = ()

    @property
    def words(self) -> str:
        """All of it, to be searched."""
        parts = [self.title, self.lead, *self.tile, *self.notes]
        for section in self.sections:
            parts += [section.heading, *section.steps, *(command.text for command in section.commands)]
        for keys in self.keys:
            parts += [keys.heading, *(f"{each.key} {each.does}" for each in keys.keys)]
        return " ".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListShown:
    """The list of topics.

    Attributes:
        found: Keys of those that are shown, in the order of the list.
        chosen: The one that is open.
    """

    found: tuple[str, ...]
    chosen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListGroup:
    """A heading and the topics under it, by key and title."""

    group: Group
    heading: str
    topics: tuple[tuple[str, str], ...]
