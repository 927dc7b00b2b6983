"""Reaching headsets: a connection that is not wanted any more is closed."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.fakes.links import FakeAgent, FakeStream
from tests.fakes.waiting import until
from trainer_app.domain.playback_errors import NoRoomForAgent
from trainer_app.headsets import placement
from trainer_app.headsets.agent.runtime import Progress
from trainer_app.headsets.emergency_notice import posted
from trainer_app.headsets.gateway import AdbGateway, AdbHeadset
from trainer_app.headsets.link import AdbKey, HeadsetLink, Ways
from trainer_app.headsets.link.terms import OnState
from trainer_app.headsets.manual.group import MixedGroup
from trainer_app.headsets.manual.headset import OwnPlayerHeadset
from trainer_app.headsets.manual.recognising import Kind
from trainer_app.services.headset_port import Greeting, Outfitting, Place

GREETING = Greeting(lang="nb", fill="#000000", ink="#ffffff")
KIND = Kind(maker="Pico", needs_own_player=True)


class SilentLink(FakeAgent):
    """A headset that accepted this computer and then says nothing more."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = self.closed = False

    async def open_service(self, name: str, *, bulk: bool = False) -> FakeStream:
        self.asked = True
        await asyncio.Event().wait()
        raise AssertionError

    async def close(self) -> None:
        self.closed = True


class Words(FakeStream):
    """What a command said."""

    def __init__(self, agent: FakeAgent, said: bytes) -> None:
        super().__init__(agent)
        self._said = said

    async def read_some(self) -> memoryview:
        said, self._said = self._said, b""
        return memoryview(said)


class OddlyNamed(FakeAgent):
    """A headset whose serial number is no text."""

    async def open_service(self, name: str, *, bulk: bool = False) -> Words:
        mark = name.rpartition("echo ")[2].removesuffix("$?")
        return Words(self, b"S\xff1\n%s0\n" % mark.encode())


class OneWay(Ways):
    """Leads to one link."""

    def __init__(self, key: AdbKey, link: HeadsetLink) -> None:
        super().__init__(key)
        self._link = link

    async def connect(
        self, address: str, *, on_state: OnState | None = None, accept_timeout_s: float = 5.0
    ) -> HeadsetLink:
        return self._link


async def test_attempt_that_is_given_up_leaves_no_connection(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    link = SilentLink()
    key = AdbKey(tmp_path_factory.mktemp("key") / "adbkey")
    gateway = AdbGateway(key, ways=OneWay(key, link))
    trying = asyncio.create_task(gateway.connect("10.0.0.1:5555", lambda _address: None))
    await until(lambda: link.asked)
    trying.cancel()
    with pytest.raises(asyncio.CancelledError):
        await trying
    assert link.closed


async def test_headset_whose_serial_number_is_no_text_is_reached(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    key = AdbKey(tmp_path_factory.mktemp("key") / "adbkey")
    gateway = AdbGateway(key, ways=OneWay(key, OddlyNamed()))
    headset = await gateway.connect("10.0.0.1:5555", lambda _address: None)
    assert headset.serial == "S\N{REPLACEMENT CHARACTER}1"


async def test_program_on_its_way_is_told_and_that_it_is_over_also_where_it_does_not_fit(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def brought_in_part(_link: HeadsetLink, label: str, *, progress: Progress) -> None:
        progress(5, 10)
        raise NoRoomForAgent(headset=label, needed=10, free=5)

    monkeypatch.setattr(placement, "attach", brought_in_part)
    key = AdbKey(tmp_path_factory.mktemp("key") / "adbkey")
    headset = AdbHeadset("10.0.0.1:5555", key, Ways(key), FakeAgent(), "S1", "Quest 3")
    told: list[Outfitting | None] = []
    headset.on_outfitting = told.append
    with pytest.raises(NoRoomForAgent):
        await headset.fill([], keep=None, label="1", progress=lambda *_: None)
    assert told == [Outfitting(there=5, whole=10), None]


async def test_group_that_is_given_up_while_it_is_made_takes_its_notice_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else *Stopp alt* would go to a group that leads nobody."""

    async def hangs(_group: MixedGroup, _place: Place, _timeout_s: float) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(MixedGroup, "admit", hangs)
    key, folder = AdbKey(tmp_path / "adbkey"), tmp_path / "leading"
    alone = OwnPlayerHeadset("10.0.0.1:5555", FakeAgent(), "S1", "Old", KIND)
    making = asyncio.create_task(
        AdbGateway(key, folder).group(
            [Place(number=1, headset=alone)], greet=lambda _number: GREETING, film_title="", holder="Anna"
        )
    )
    await until(lambda: posted(folder))
    making.cancel()
    with pytest.raises(asyncio.CancelledError):
        await making
    assert posted(folder) == []
