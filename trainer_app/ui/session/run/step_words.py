"""Head, steps and questions of the run screen in words. Knows no Qt."""

from __future__ import annotations

from datetime import datetime, timedelta

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.local_time import HOME_ZONE, local_of
from trainer_app.domain.phases import GROUPS, PhaseCode, PhaseGroup
from trainer_app.domain.running import Recovery, Run
from trainer_app.domain.scenarios import SessionFormats
from trainer_app.texts.catalogue import Texts
from trainer_app.texts.day_words import clock
from trainer_app.ui.session.run.film_desk import FilmDesk, FilmPlace
from trainer_app.ui.session.run.models import Head, Question, Steps, Trouble
from trainer_app.ui.session.run.script_words import Told

_MINUTE = timedelta(minutes=1)
_MINUTES_AS_SUCH = 120


def head_of(told: Told, group: PhaseGroup, *, notes_hidden: bool) -> Head:
    """What is held, and how."""
    session, texts, formats = told.session, told.texts, told.content.session_formats
    theme = None if session.theme is None else told.content.theme(session.theme)
    title = session.title if theme is None else theme.title.words.in_language(texts.lang)
    names = [each.name.in_language(texts.lang) for each in formats.formats if each.code is session.format]
    if group is PhaseGroup.DEBRIEF:
        models = [each for each in formats.debrief_models if each.code == session.debrief_model]
        names = [texts("run.debrief", model=_small(each.name.in_language(texts.lang))) for each in models]
    return Head(title=title, aside=names[0] if names else "", notes_hidden=notes_hidden)


def steps_of(run: Run, desk: FilmDesk, formats: SessionFormats, texts: Texts) -> Steps:
    """The buttons that lead on from here."""
    in_film = run.phase.code is PhaseCode.FILM
    is_paused = run.is_paused or (in_film and desk.is_paused)
    is_over = in_film and desk.place is FilmPlace.OVER
    return Steps(
        hint=formats.phase(run.phase.code).lead.in_language(texts.lang),
        pause=texts("run.go_on" if is_paused else "run.pause"),
        is_paused=is_paused,
        next=_next(run, formats, texts, is_named=not in_film or is_over),
        next_is_primary=not in_film or is_over,
        pause_is_primary=in_film and desk.place is FilmPlace.ON and not desk.is_stopped,
        is_last=run.following is None,
        can_skip=not run.phase.required,
        can_go_back=run.seq > run.phases[0].seq,
        waits_for_start=in_film and desk.place is FilmPlace.BEFORE and not (desk.is_going or is_paused),
    )


def question_of(recovery: Recovery, now: datetime, formats: SessionFormats, texts: Texts) -> Question:
    """How to go on after the program was away."""
    phase = formats.phase(recovery.run.phase.code)
    minutes = max(1, round(recovery.gap(now) / _MINUTE))
    long = minutes >= _MINUTES_AS_SUCH
    at = local_of(recovery.last_alive, HOME_ZONE)
    return Question(
        fact=texts("run.back.fact", phase=phase.name.in_language(texts.lang)),
        cause=texts(
            "run.back.cause",
            time=clock(at, texts),
            ago=texts("run.back.hours", count=round(minutes / 60))
            if long
            else texts("run.back.minutes", count=minutes),
        ),
        waited=texts("run.back.waited"),
        went_on=texts("run.back.went_on"),
    )


def unsaved(problem: TrainerError | None, texts: Texts) -> Trouble | None:
    """The database takes nothing at the moment, if there is such a problem."""
    if problem is None:
        return None
    cause = texts("run.unsaved.cause", why=texts.explain(problem).what)
    return Trouble(fact=texts("run.unsaved.fact"), cause=cause, is_danger=True, buttons=())


def group_of(code: PhaseCode) -> PhaseGroup:
    """The group a phase belongs to."""
    return GROUPS[code]


def _next(run: Run, formats: SessionFormats, texts: Texts, *, is_named: bool) -> str:
    following = next((each.code for each in run.phases if each.seq == run.following), None)
    if following is None:
        return texts("run.end.button")
    if not is_named:
        return texts("run.next_phase")
    return texts("run.next_named", phase=formats.phase(following).short.in_language(texts.lang))


def _small(name: str) -> str:
    """A name in the middle of a line; one that is an abbreviation stays as it is."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]
