"""Who goes on without having ticked off what belongs to a phase is told so once. Knows no Qt."""

from __future__ import annotations

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.session.run.models import Tick, TickKind, Trouble


class Unticked:
    """Holds the facilitator back for one press; nothing is recorded by it."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._answered: dict[TickKind, bool] = {}
        self._said_in: int | None = None

    def begin_anew(self) -> None:
        """Another session is held."""
        self._answered, self._said_in = {}, None

    def note(self, kind: TickKind, *, done: bool) -> None:
        """This was ticked off or taken back just now; the database hears of it later."""
        self._answered[kind] = done

    def holds_back(self, tick: Tick | None, seq: int) -> bool:
        """Whether to stay in phase ``seq`` and say what is missing; the next press goes on."""
        if not self._is_missing(tick) or self._said_in == seq:
            self._said_in = None
            return False
        self._said_in = seq
        return True

    def words(self, tick: Tick | None, seq: int) -> Trouble | None:
        """What is to be said in phase ``seq``, if anything is."""
        if tick is None or self._said_in != seq or not self._is_missing(tick):
            return None
        name = tick.kind.name.lower()
        return Trouble(
            fact=self._texts(f"run.unticked.{name}"),
            cause=self._texts("run.unticked.cause"),
            is_danger=False,
            buttons=(),
        )

    def _is_missing(self, tick: Tick | None) -> bool:
        return tick is not None and not self._answered.get(tick.kind, tick.done)
