"""Says that headsets were made ready for Wi-Fi again, whatever page is open. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from trainer_app.domain.kits import Serial
from trainer_app.domain.live_kit import KitNow
from trainer_app.runtime.latest import Latest
from trainer_app.texts.catalogue import Texts
from trainer_app.texts.number_words import listed


class ArmingNews:
    """Nobody has pressed anything, so it is said that something was done; once each time."""

    def __init__(
        self, kit_now: Latest[KitNow], texts: Callable[[], Texts], say: Callable[[str], None]
    ) -> None:
        """Begin to listen; ``say`` shows a notice, in the language that ``texts`` gives."""
        self._texts, self._say = texts, say
        self._said: dict[str, datetime] = {}
        self._end = kit_now.on(self._on_kit_now)

    def end(self) -> None:
        """The app closes."""
        self._end()

    def _on_kit_now(self, now: KitNow) -> None:
        news = [
            one for one in now.headsets if one.rearmed_at and self._said.get(one.serial) != one.rearmed_at
        ]
        if not news:
            return
        self._said |= {Serial(one.serial): one.rearmed_at for one in news if one.rearmed_at}
        texts = self._texts()
        key = "kit.rearmed.one" if len(news) == 1 else "kit.rearmed.several"
        self._say(texts(key, numbers=listed([str(one.number) for one in news], texts)))
