"""What ``doctor`` tries on a headset that has nothing of ours."""

from __future__ import annotations

from pathlib import Path

from headset_agent.protocol.adb.shell import FrameKind, encode_frame
from tests.fuzz.told import ToldLink, ToldStream
from trainer_app.headsets.agent.runtime import RuntimeBundle
from trainer_app.headsets.checkup import AdbCheckup

_NO = encode_frame(FrameKind.EXIT, b"\x01")


class Bare(ToldLink):
    """A headset on which no file is: it answers no to whatever a script asks, and takes nothing."""

    def __init__(self) -> None:
        super().__init__([_NO])
        self.asked: list[str] = []

    async def open_service(self, name: str, *, bulk: bool = False) -> ToldStream:
        self.asked.append(name)
        return await super().open_service(name, bulk=bulk)


async def test_nothing_is_brought_to_take_a_film_away_that_cannot_have_come(tmp_path: Path) -> None:
    """Breaking off while the runtime is on its way must not begin that anew."""
    bundle = tmp_path / "bundle"
    bundle.write_bytes(bytes(8))
    headset = Bare()
    await AdbCheckup(headset, "1", find_runtime=lambda: RuntimeBundle(bundle)).remove_film("0" * 64)
    assert [name for name in headset.asked if not name.startswith("shell,v2,raw:[ ")] == []
