"""Puts topics into words. Knows no Qt."""

from __future__ import annotations

from trainer_app.domain.fix_cards import FixCard
from trainer_app.domain.usb_access import RULES_FILE, WINUSB_LINE, install_line, udev_rules
from trainer_app.texts.catalogue import Texts
from trainer_app.texts.help_words import card_words, help_text, numbered
from trainer_app.ui.help.shown import Command, KeySection, ListGroup, Section, TopicShown
from trainer_app.ui.help.topics import KEYBOARD, TOPICS, Group, Topic
from trainer_app.ui.keys import KeyHelp, keys_everywhere, keys_of, keys_of_closing
from trainer_app.ui.session.notes.writing import KEYS
from trainer_app.ui.shell.places import word

_WITH_KEYS = ("plan", "kit", "library", "reports", "settings")
"""Places of the rail that have keys of their own."""


def topic_words(topic: Topic, texts: Texts, place: str = "") -> TopicShown:
    """A topic in words; ``place``: where one came from, whose keys come first."""
    if topic.card is not None:
        return _card(topic, topic.card, texts)
    prefix = f"help.{topic.key}"
    notes = numbered(texts, prefix, "note")
    return TopicShown(
        key=topic.key,
        title=texts(f"{prefix}.title"),
        lead=help_text(texts, f"{prefix}.lead"),
        picture=topic.picture,
        sections=tuple(_section(topic, name, texts) for name in topic.sections),
        note_heading=texts("help.note") if notes else "",
        notes=notes,
        keys=_keys(texts, place) if topic.key == KEYBOARD else (),
    )


def list_groups(texts: Texts) -> tuple[ListGroup, ...]:
    """The list of all topics."""
    return tuple(
        ListGroup(
            group=group,
            heading=texts(f"help.group.{group.value}"),
            topics=tuple((topic.key, _title(topic, texts)) for topic in TOPICS if topic.group is group),
        )
        for group in Group
    )


def _title(topic: Topic, texts: Texts) -> str:
    return texts(f"{'card' if topic.card else 'help'}.{topic.key}.title")


def _card(topic: Topic, card: FixCard, texts: Texts) -> TopicShown:
    words = card_words(card, texts)
    return TopicShown(
        key=topic.key,
        title=words.title,
        lead=words.looks,
        tile=words.tile,
        picture=topic.picture,
        sections=(Section(heading=texts("card.steps"), steps=words.steps),),
        note_heading=texts("card.otherwise"),
        notes=(words.otherwise,),
    )


def _section(topic: Topic, name: str, texts: Texts) -> Section:
    prefix = f"help.{topic.key}.{name}"
    commands: tuple[Command, ...] = ()
    if (topic.key, name) == ("udev", "steps"):
        commands = (
            Command(label=texts("help.udev.line"), text=install_line()),
            Command(
                label=texts("help.udev.rule", file=RULES_FILE), text="\n".join(udev_rules()), copies=False
            ),
        )
    elif (topic.key, name) == ("winusb", "many"):
        commands = (Command(label=texts("help.winusb.line"), text=WINUSB_LINE),)
    return Section(heading=texts(f"{prefix}.heading"), steps=numbered(texts, prefix), commands=commands)


def _keys(texts: Texts, place: str) -> tuple[KeySection, ...]:
    """Those of where one was, those everywhere, then all others in the order of an evening."""
    pages = {
        page: KeySection(heading=word(texts, page), keys=tuple(keys_of(page, texts))) for page in _WITH_KEYS
    }
    steps = {
        "prepare": keys_of("prepare", texts),
        "run": keys_of("run", texts),
        "notes": _note_keys(texts),
        "closing": keys_of_closing(texts),
    }
    session = [
        KeySection(heading=texts(f"help.keys.{step}"), keys=tuple(keys)) for step, keys in steps.items()
    ]
    everywhere = KeySection(heading=texts("help.keys.everywhere"), keys=tuple(keys_everywhere(texts)))
    help_ = KeySection(heading=texts("shell.help"), keys=tuple(keys_of("help", texts)))
    here = session if place == "session" else [pages.pop(place)] if place in pages else []
    others = [*pages.values(), help_] if place == "session" else [*session, *pages.values(), help_]
    return (*here, everywhere, *others)


def _note_keys(texts: Texts) -> list[KeyHelp]:
    keys = [KeyHelp(key, texts(f"notes.keys.{writing.value}")) for writing, key in KEYS.items()]
    return [*keys, KeyHelp("Enter", texts("notes.keys.enter"))]
