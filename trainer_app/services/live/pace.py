"""How often and how long: the times of looking after headsets."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """All in seconds.

    Attributes:
        first_retry: After a headset was lost or not reached; doubled up to ``last_retry``.
        accept: So long somebody has to allow this computer in the headset, before it is asked again.
        look: Between two looks for headsets that nobody has typed an address of.
        facts: Between two questions to an idle headset; ``facts_in_film`` while a film plays.
        tick: Between two looks at the film's position.
        refine: The group's plans are refined at least so often, also after nobody was left for a while.
        publish: Between two pictures of the suitcase while something moves.
        prepare: A headset that is not ready by then has a problem.
        patience: So long the others wait for the last ones once the first is ready; these join late.
        rejoin: Between two attempts to take a headset into the film.
        after_fault: Until a headset is tried again with which something is wrong that may be over by then, or
            that somebody may have put right; doubled up to ``after_fault_last``.
        identify: How long numbers are shown.
        awake: Between two words to a headset that it is still needed.
        rearm: Until a headset that could not be made ready for Wi-Fi again is tried anew by itself.
        linger: So long somebody may look at other pages before the headsets of a session that was only made
            ready are let sleep.
    """

    first_retry: float = 0.5
    last_retry: float = 5.0
    accept: float = 60.0
    look: float = 2.0
    facts: float = 5.0
    facts_in_film: float = 10.0
    tick: float = 0.1
    refine: float = 5.0
    publish: float = 0.1
    prepare: float = 45.0
    patience: float = 5.0
    rejoin: float = 2.0
    after_fault: float = 8.0
    after_fault_last: float = 32.0
    identify: float = 5.0
    awake: float = 10.0
    rearm: float = 600.0
    linger: float = 180.0

    def after_faults(self, count: int) -> float:
        """The pause after so many attempts in a row that came to nothing."""
        doublings = max(0, min(count - 1, 16))
        return min(self.after_fault * (1 << doublings), self.after_fault_last)
