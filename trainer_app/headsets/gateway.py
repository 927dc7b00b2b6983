"""Reaches headsets over ADB and offers them in the services' terms.

What only playing or looking at a headset needs is imported when one of them is asked for: a film on its way
to a headset has no time to wait for it. *Stopp alt* has none to wait for an import either.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable, Collection, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from headset_agent.protocol.adb.handshake import HandshakeState
from headset_agent.protocol.messages import AskStatus, FilmList, FilmRemove, Films, Role, Status
from trainer_app.domain.errors import TrainerError
from trainer_app.domain.filling import FilmToSend, Sent
from trainer_app.domain.headset_address import USB, tells_apart
from trainer_app.domain.headset_state import HeadsetFacts, Showing
from trainer_app.domain.link_errors import LinkProblem
from trainer_app.domain.playback_errors import (
    AgentFault,
    HeadsetPlays,
    HeadsetProblem,
    HeadsetVanished,
    SourceUnreadable,
)
from trainer_app.headsets.agent.access import FILMS, AgentAccess
from trainer_app.headsets.agent.channel import Channel, RequestFailed, open_channel
from trainer_app.headsets.agent.filling import send_film
from trainer_app.headsets.care import HeadsetCare
from trainer_app.headsets.care_journal import CareJournal
from trainer_app.headsets.link import AdbKey, HeadsetLink, LinkLost, Ways, run
from trainer_app.headsets.manual.recognising import kind_of
from trainer_app.headsets.placement import Placed, Placement
from trainer_app.headsets.play_mode import PlayModeChoice
from trainer_app.headsets.tethered.tether import Tether, Tethers
from trainer_app.services.headset_port import (
    ACCEPT_S,
    FilmProgress,
    Found,
    Greeting,
    Outfitting,
    Place,
    Waiting,
)

if TYPE_CHECKING:
    from trainer_app.headsets.agent.identity import Identity
    from trainer_app.headsets.agent.member import Member
    from trainer_app.headsets.agent.streams import StopLink
    from trainer_app.headsets.manual.group import MixedGroup
    from trainer_app.headsets.manual.headset import OwnPlayerHeadset

log = logging.getLogger(__name__)

_SHA256 = re.compile(r"[0-9a-f]{64}")

_ASK_S = 10.0


class AdbHeadset:
    """A headset reached over ADB.

    Attributes:
        play_mode: How it plays, as far as is known.
    """

    def __init__(
        self,
        address: str,
        key: AdbKey,
        ways: Ways,
        link: HeadsetLink,
        serial: str,
        model: str,
        care_journal: CareJournal | None = None,
        tethers: Tethers | None = None,
    ) -> None:
        self.address = address
        self.serial = serial
        self.model = model
        self._key = key
        self._ways = ways
        self._link = link
        self._stop_link: HeadsetLink | None = None
        self._stop_linking = asyncio.Lock()
        self._stops_share = False
        self._closed = False
        self._access: AgentAccess | None = None
        self.play_mode = PlayModeChoice(self.facts)
        self.on_outfitting: Callable[[Outfitting | None], None] = lambda _how: None
        tether = Tether(link, serial, tethers or Tethers())
        self._placement = Placement(link, address, self.play_mode, tether)
        self._care = HeadsetCare(link, serial, self._care_channel, care_journal)

    @property
    def link(self) -> HeadsetLink:
        """The connection, for those that speak ADB themselves."""
        return self._link

    async def facts(self) -> HeadsetFacts:
        """Ask it about itself, in one go; what a session has left on it that was broken off is put back."""
        from trainer_app.headsets.telemetry import SCRIPT, parse_facts

        try:
            await self._care.heal()
            result = await run(self._link, SCRIPT, timeout_s=_ASK_S)
        except LinkLost as error:
            raise HeadsetVanished(headset=self.serial, detail=str(error)) from error
        told = self.play_mode.told(parse_facts(result.stdout.decode(errors="replace")))
        return await self._placement.told(told)

    async def showing(self) -> Found:
        """What it shows right now; asks a running agent, starts none."""
        from trainer_app.headsets.agent.player_now import showing_of

        try:
            placed = await self._placement.found()
            if placed is None:
                return Found()
            store = await self._channel(placed, self.serial)
        except LinkLost as error:
            raise HeadsetVanished(headset=self.serial, detail=str(error)) from error
        try:
            status: Status = await store.request(AskStatus)
        except RequestFailed as failed:
            raise AgentFault(headset=self.serial, code=failed.code, detail=failed.detail) from failed
        finally:
            await store.close()
        plan_id = "" if status.plan is None else status.plan.plan_id
        return Found(showing=showing_of(status.state), position_s=status.position_s, plan_id=plan_id)

    async def fill(
        self,
        films: Sequence[FilmToSend],
        *,
        keep: AbstractSet[str] | None,
        label: str,
        progress: FilmProgress,
    ) -> list[Sent | TrainerError]:
        """Bring the films there, one after the other; clear half-sent ones that are not in ``keep``.

        None keeps all of them. To one whose agent runs on this computer nothing is sent: films are lent.
        """
        placed = await self._settle(label)
        if placed.is_tethered:
            await self._placement.lend(films)
        store = await self._channel(placed, label)
        try:
            if keep is not None:
                await _clear_leftovers(store, keep)
            outcomes = [await self._send(store, film, label, progress) for film in films]
            return [_lent(one) for one in outcomes] if placed.is_tethered else outcomes
        except RequestFailed as failed:
            raise AgentFault(headset=label, code=failed.code, detail=failed.detail) from failed
        finally:
            await store.close()

    async def remove_films(self, films: Collection[str], *, label: str) -> None:
        """Remove films, or what there is of them, by sha256; none while it shows one."""
        from trainer_app.headsets.agent.player_now import showing_of

        placed = await self._settle(label)
        store = await self._channel(placed, label)
        try:
            status: Status = await store.request(AskStatus)
            if showing_of(status.state) in (Showing.FILM, Showing.PAUSED_FILM):
                raise HeadsetPlays(headset=label)
            if placed.is_tethered:
                # Its agent runs on this computer; what lies on the headset has come with an earlier one.
                await self._remove_files(films)
                return
            for sha256 in films:
                await store.request(FilmRemove, sha256=sha256)
        except RequestFailed as failed:
            raise AgentFault(headset=label, code=failed.code, detail=failed.detail) from failed
        finally:
            await store.close()

    async def _remove_files(self, films: Collection[str]) -> None:
        files = " ".join(f"{FILMS}/{sha256}.*" for sha256 in films if _SHA256.fullmatch(sha256))
        try:
            await run(self._link, f"rm -f {files}", timeout_s=_ASK_S)
        except LinkLost as error:
            raise HeadsetVanished(headset=self.serial, detail=str(error)) from error

    async def _send(
        self, store: Channel, film: FilmToSend, label: str, progress: FilmProgress
    ) -> Sent | TrainerError:
        try:
            return await send_film(
                store, film, headset=label, progress=lambda there, _size: progress(film, there)
            )
        except (HeadsetProblem, SourceUnreadable) as problem:
            return problem

    async def join(self, identity: Identity, *, film_title: str, holder: str) -> Member:
        """Make it a member of a group.

        *Stopp alt* gets a connection of its own: neither a film on its way nor a connection that hangs may
        hold it up.
        """
        import trainer_app.headsets.emergency  # noqa: F401 - darken has no time for that
        from trainer_app.headsets.agent.member import join

        if self._is_gone:
            raise HeadsetVanished(headset=self.serial, detail="no connection is left")
        placed = await self._settle(identity.label)
        member = await join(
            placed.link,
            self._way_of_stops(placed),
            placed.access,
            identity,
            holder=holder,
            film_title=film_title,
        )
        self._access = member.access

        async def last_resort() -> bool:
            try:
                return await self.darken(by=holder)
            except TrainerError as error:
                log.warning("the last resort did not reach headset %s: %s", identity.label, error)
                return False

        member.last_resort = last_resort
        return member

    def _way_of_stops(self, placed: Placed) -> StopLink:
        """An agent on this computer is reached by nothing that a film goes over."""
        if not placed.is_tethered:
            return self._link_for_stops

        async def beside_us() -> HeadsetLink:
            return self._placement.beside_us(placed.access, for_stops=True).link

        return beside_us

    async def _link_for_stops(self) -> HeadsetLink:
        """The connection of *Stopp alt*, made anew when it was lost.

        A headset that takes one connection only (Android 7) shares the one there is.
        """
        async with self._stop_linking:
            former, self._stop_link = self._stop_link, None
            if former is not None and former.lost is None:
                self._stop_link = former
                return former
            if former is not None:
                await former.close()
            self._stop_link = await self._second_link()
            return self._stop_link or self._link

    async def _second_link(self) -> HeadsetLink | None:
        """Another connection to the same headset; None where it takes one only, as over a cable of ours."""
        refusal: LinkProblem | None = None
        if not self._is_gone:
            if self._owns_its_cable:
                return None
            try:
                link = await self._ways.connect(self.address)
            except LinkProblem as error:
                refusal = error
            else:
                self._stops_share = False
                return link
        if self._is_gone:
            raise HeadsetVanished(headset=self.serial, detail="no connection is left") from refusal
        level = logging.DEBUG if self._stops_share else logging.WARNING
        log.log(level, "headset %s: Stopp alt shares the film's connection: %s", self.serial, refusal)
        self._stops_share = True
        return None

    @property
    def _is_gone(self) -> bool:
        return self._closed or self._link.lost is not None

    @property
    def _owns_its_cable(self) -> bool:
        """Nobody else can open it, we neither: its streams share one line, in which small ones go first."""
        return self.address.startswith(USB)

    async def wake(self) -> None:
        """Turn its screen on."""
        try:
            await run(self._link, "input keyevent KEYCODE_WAKEUP", timeout_s=_ASK_S)
        except LinkLost as error:
            raise HeadsetVanished(headset=self.serial, detail=str(error)) from error

    async def keep_awake(self) -> None:
        """Keep it awake for a session; has to be said again and again."""
        await self._care.keep_awake()

    async def let_sleep(self) -> None:
        """The session is over: put back what keeping it awake has changed."""
        await self._care.let_sleep()

    async def darken(self, *, by: str) -> bool:
        """*Stopp alt* for this one, whoever leads it; over a connection of its own where there can be one."""
        from trainer_app.headsets.emergency import EmergencyStop
        from trainer_app.headsets.emergency_notice import NoticedHeadset

        known = {}
        if self._access is not None:
            access = self._access
            known[self.address] = NoticedHeadset(
                self.address, self.serial, access.token, access.build, access.laptop_port
            )
        stop = EmergencyStop(self._key, known)
        if self._owns_its_cable or self._placement.is_tethered:
            return (await stop.stop_over(self._link, self.address, by=by)).dark
        return (await stop.stop(self.address, by=by)).dark

    async def wait_lost(self) -> TrainerError:
        """Wait until the connection is gone."""
        return await self._link.wait_lost()

    async def close(self) -> None:
        """Let go of it."""
        self._closed = True
        await self._care.close()
        await self._placement.close()
        await self._link.close()
        async with self._stop_linking:
            if self._stop_link is not None:
                await self._stop_link.close()

    async def _care_channel(self) -> Channel:
        """A connection to its agent, which for care has to run on the headset itself."""
        self._placement.expect_on_headset()
        placed = await self._settle(self.serial)
        self._placement.expect_on_headset()
        return await self._channel(placed, self.serial)

    async def _settle(self, label: str) -> Placed:
        """Have its agent run, wherever it can."""
        try:
            return await self._placement.settle(label, progress=self._tell_outfitting)
        finally:
            self.on_outfitting(None)

    def _tell_outfitting(self, there: int, whole: int) -> None:
        self.on_outfitting(Outfitting(there=there, whole=whole))

    async def _channel(self, placed: Placed, label: str) -> Channel:
        access = placed.access
        return await open_channel(
            placed.link, Role.STORE, build=access.build, token=access.token, headset=label, holder=""
        )


class AdbGateway:
    """Reaches headsets; all connections of one program use one key.

    Args:
        key: This computer's.
        leaders: Folder of the notices by which *Stopp alt* finds groups; None posts none.
        care: Folder in which it is remembered what is changed on headsets; None remembers nothing here.
        ways: How headsets are reached; None: all ways of this computer.
        films: The library's folder, of which headsets that cannot run the agent are lent films.
    """

    def __init__(
        self,
        key: AdbKey,
        leaders: Path | None = None,
        care: Path | None = None,
        ways: Ways | None = None,
        films: Path | None = None,
    ) -> None:
        self._key = key
        self._ways = ways or Ways(key)
        self._leaders = leaders
        self._care = None if care is None else CareJournal(care)
        self._tethers = Tethers(films)

    async def connect(
        self, address: str, waiting: Waiting, *, accept_s: float = ACCEPT_S
    ) -> AdbHeadset | OwnPlayerHeadset:
        """Reach a headset, waiting ``accept_s`` while somebody accepts this computer in it.

        Raises:
            LinkProblem: nothing is there, something else is, or nobody accepted this computer in time.
        """

        def on_state(state: HandshakeState) -> None:
            if state is HandshakeState.WAITING_FOR_ACCEPT:
                waiting(address)

        link = await self._ways.connect(address, on_state=on_state, accept_timeout_s=accept_s)
        try:
            asked = await run(link, "getprop ro.serialno", timeout_s=_ASK_S)
            kind = await kind_of(link)
        except BaseException:
            await link.close()
            raise
        serial = asked.stdout.decode(errors="replace").strip()
        model = link.properties.get("ro.product.model", "")
        name = serial if tells_apart(serial) else address
        if kind is not None:
            from trainer_app.headsets.manual.headset import OwnPlayerHeadset

            return OwnPlayerHeadset(address, link, name, model, kind)
        return AdbHeadset(address, self._key, self._ways, link, name, model, self._care, self._tethers)

    async def group(
        self,
        places: Sequence[Place],
        *,
        greet: Callable[[int], Greeting],
        film_title: str,
        holder: str,
    ) -> MixedGroup:
        """Make a group; one that cannot join is among its problems."""
        from trainer_app.headsets.agent.group import Group
        from trainer_app.headsets.emergency_switch import EmergencySwitch
        from trainer_app.headsets.manual.group import MixedGroup
        from trainer_app.headsets.manual.headset import OwnPlayerHeadset

        switch = EmergencySwitch(by=holder)

        async def enlist(place: Place) -> Member:
            member = await self._member(place, greet(place.number), film_title, holder)
            try:
                await switch.lead(place.headset.address, member)
            except BaseException:
                await member.close()
                raise
            return member

        alone = [place for place in places if isinstance(place.headset, OwnPlayerHeadset)]
        paged = [place for place in places if place not in alone]
        group = Group(await asyncio.gather(*(enlist(place) for place in paged)), enlist)
        mixed = MixedGroup(group, switch.lead)
        try:
            if self._leaders is not None:
                group.on_close = switch.close
                await switch.open(self._leaders, lambda: group.under_way)
            for place in alone:
                await mixed.admit(place, 0.0)
        except BaseException:
            await mixed.close()
            raise
        return mixed

    async def _member(self, place: Place, greeting: Greeting, film_title: str, holder: str) -> Member:
        from trainer_app.headsets.agent.identity import Identity
        from trainer_app.headsets.agent.member import Member

        identity = Identity(
            serial=place.headset.serial,
            number=place.number,
            lang=greeting.lang,
            colour=greeting.fill,
            ink=greeting.ink,
            texts=dict(greeting.texts),
        )
        assert isinstance(place.headset, AdbHeadset)
        try:
            return await place.headset.join(identity, film_title=film_title, holder=holder)
        except HeadsetProblem as problem:
            absent = Member(identity, film_title)
            absent.drop_out(problem)
            return absent


def _lent(outcome: Sent | TrainerError) -> Sent | TrainerError:
    """What became of a film that an agent beside us has been asked for."""
    return replace(outcome, lent=True) if isinstance(outcome, Sent) else outcome


async def _clear_leftovers(store: Channel, keep: AbstractSet[str]) -> None:
    listed: Films = await store.request(FilmList)
    for film in listed.films:
        if not film.verified and film.sha256 not in keep:
            await store.request(FilmRemove, sha256=film.sha256)
