"""A film on its own connection, to an agent that stores nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from headset_agent.protocol import messages as m
from headset_agent.protocol.adb.slices import SharedFile
from tests.fakes.links import FakeAgent, FakeStream
from trainer_app.domain.playback_errors import HeadsetVanished
from trainer_app.headsets.agent import film_line as film_line_module
from trainer_app.headsets.agent.channel import open_channel
from trainer_app.headsets.agent.film_line import film_line

SIZE = 10 << 20


class Stuck(FakeAgent):
    """Takes a film's bytes and never says that they are stored: its storage hangs."""

    def take(self, stream: FakeStream, line: bytes) -> None:
        if stream.hello is None or stream.hello.role is not m.Role.FILM:
            super().take(stream, line)
        elif line.startswith(b"{"):
            stream.say(m.Done(id=1))


@pytest.fixture
def film(tmp_path: Path) -> Path:
    file = tmp_path / "film.mp4"
    file.write_bytes(bytes(SIZE))
    return file


@pytest.mark.parametrize("hangs", [False, True], ids=["storage", "line"])
async def test_a_headset_that_stores_nothing_is_given_up(
    film: Path, hangs: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    agent = Stuck()
    store = await open_channel(agent, m.Role.STORE, build="b", token="t", headset="1", holder="Anna")
    async with film_line(store, "ab" * 32, 0) as line:
        monkeypatch.setattr(film_line_module, "_PATIENCE_S", 0.05)
        agent.hangs = hangs
        with pytest.raises(HeadsetVanished, match="nothing of the film"):
            await line.send(SharedFile(film).slice(0, SIZE), lambda _offset: None)
    assert line.sent <= m.FILM_WINDOW
    await store.close()
