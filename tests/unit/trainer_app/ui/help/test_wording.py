"""The words of the help: whole in both languages, with the very lines that have to be typed."""

from __future__ import annotations

import pytest

from trainer_app.domain.usb_access import WINUSB_LINE, install_line, udev_rules
from trainer_app.looks.pictures.gallery import NAMES
from trainer_app.texts.catalogue import LANGUAGES, Texts
from trainer_app.ui.help.topics import TOPICS, Topic, topic_of
from trainer_app.ui.help.wording import list_groups, topic_words


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: str(topic.key))
def test_a_topic_is_whole(topic: Topic, lang: str) -> None:
    shown = topic_words(topic, Texts(lang))
    assert shown.title
    assert shown.lead
    assert shown.sections or shown.keys
    assert all(section.steps for section in shown.sections)
    assert shown.picture in ("", *NAMES)
    assert "{retry}" not in shown.words


def test_the_lines_to_be_typed_are_there_as_they_are() -> None:
    texts = Texts("nb")
    udev, winusb = (topic_words(topic_of(key), texts) for key in ("udev", "winusb"))
    assert [line.text for section in udev.sections for line in section.commands] == [
        install_line(),
        "\n".join(udev_rules()),
    ]
    assert [line.text for section in winusb.sections for line in section.commands] == [WINUSB_LINE]


@pytest.mark.parametrize("place", ["plan", "kit", "session", "today", "help", ""])
def test_the_keyboard_has_every_page_once_wherever_one_came_from(place: str) -> None:
    keys = topic_words(topic_of("keys"), Texts("nb"), place).keys
    headings = [section.heading for section in keys]
    assert len(headings) == len(set(headings)) == 11
    assert all(section.keys for section in keys)


def test_the_list_has_all_topics_in_their_order() -> None:
    listed = [key for group in list_groups(Texts("en")) for key, _ in group.topics]
    assert listed == [topic.key for topic in TOPICS]
