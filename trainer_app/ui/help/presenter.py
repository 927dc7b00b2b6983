"""What happens on the help's page: choosing a topic, searching, going back. Knows no Qt."""

from __future__ import annotations

from typing import Protocol

from trainer_app.ui.help.shown import ListShown, TopicShown
from trainer_app.ui.help.topics import KEYBOARD, TOPICS, topic_of
from trainer_app.ui.help.wording import topic_words
from trainer_app.ui.office import Office, Target


class HelpView(Protocol):
    """What the page can show."""

    def show_list(self, shown: ListShown) -> None:
        """Show which topics were found, and which is open."""

    def show_topic(self, shown: TopicShown) -> None:
        """Show a topic from its beginning."""

    def show_nothing_found(self) -> None:
        """No topic has the words."""

    def show_back(self, *, possible: bool) -> None:
        """There is a page to go back to, or none."""


class HelpPresenter:
    """Knows no Qt."""

    def __init__(self, office: Office, view: HelpView) -> None:
        self._office, self._view = office, view
        self._chosen, self._came_from, self._words = KEYBOARD, "", ""
        self._all = {topic.key: topic_words(topic, office.texts).words.casefold() for topic in TOPICS}

    def open(self, topic: str, came_from: str) -> None:
        """The page is shown; empty words where nothing was asked for."""
        self._came_from = came_from
        self._words = ""
        self._view.show_back(possible=bool(came_from))
        self.choose(topic or (KEYBOARD if came_from else self._chosen))

    def choose(self, topic: str) -> None:
        """Show a topic."""
        self._chosen = topic_of(topic).key
        self._show()

    def search(self, words: str) -> None:
        """Show the topics that have all of these words; the open one stays open if it is among them."""
        self._words = words
        found = self._found()
        if found and self._chosen not in found:
            self._chosen = found[0]
        self._show()

    def go_back(self) -> None:
        """To the page one came from."""
        if self._came_from:
            self._office.go(Target(place=self._came_from))

    def print_cards(self) -> None:
        """The fix cards on paper."""
        self._office.go(Target(place="reports", detail="fix_cards"))

    def copied(self) -> None:
        """A command lies on the clipboard."""
        self._office.notices.say(self._office.texts("help.copied"))

    def _found(self) -> tuple[str, ...]:
        wanted = self._words.casefold().split()
        return tuple(key for key, words in self._all.items() if all(word in words for word in wanted))

    def _show(self) -> None:
        found = self._found()
        self._view.show_list(ListShown(found=found, chosen=self._chosen))
        if found:
            topic = topic_of(self._chosen)
            self._view.show_topic(topic_words(topic, self._office.texts, self._came_from))
        else:
            self._view.show_nothing_found()
