"""Walks through one short session alone, with the widgets a person has, and leaves pictures and papers.

Nothing is posed: the services are the app's, the headsets are real ADB daemons with the real agent, what
stands in a picture has happened. The database stays in the folder.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from trainer_app.desktop.app import Desktop
from trainer_app.desktop.hands import Hands, NotThere
from trainer_app.desktop.stalls import StallWatch
from trainer_app.domain.live_kit import FilmStage, KitNow
from trainer_app.domain.phases import PhaseCode
from trainer_app.ui.reports.page import ReportsPage

_PICTURE = (1366, 768)
_LARGE = (1920, 1080)
_LATEST_START = 22
"""Hour; a session that is tried late at night begins before it, so that it ends on the same day."""


@dataclass(slots=True)
class TourResult:
    """What the tour left, and how the window felt.

    Attributes:
        cut: Words that did not fit, by picture; a mistake of ours.
        stalled_during: The part in which the window stood still the longest.
    """

    pictures: list[Path] = field(default_factory=list)
    papers: list[Path] = field(default_factory=list)
    cut: dict[str, list[str]] = field(default_factory=dict)
    longest_stall_ms: float = 0.0
    stalled_during: str = ""
    seconds: float = 0.0


class Tour:
    """One session from the calendar to the paper."""

    def __init__(self, desktop: Desktop, folder: Path, say: Callable[[str], None]) -> None:
        """Prepare.

        Args:
            desktop: The open app.
            folder: Where pictures and papers go.
            say: Told the name of each part as it begins.
        """
        self._desktop = desktop
        self._folder = folder
        self._say = say
        self._texts = desktop.app.office.texts
        self._hands = Hands(desktop.app.window)
        self._stalls = StallWatch(desktop.app)
        self.result = TourResult()

    def walk(self) -> TourResult:
        """Do it all.

        Raises:
            NotThere: something a person would have waited for never came.
        """
        self._desktop.app.window.resize(*_PICTURE)
        self._stalls.start()
        for part in (
            self.book,
            self.get_ready,
            self.brief,
            self.show_film,
            self.debrief,
            self.close,
            self.look_round,
            self.print,
        ):
            self._say(part.__name__)
            self._stalls.doing(part.__name__)
            try:
                part()
            except NotThere:
                self._hands.photograph(self._folder / "stuck.png")
                raise
        self._stalls.stop()
        self.result.longest_stall_ms = self._stalls.longest_ms
        self.result.stalled_during = self._stalls.longest_during
        return self.result

    # --- the parts ---------------------------------------------------------------------------------------

    def book(self) -> None:
        """A session on danger of suicide, today, for five people."""
        hands, say = self._hands, self._texts
        start = self._start()
        hands.rest(1)
        hands.press(say("plan.new"))
        hands.choose(say("plan.field.theme"), self._theme("SEL"))
        hands.fill(say("plan.field.day"), f"{start.day}.{start.month}")
        hands.fill(say("plan.field.start"), f"{start:%H.%M}")
        hands.fill(say("plan.field.end"), f"{start + timedelta(minutes=60):%H.%M}")
        for letter in "aeios":
            hands.pick(say("plan.people"), letter)
        hands.fill(say("plan.field.contact"), "Siv Testmoen")
        self._picture("plan")
        hands.press(say("plan.primary.plan"))
        hands.until_shown(say("plan.said.planned", number="").rstrip(" ."))

    def get_ready(self) -> None:
        """The film goes to all five headsets."""
        hands, say = self._hands, self._texts
        hands.keys("Ctrl+1")
        self._picture("i-dag")
        hands.press(say("today.primary.prepare"))
        hands.press(say("prepare.start.get_ready"))
        hands.until(lambda: self._kit().ready_count == len(self._kit().headsets), "all ready", 90)
        self._picture("okt-klargjoring")

    def brief(self) -> None:
        """Start, and lead to the film."""
        hands, say = self._hands, self._texts
        hands.press(say("prepare.start.start"))
        hands.until_shown(say("run.notes.hidden"))
        self._next_phase()
        hands.press(say("run.tick.contract"))
        self._picture("okt-trygghet")
        self._next_phase()
        hands.press(say("run.tick.safety"))
        self._next_phase()

    def show_film(self) -> None:
        """Start the film in all headsets, write two notes, see it end."""
        hands, say = self._hands, self._texts
        self._next_phase()
        self._picture("okt-film-start")
        hands.press(say("run.film.start"))
        self._write_until_it_plays(self._words("To snakket samtidig.", "Two spoke at once."))
        hands.rest(3)
        self._note("F4", self._words("Hvem så blikket mot døren?", "Who saw the glance at the door?"))
        self._picture("okt-film")
        hands.press(say("run.theme.dark"))
        self._picture("okt-film-mork")
        hands.press(say("run.theme.light"))
        self._picture("okt-film-1920", _LARGE)
        hands.until(lambda: self._kit().stage is FilmStage.ENDED, "the film's end", 90)

    def debrief(self) -> None:
        """What was learnt, and what comes of it."""
        hands, say = self._hands, self._texts
        self._go_to(PhaseCode.ANALYSIS)
        hands.keys("F9")
        self._note("F2", self._words("Én snakker, de andre rydder rommet.", "One speaks, the others clear."))
        self._picture("okt-debrief")
        hands.press(say("run.theme.dark"))
        hands.keys("F9")
        self._picture("okt-debrief-notater-skjult")
        hands.press(say("run.theme.light"))

    def close(self) -> None:
        """Who was there, what was reached; then the record is closed and the protocol printed."""
        hands, say = self._hands, self._texts
        self._go_to(PhaseCode.SUMMARY)
        hands.press(say("run.tick.aftercare"))
        self._go_to(PhaseCode.EVALUATION)
        hands.press(say("run.end.button"))
        hands.until_shown(say("run.end.heading"))
        hands.press_main(say("run.end.button"))
        hands.press(say("closing.all_attended"))
        hands.press(say("closing.equipment.cleaned"))
        self._picture("okt-avslutning")
        self._papers(lambda: hands.press(say("closing.close")))
        hands.until_shown(say("closing.closed.fact"))

    def look_round(self) -> None:
        """The other pages, as the session left them."""
        for keys, name in (("Ctrl+4", "koffert"), ("Ctrl+5", "bibliotek"), ("Ctrl+7", "innstillinger")):
            self._hands.keys(keys)
            self._hands.until(lambda: not self._desktop.app.window.notices.words, "the notice to go")
            self._picture(name)
        self._hands.keys("F1")
        self._picture("hjelp")

    def print(self) -> None:
        """The participation report."""
        hands, say = self._hands, self._texts
        hands.keys("Ctrl+6")
        page = self._desktop.app.window.page
        assert isinstance(page, ReportsPage)
        hands.until(page.preview.isVisible, "the report")
        self._picture("rapporter")
        self._papers(lambda: hands.press(say("reports.save_pdf")))

    # --- inside ------------------------------------------------------------------------------------------

    def _start(self) -> datetime:
        now = self._desktop.app.office.local_now() + timedelta(minutes=5)
        return now.replace(hour=min(now.hour, _LATEST_START), minute=now.minute // 5 * 5)

    def _kit(self) -> KitNow:
        return self._desktop.app.office.kit_now.value

    def _theme(self, code: str) -> str:
        theme = next(each for each in self._desktop.services.content.themes if each.code == code)
        return theme.title.words.in_language(self._texts.lang)

    def _words(self, nb: str, en: str) -> str:
        return nb if self._texts.lang == "nb" else en

    def _next_phase(self) -> None:
        self._hands.press_beginning(self._texts("run.next_named", phase="").strip())
        self._hands.rest(0.5)

    def _go_to(self, code: PhaseCode) -> None:
        """Phase by phase, as the evening goes."""
        formats = self._desktop.services.content.session_formats
        name = formats.phase(code).short.in_language(self._texts.lang)
        words = self._texts("run.next_named", phase=name)
        for _ in PhaseCode:
            arrives = self._hands.offers(words)
            self._next_phase()
            if arrives:
                return
        raise NotThere(f"the phase {name!r}")

    def _papers(self, does: Callable[[], None]) -> None:
        """What is saved is new paper; the folder keeps one of each."""
        self.result.papers += self._hands.save_in(self._folder, does)

    def _note(self, key: str, text: str) -> None:
        self._hands.keys(key)
        self._hands.write(text)
        self._hands.keys("Return")
        self._hands.rest(0.3)

    def _write_until_it_plays(self, text: str) -> None:
        """Write a note while the film begins, as somebody does who sees something at once."""
        self._hands.until_shown(self._texts("notes.hint.observation"))
        self._hands.keys("F3")
        for letter in text[:-1]:
            self._hands.write(letter)
            self._hands.rest(0.1)
        self._hands.until(lambda: self._kit().stage is FilmStage.PLAYING, "the film to play", 60)
        self._hands.rest(0.3)
        self._hands.write(text[-1])
        self._hands.keys("Return")
        self._hands.rest(0.3)

    def _picture(self, name: str, size: tuple[int, int] = _PICTURE) -> None:
        file = self._folder / f"{name}.png"
        self._hands.rest(0.7)
        self._hands.photograph(file, size)
        cut = self._hands.cut_words()
        if cut:
            self.result.cut[name] = cut
        self._stalls.leave_out()
        if size != _PICTURE:
            self._desktop.app.window.resize(*_PICTURE)
        self.result.pictures.append(file)
