"""Who waits, where headsets are fewer than participants. Knows no Qt."""

from __future__ import annotations

from datetime import timedelta

from trainer_app.domain.waves import WaveProposal, propose_waves
from trainer_app.texts.catalogue import Texts
from trainer_app.texts.day_words import clock, sentence_case
from trainer_app.texts.number_words import listed, number_word
from trainer_app.ui.session.prepare.counts import counted
from trainer_app.ui.session.prepare.loaded import Loaded
from trainer_app.ui.session.prepare.models import ChoiceModel
from trainer_app.ui.session.prepare.scene import Scene

CHANGEOVER_MIN = 6
"""Minutes to clean the headsets and hand them on, between two waves."""


def choice_of(scene: Scene, headsets: int) -> ChoiceModel | None:
    """The two ways to go on with fewer headsets than participants; None: there are enough."""
    loaded, texts = scene.loaded, scene.texts
    people = loaded.session.participants
    proposal = propose_waves(people, headsets)
    if not loaded.needs_headsets or not 0 < headsets < people or not proposal.waves:
        return None
    heading = texts(
        "prepare.choice.heading",
        people=sentence_case(counted("prepare.choice.people", people, texts)),
        headsets=counted("prepare.choice.headsets", headsets, texts),
    )
    return ChoiceModel(
        heading=heading,
        screen=_screen(loaded, people - headsets, texts),
        waves=_waves(loaded, proposal, texts),
        on_screen=on_screen(loaded),
    )


def on_screen(loaded: Loaded) -> bool:
    """As chosen; else waves if the session was planned in waves."""
    chosen = loaded.set_up.on_screen
    return loaded.planned_waves == 1 if chosen is None else chosen


def wave_sizes(loaded: Loaded, headsets: int) -> tuple[int, ...]:
    """Participants in each wave as chosen, for so many headsets; empty: all in one."""
    people = loaded.session.participants
    if not 0 < headsets < people:
        return ()
    return (headsets,) if on_screen(loaded) else propose_waves(people, headsets).waves


def _screen(loaded: Loaded, watching: int, texts: Texts) -> tuple[str, str]:
    title = sentence_case(counted("prepare.choice.screen", watching, texts))
    who, end = texts("prepare.choice.screen.who"), loaded.session.planned_end
    if end is None or loaded.planned_waves > 1:
        return title, who
    return title, f"{who} {texts('prepare.choice.end', time=clock(end, texts))}"


def _waves(loaded: Loaded, proposal: WaveProposal, texts: Texts) -> tuple[str, str]:
    title = sentence_case(texts("prepare.choice.waves", number=number_word(len(proposal.waves), texts)))
    sizes = listed([number_word(size, texts) for size in proposal.waves], texts)
    parts = [sentence_case(texts("prepare.choice.sizes", sizes=sizes)), _longer(loaded, proposal, texts)]
    if proposal.observers:
        parts.append(sentence_case(counted("prepare.choice.observers", proposal.observers, texts)))
    return title, " ".join(part for part in parts if part)


def _longer(loaded: Loaded, proposal: WaveProposal, texts: Texts) -> str:
    """What the waves cost that the plan did not reckon with."""
    more = len(proposal.waves) - loaded.planned_waves
    end = loaded.session.planned_end
    if more <= 0:
        return texts("prepare.choice.planned")
    minutes = more * (loaded.film_minutes + CHANGEOVER_MIN)
    if end is None or not loaded.film_minutes:
        return ""
    later = end + timedelta(minutes=minutes)
    return texts("prepare.choice.longer", minutes=minutes, time=clock(later, texts))
