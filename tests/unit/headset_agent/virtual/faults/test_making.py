"""Faults begin and end, and what fails about it is told without an end of the headset."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from headset_agent.virtual.faults.active import ActiveFaults
from headset_agent.virtual.faults.kinds import AdbRestart, Fault, Offline
from headset_agent.virtual.faults.making import FaultMaker


class EffectsThatFail:
    """Nothing heals, and ADB cannot even be taken down."""

    def of(self, fault: Fault) -> AbstractAsyncContextManager[None]:
        return self._failing(at_once=isinstance(fault, AdbRestart))

    @asynccontextmanager
    async def _failing(self, *, at_once: bool) -> AsyncIterator[None]:
        if at_once:
            raise OSError("it will not end")
        yield
        raise OSError("the port is taken")


@pytest.fixture
def faults() -> ActiveFaults:
    return ActiveFaults()


@pytest.fixture
def maker(faults: ActiveFaults) -> FaultMaker:
    return FaultMaker(faults, EffectsThatFail())  # type: ignore[arg-type]  # it only asks what to do


async def test_a_fault_that_cannot_be_healed_is_told_and_over(
    maker: FaultMaker, faults: ActiveFaults, capsys: pytest.CaptureFixture[str]
) -> None:
    await maker.begin(Offline())
    assert await maker.end(Offline)
    assert capsys.readouterr().err == "The fault 'offline' has failed: the port is taken\n"
    await maker.begin(Offline())
    await maker.end_all()
    assert not faults


async def test_a_fault_that_cannot_begin_is_told_and_not_there(
    maker: FaultMaker, faults: ActiveFaults, capsys: pytest.CaptureFixture[str]
) -> None:
    await maker.begin(AdbRestart(), for_s=60.0)
    assert capsys.readouterr().err == "The fault 'adb-restart' has failed: it will not end\n"
    assert not faults
    assert not await maker.end(AdbRestart)
