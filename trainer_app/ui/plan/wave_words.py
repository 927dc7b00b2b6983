"""The proposed waves in words. Knows no Qt."""

from __future__ import annotations

from trainer_app.domain.waves import WaveProposal
from trainer_app.texts.catalogue import Texts
from trainer_app.texts.day_words import sentence_case
from trainer_app.texts.number_words import listed, number_word


def waves_in_words(waves: int, texts: Texts) -> str:
    """``én pulje``, ``to puljer``."""
    key = "plan.waves.one" if waves == 1 else "plan.waves.many"
    return texts(key, count=number_word(waves, texts))


def wave_sentence(participants: int, proposal: WaveProposal, texts: Texts) -> str:
    """``Åtte deltakere gir to puljer med fire i hver.``; nothing where there is no proposal."""
    if not proposal.waves:
        return ""
    key = "plan.waves.people_one" if participants == 1 else "plan.waves.people"
    people = texts(key, count=sentence_case(number_word(participants, texts)))
    sentences = [texts(f"plan.waves.{_pattern(proposal)}", people=people, **_sizes(proposal, texts))]
    if proposal.observers:
        which = "observer" if proposal.observers == 1 else "observers"
        count = sentence_case(number_word(proposal.observers, texts))
        sentences.append(texts(f"plan.waves.{which}", count=count))
    if proposal.debrief_groups > 1:
        groups = sentence_case(number_word(proposal.debrief_groups, texts))
        sentences.append(texts("plan.waves.groups", count=groups))
    return " ".join(sentences)


def _pattern(proposal: WaveProposal) -> str:
    if len(proposal.waves) == 1:
        return "single"
    return "even" if len(set(proposal.waves)) == 1 else "uneven"


def _sizes(proposal: WaveProposal, texts: Texts) -> dict[str, str]:
    words = [number_word(size, texts) for size in proposal.waves]
    return {
        "waves": number_word(len(words), texts),
        "size": words[0],
        "sizes": listed(words, texts),
    }
