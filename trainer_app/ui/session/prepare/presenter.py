"""Klargjøring: opens the suitcase of a session, gets its headsets ready, and makes the session ready."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.films import Sha256
from trainer_app.domain.kits import Headset, HeadsetCondition, HeadsetId
from trainer_app.domain.live_kit import HeadsetNow, KitNow
from trainer_app.domain.session_errors import StepBlocked
from trainer_app.domain.sessions import SessionId
from trainer_app.runtime.changes import Topic
from trainer_app.services.setting_up import SettingUp, SetUp
from trainer_app.services.suitcases import Suitcases
from trainer_app.ui.clearing import Clearing, ClearQuestion, foreign_films, question_of
from trainer_app.ui.headset_address import Place, Readdressing, whole_address
from trainer_app.ui.office import Office, Target
from trainer_app.ui.session.prepare.choosing import wave_sizes
from trainer_app.ui.session.prepare.describing import describe
from trainer_app.ui.session.prepare.details import details_of
from trainer_app.ui.session.prepare.loaded import Loaded, load
from trainer_app.ui.session.prepare.models import (
    BannerModel,
    Hero,
    PrepareModel,
    PrepareViewing,
    TileAction,
    TileModel,
    Way,
)
from trainer_app.ui.session.prepare.readying import StartWith, make_ready, refusal
from trainer_app.ui.session.prepare.scene import Scene
from trainer_app.ui.session.prepare.suitcase import Suitcase

_TOPICS = {Topic.SESSIONS, Topic.KITS, Topic.FILMS, Topic.PEOPLE, Topic.PLACES, Topic.CHECKS}


class PreparePresenter:
    """Knows no Qt."""

    def __init__(self, office: Office, view: PrepareViewing) -> None:
        self._office, self._view = office, view
        self._tasks = office.tasks.page()
        self.suitcase = Suitcase(office.services.live, office.services.holding, self._tasks)
        self._suitcases = Suitcases(office.services.stored, office.now)
        self._readdressing = Readdressing(office, self._tasks, self._suitcases)
        self._clearing = Clearing(office, self._tasks)
        self._session_id: SessionId | None = None
        self._loaded: Loaded | None = None
        self._refused: BannerModel | None = None
        self._details: int | None = None
        self._shown: PrepareModel | None = None
        self._ready_count = 0
        self._starting = False
        self._forget = (office.changes.on(_TOPICS, self.reload), office.kit_now.on(self._on_kit))

    # --- coming and going --------------------------------------------------------------------------------

    def open(self, session_id: SessionId) -> None:
        """Show a session, and open its suitcase."""
        if session_id != self._session_id:
            self._loaded, self._refused, self._details, self._shown = None, None, None, None
        self._session_id, self._starting = session_id, False
        self.suitcase.look_anew()
        self.reload()

    def leave(self) -> None:
        """The step is hidden; the suitcase stays open, so that headsets go on getting ready."""
        self._session_id = None
        self.suitcase.leave()

    def end(self) -> None:
        """The step goes away for good."""
        for forget in self._forget:
            forget()
        self._tasks.close()

    def reload(self) -> None:
        """Read the session anew."""
        session_id, services = self._session_id, self._office.services
        if session_id is None:
            return
        ready = self._ready_count = self._office.kit_now.value.ready_count
        self._tasks.stored(lambda: load(services, session_id, ready), self._on_loaded)

    def tick(self) -> None:
        """Time has passed."""
        self._show()

    # --- headsets ----------------------------------------------------------------------------------------

    def get_ready(self) -> None:
        """Bring the film to all headsets, also to those that come later."""
        if self._loaded is not None and self._loaded.held is None:
            self.suitcase.get_ready(self._loaded)
            self._show()

    def press(self, number: int) -> None:
        """Do what the one button of a tile says."""
        tile = next((tile for tile in self._tiles() if tile.number == number), None)
        action = None if tile is None else tile.face.action or tile.small.action
        if action is TileAction.RETRY:
            self.suitcase.retry(number)
        elif action in (TileAction.SET_ASIDE, TileAction.TAKE_BACK):
            self.suitcase.set_aside(number, aside=action is TileAction.SET_ASIDE)
        elif action is TileAction.SHOW_HOW:
            self.show_details(number)
        elif action is TileAction.ADD:
            self._view.show_add()
        elif action is TileAction.CORRECT:
            self.correct_address(number)
        elif action is TileAction.CLEAR:
            self._ask_to_clear(number)

    def clear(self, question: ClearQuestion) -> None:
        """Remove films from a headset that is full: somebody has said yes."""
        self._clearing.remove(question)

    def _ask_to_clear(self, number: int) -> None:
        headset, loaded = self._headset(number), self._loaded
        if headset is None or loaded is None:
            return
        foreign = foreign_films(loaded.library, [headset])
        if foreign:
            self._view.ask_clearing(question_of(foreign, self._office.texts))

    def add_address(self, address: str) -> None:
        """Look for a headset at an address as well."""
        self.suitcase.add(address, lambda _done: self._on_added(address), self._on_refused_address)

    def correct_address(self, number: int) -> None:
        """Ask for the right address of a headset."""
        headset = self._headset(number)
        if headset is not None:
            self._view.show_correction(number, whole_address(headset.address or ""))

    def change_address(self, number: int, address: str) -> None:
        """Look for a headset at another address."""
        loaded, headset = self._loaded, self._headset(number)
        if loaded is None or loaded.kit is None or headset is None:
            return
        self._readdressing.change(
            Place(kit_id=loaded.kit.id, number=number, headset_id=headset.headset_id),
            address,
            then=lambda: self._on_corrected(number, address),
            failed=self._on_refused_address,
            by=self.reload,
        )

    def mark_defective(self, number: int) -> None:
        """Record that a headset is defective; *Angre* takes it back."""
        known, headset = self._known(number), self._headset(number)
        if known is None or headset is None:
            return
        note = "" if headset.problem is None else self._office.texts.explain(headset.problem).what
        self._tasks.stored(
            lambda: self._suitcases.set_condition(known, HeadsetCondition.DEFECTIVE, note),
            lambda _after: self._on_marked(known),
        )

    def show_details(self, number: int | None) -> None:
        """Show what is known of a headset; None: no longer."""
        self._details = number
        self._show_details()

    # --- what is settled ---------------------------------------------------------------------------------

    def show_help(self, topic: str) -> None:
        """Open the help; from there it is one step back."""
        self._office.go(Target(place="help", detail=topic, item="session"))

    def tick_room(self, line: str, *, done: bool) -> None:
        """Tick off a line of the room's check list, or take it back."""
        self._settle(lambda now: replace(now, ticks=now.ticks | {line} if done else now.ticks - {line}))

    def choose_on_screen(self, *, on_screen: bool) -> None:
        """Let the others watch on a screen, or make waves."""
        self._settle(lambda now: replace(now, on_screen=on_screen))

    def choose_film(self, film: Sha256) -> None:
        """Show another film of the theme."""
        self._settle(lambda now: replace(now, film=film), self.reload)

    # --- the start ---------------------------------------------------------------------------------------

    def press_hero(self) -> None:
        """Do what the big button says."""
        hero = self._shown.start.hero if self._shown is not None else Hero.NOTHING
        if hero is Hero.GET_READY:
            self.get_ready()
        elif hero is Hero.START:
            self._start()

    def go(self, way: Way) -> None:
        """Take the way out that a banner or the empty state offers."""
        if way is Way.ADD:
            self._view.show_add()
        elif way is Way.HELD:
            self._go_to_held()
        elif way is Way.LIBRARY:
            theme = None if self._loaded is None else self._loaded.session.theme
            self._office.go(Target(place="library", detail="films", item=theme))
        else:
            self._office.go(Target(place="plan", session_id=self._session_id))

    def _go_to_held(self) -> None:
        held = None if self._loaded is None else self._loaded.held
        if held is not None:
            self._office.go(Target(place="session", session_id=held.id))

    def _start(self) -> None:
        loaded, services = self._loaded, self._office.services
        if loaded is None or self._starting:
            return
        self._starting = True
        headsets = self._taking_part(loaded)
        start = StartWith(
            session_id=loaded.session.id,
            film=None if loaded.film is None else loaded.film.sha256,
            headsets=headsets,
            sizes=wave_sizes(loaded, len(headsets)) if loaded.needs_headsets else (),
        )
        self._tasks.stored(
            lambda: make_ready(services, start), lambda _done: self._on_ready(), self._on_refused
        )

    def _on_ready(self) -> None:
        self._refused, self._starting = None, False
        self._office.changes.announce(Topic.SESSIONS, by=self.reload)
        self._view.go_on()

    def _on_refused(self, problem: TrainerError) -> None:
        self._starting = False
        if isinstance(problem, StepBlocked):
            self._refused = refusal(problem, self._office.texts)
            self._show()
        else:
            self._office.notices.problem(problem)

    # --- inside ------------------------------------------------------------------------------------------

    def _settle(self, change: Callable[[SetUp], SetUp], then: Callable[[], None] | None = None) -> None:
        """Shown at once, kept soon; taken back where it cannot be kept."""
        loaded = self._loaded
        if loaded is None:
            return
        before, session_id = loaded.set_up, loaded.session.id
        after = change(before)
        self._loaded = replace(loaded, set_up=after)
        self._show()
        keeping = SettingUp(self._office.services.stored.settings)
        self._tasks.stored(
            lambda: keeping.keep(session_id, after),
            lambda _done: then() if then is not None else None,
            lambda problem: self._on_not_kept(session_id, before, problem),
        )

    def _on_not_kept(self, session_id: SessionId, before: SetUp, problem: TrainerError) -> None:
        self._office.notices.problem(problem)
        if self._loaded is not None and self._loaded.session.id == session_id:
            self._loaded = replace(self._loaded, set_up=before)
            self._show()

    def _on_loaded(self, loaded: Loaded | None) -> None:
        if loaded is None or loaded.session.id != self._session_id:
            return
        self._loaded = loaded
        self.suitcase.open_for(loaded)
        self._show()

    def _on_kit(self, kit: KitNow) -> None:
        if self._session_id is None:
            return
        if kit.ready_count != self._ready_count:
            self.reload()
        self._show()

    def _on_added(self, address: str) -> None:
        self._view.address_added()
        self._office.notices.say(self._office.texts("prepare.add.said", address=address.strip()))

    def _on_marked(self, before: Headset) -> None:
        self._announce_kits()
        words = self._office.texts("prepare.details.marked", number=before.number)
        self._office.notices.offer_undo(words, lambda: self._unmark(before))

    def _unmark(self, before: Headset) -> None:
        self._tasks.stored(
            lambda: self._suitcases.restore_condition(before), lambda _done: self._announce_kits()
        )

    def _announce_kits(self) -> None:
        self._office.changes.announce(Topic.KITS, by=self.reload)
        self.reload()

    def _on_corrected(self, number: int, address: str) -> None:
        self._view.address_corrected()
        words = self._office.texts("link.looking_for", number=number, address=address.strip())
        self._office.notices.say(words)

    def _on_refused_address(self, problem: TrainerError) -> None:
        said = self._office.texts.explain(problem)
        self._view.address_refused(f"{said.what} {said.next_step}")

    def _show(self) -> None:
        if self._loaded is None or self._session_id is None:
            return
        model = describe(self._scene(self._loaded))
        if model != self._shown:
            self._shown = model
            self._view.show_page(model)
        self._show_details()

    def _scene(self, loaded: Loaded) -> Scene:
        office = self._office
        return Scene(
            texts=office.texts,
            content=office.services.content,
            now=office.now(),
            loaded=loaded,
            kit=office.kit_now.value,
            asked=self.suitcase.was_asked(loaded),
            refused=self._refused,
        )

    def _show_details(self) -> None:
        headset = None if self._details is None else self._headset(self._details)
        known = None if headset is None else self._known(headset.number)
        condition = None if known is None else known.condition
        texts = self._office.texts
        self._view.show_details(None if headset is None else details_of(headset, condition, texts))

    def _tiles(self) -> tuple[TileModel, ...]:
        return () if self._shown is None else self._shown.tiles

    def _headset(self, number: int) -> HeadsetNow | None:
        return next((each for each in self._headsets() if each.number == number), None)

    def _known(self, number: int) -> Headset | None:
        """What is remembered of a headset that was seen."""
        headset, loaded = self._headset(number), self._loaded
        own = None if headset is None else headset.headset_id
        known = () if loaded is None else loaded.headsets
        return next((each for each in known if each.id == own), None)

    def _headsets(self) -> tuple[HeadsetNow, ...]:
        return self._office.kit_now.value.headsets

    def _taking_part(self, loaded: Loaded) -> list[HeadsetId]:
        numbers = self._scene(loaded).taking_part(self._tiles())
        ids = (each.headset_id for each in self._headsets() if each.number in numbers)
        return [each for each in ids if each is not None]
