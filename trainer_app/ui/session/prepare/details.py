"""What is known of one headset: what the tile leaves out. Knows no Qt."""

from __future__ import annotations

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.headset_state import HeadsetFacts, HeadsetState
from trainer_app.domain.kits import HeadsetCondition
from trainer_app.domain.live_kit import HeadsetNow
from trainer_app.domain.local_time import HOME_ZONE, local_of
from trainer_app.texts.catalogue import Texts
from trainer_app.texts.day_words import clock, day_in_figures
from trainer_app.texts.headset_words import details_in_words
from trainer_app.ui.help.finding import topic_for
from trainer_app.ui.session.prepare.models import DetailsModel


def details_of(headset: HeadsetNow, condition: HeadsetCondition | None, texts: Texts) -> DetailsModel:
    """Put it into words; what is not known is said to be so.

    Args:
        headset: What it tells of itself.
        condition: What people say of it as a thing; None: nobody has seen it yet.
        texts: The words.
    """
    told = headset.facts or HeadsetFacts()
    values = {
        "serial": headset.serial,
        "model": headset.model,
        "address": headset.address or "",
        "free": "" if told.free_bytes is None else texts("prepare.details.bytes", count=told.free_bytes),
        "films": ", ".join(title for title in told.films.values() if title),
        "contact": _contact(headset, texts),
        "condition": "" if condition is None else texts(f"kit.condition.{condition.value}"),
    }
    unknown = texts("prepare.details.unknown")
    lines = [(texts(f"prepare.details.{name}"), said or unknown) for name, said in values.items()]
    # What only some models tell is no gap where it is missing.
    lines += [
        (texts(f"headset.details.{name}"), said)
        for name, said in details_in_words(told, texts).items()
        if said
    ]
    return DetailsModel(
        number=headset.number,
        title=texts("prepare.details.title", number=headset.number),
        lines=tuple(lines),
        problem=_problem(headset.problem, texts),
        technical="" if headset.problem is None else headset.problem.detail,
        is_aside=headset.set_aside,
        shows_how=headset.state is HeadsetState.NOT_AUTHORISED,
        can_mark_defective=headset.set_aside and condition not in (None, HeadsetCondition.DEFECTIVE),
        can_correct=_can_correct(headset),
        help_topic=topic_for(headset.state, headset.problem, headset.awaited),
    )


def _can_correct(headset: HeadsetNow) -> bool:
    out_of_reach = headset.state is HeadsetState.NOT_CONNECTED and headset.address is not None
    return out_of_reach and not headset.set_aside


def _contact(headset: HeadsetNow, texts: Texts) -> str:
    if headset.last_contact is None:
        return ""
    at = local_of(headset.last_contact, HOME_ZONE)
    return f"{day_in_figures(at, texts)} {clock(at, texts)}"


def _problem(problem: TrainerError | None, texts: Texts) -> tuple[str, ...]:
    if problem is None:
        return ()
    said = texts.explain(problem)
    return said.what, said.why, said.next_step
