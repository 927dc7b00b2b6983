"""Reaching headsets: a connection that is not wanted any more is closed."""

from __future__ import annotations

import asyncio

import pytest

from tests.fakes.links import FakeAgent, FakeStream
from tests.fakes.waiting import until
from trainer_app.headsets import gateway as gateway_module
from trainer_app.headsets.gateway import AdbGateway
from trainer_app.headsets.link import AdbKey


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


async def test_attempt_that_is_given_up_leaves_no_connection(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    link = SilentLink()

    async def reach(*_arguments: object) -> SilentLink:
        return link

    monkeypatch.setattr(gateway_module, "_connect", reach)
    gateway = AdbGateway(AdbKey(tmp_path_factory.mktemp("key") / "adbkey"))
    trying = asyncio.create_task(gateway.connect("10.0.0.1:5555", lambda _address: None))
    await until(lambda: link.asked)
    trying.cancel()
    with pytest.raises(asyncio.CancelledError):
        await trying
    assert link.closed
