"""Commands on headsets that say too much, or hear too little."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from headset_agent.protocol.adb.framing import Sendable
from headset_agent.protocol.adb.shell import FrameKind, encode_frame
from tests.fuzz.told import HEADSET, ToldLink, ToldStream
from trainer_app.domain.link_errors import AnswerTooLong, ServiceEnded
from trainer_app.headsets.link import run
from trainer_app.headsets.link.shell import OUTPUT_LIMIT

_MEGABYTE = bytes(1 << 20)
_TOO_MANY = (OUTPUT_LIMIT >> 20) + 1


@pytest.mark.parametrize(
    ("piece", "modern"), [(encode_frame(FrameKind.STDERR, _MEGABYTE), True), (_MEGABYTE, False)]
)
async def test_a_command_that_never_stops_talking_is_left(piece: bytes, modern: bool) -> None:
    pieces = [piece] * _TOO_MANY + [encode_frame(FrameKind.EXIT, b"\0")]
    with pytest.raises(AnswerTooLong, match="16"):
        await run(ToldLink(pieces, modern=modern), "yes", timeout_s=50)


class Deaf(ToldStream):
    """The command has ended before it read anything."""

    async def write(self, data: Sendable) -> None:
        raise ServiceEnded(headset=HEADSET, service="exec", detail="closed")


class Old(ToldLink):
    """A headset without shell protocol 2."""

    def __init__(self, said: Sequence[bytes]) -> None:
        super().__init__(said, modern=False)
        self._said = said

    async def open_service(self, name: str, *, bulk: bool = False) -> ToldStream:
        mark = re.search(r"echo (\w+)\$\?", name)
        assert mark is not None
        return Deaf([*self._said, f"{mark[1]}3\n".encode()])


async def test_a_command_need_not_read_what_it_is_given() -> None:
    result = await run(Old([b"no\n"]), "echo no; exit 3", stdin=b"much", timeout_s=50)
    assert (result.stdout, result.exit_code) == (b"no\n", 3)
