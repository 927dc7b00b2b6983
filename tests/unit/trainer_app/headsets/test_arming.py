"""Waiting for a headset on its Wi-Fi: what keeps it from answering is told for what it is."""

from __future__ import annotations

import pytest

from trainer_app.domain.link_errors import LinkProblem, NotAccepted, NothingListens, WifiUnanswered
from trainer_app.headsets.arming import wait_there
from trainer_app.headsets.link import AdbKey, HeadsetLink, Ways
from trainer_app.headsets.link.terms import OnState

ADDRESS = "10.0.0.1:5555"


class NoWay(Ways):
    """Leads nowhere, for one reason."""

    def __init__(self, key: AdbKey, problem: LinkProblem) -> None:
        super().__init__(key)
        self._problem = problem

    async def connect(
        self, address: str, *, on_state: OnState | None = None, accept_timeout_s: float = 5.0
    ) -> HeadsetLink:
        raise self._problem


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        (NotAccepted(headset=ADDRESS, seconds=5), NotAccepted),
        (NothingListens(headset=ADDRESS), WifiUnanswered),
    ],
)
async def test_a_headset_that_nobody_accepted_is_not_taken_for_one_on_another_network(
    tmp_path_factory: pytest.TempPathFactory, problem: LinkProblem, told: type[Exception]
) -> None:
    ways = NoWay(AdbKey(tmp_path_factory.mktemp("key") / "adbkey"), problem)
    with pytest.raises(told):
        await wait_there(ways, ADDRESS, "A1", 0.05)
