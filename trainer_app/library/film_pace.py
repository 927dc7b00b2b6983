"""When each picture of a film is shown that is watched, not only looked at: at the film's own rate. No I/O.

All is in seconds of film. A picture is decoded before its time and shown at it. Where decoding takes much of
the time between two pictures some are left out, and those that are shown are on time all the same.
"""

from __future__ import annotations

from dataclasses import dataclass

SHOWN_AFTER_S = 0.012
"""From handing a picture on to the screen."""

_SLACK_S = 0.05
"""A group that is paused stands at most this much behind what was seen already."""

_NEAR_S = 1.0
"""Further on it is a leap, and shows what there is at once."""

_NEW_SHARE = 0.3
"""How much the latest picture says of what pictures take."""


@dataclass(slots=True)
class Pace:
    """Of one film that is followed.

    Attributes:
        frame_s: From one picture of the film to the next.
    """

    frame_s: float
    _shown_s: float | None = None
    _takes_s: float = 0.0
    _position_s: float | None = None

    def next_s(self, position_s: float) -> float:
        """The place whose picture is to be decoded now."""
        shown_s, stands = self._shown_s, self._stands(position_s)
        if shown_s is None or not -_SLACK_S <= position_s - shown_s <= _NEAR_S:
            self._shown_s = None
            return position_s
        # To go back by less than a picture would cost a search for a key frame, and all from there.
        if stands and not -SHOWN_AFTER_S <= position_s - shown_s < self.frame_s:
            return position_s
        # The first that begins when it can be there; or the next, by its middle: its beginning is not known
        # to less than a millisecond.
        there_s = position_s + self._takes_s + SHOWN_AFTER_S
        return max(shown_s + 1.5 * self.frame_s, there_s + self.frame_s)

    def wait_s(self, picture_s: float, position_s: float) -> float | None:
        """How long it is to a picture's time; None: the film stands or has gone back."""
        stands = self._stands(position_s)
        if self._shown_s is None:
            return 0.0
        wait_s = max(0.0, picture_s - SHOWN_AFTER_S - position_s)
        return None if (stands and wait_s) or position_s < self._shown_s - _SLACK_S else wait_s

    def _stands(self, position_s: float) -> bool:
        """The place of a film that moves is another each time."""
        before_s, self._position_s = self._position_s, position_s
        return position_s == before_s

    def shown(self, picture_s: float, took_s: float) -> float:
        """A picture is on its way to the screen. Returns for how long to rest.

        Args:
            picture_s: Its time.
            took_s: To decode and prepare it.
        """
        first = self._shown_s is None
        self._shown_s = picture_s
        if first:
            return 0.0  # a leap says nothing of what the next one takes
        self._takes_s += _NEW_SHARE * (took_s - self._takes_s)
        # The laptop has other things to do as well.
        return self._takes_s if self._takes_s > self.frame_s / 2 else 0.0
