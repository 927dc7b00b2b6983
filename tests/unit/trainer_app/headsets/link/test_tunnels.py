"""What a headset answers to the wish for a tunnel."""

from __future__ import annotations

import pytest

from tests.fuzz.told import ToldLink
from trainer_app.domain.link_errors import ReverseRefused, ServiceEnded
from trainer_app.headsets.link import reverse


@pytest.mark.parametrize("answer", [b"FAILnone", b"FAIL-001", b"FAIL 0x1", b"OKAx"])
async def test_an_answer_in_no_known_format_ends_the_conversation(answer: bytes) -> None:
    with pytest.raises(ServiceEnded, match="reverse"):
        await reverse(ToldLink([answer]), 29369, 1)


async def test_the_headsets_reason_is_told() -> None:
    with pytest.raises(ReverseRefused, match="in use"):
        await reverse(ToldLink([b"FAIL0006in use"]), 29369, 1)
