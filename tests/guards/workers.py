"""How a whole run is shared out between processes: module by module, what plays films one after another."""

from __future__ import annotations

import os

import pytest
from xdist.scheduler.loadscope import LoadScopeScheduling
from xdist.workermanage import WorkerController

IN_REAL_TIME = (
    "tests/e2e/",
    "tests/integration/desktop/test_starting.py",
    "tests/integration/page/",
    "tests/integration/virtual/test_chromium.py",
)
"""What plays films, above all with real browsers, which draw in software, and what somebody waits for: beside
one another they would starve. Among them what pushes films by a command of its own, which gives way by itself
and would starve where everything does."""

PLAYS_NOTHING = (
    "tests/integration/page/test_devtools_endpoints.py",
    "tests/integration/page/test_emulator.py",
)
"""What lies among them without need of that."""

FILMS = "in real time"
"""All of the former, as one stretch."""

PROJECTOR = "gw0"
"""The worker that plays the films; the others give way to it, and to all that it starts."""

GIVE_WAY = 5
"""Niceness of the others: a third of the projector's share where both want the processor."""

LONGEST_FIRST = ("tests/integration/package/", "tests/integration/", "tests/gui/", "")
"""So that all workers end at about the same time."""


class ModuleByModule(LoadScopeScheduling):  # type: ignore[misc]  # xdist is not typed
    """Keeps a module's tests together, for the sake of what they share, and long modules in front."""

    def __init__(self, config: pytest.Config, log: object = None) -> None:
        config.option.loadscopereorder = False
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.partition("::")[0]
        is_in_real_time = module.startswith(IN_REAL_TIME) and module not in PLAYS_NOTHING
        return FILMS if is_in_real_time else module

    def _assign_work_unit(self, node: WorkerController) -> None:
        is_projector = node.gateway.id == PROJECTOR
        self.workqueue.move_to_end(
            min(self.workqueue, key=lambda scope: _turn(scope, is_projector)), last=False
        )
        super()._assign_work_unit(node)


def _turn(scope: str, is_projector: bool) -> int:
    """When a stretch has its turn at a worker: the lowest first."""
    if scope == FILMS:
        # Should the projector have died, somebody else shows them after all.
        return -1 if is_projector else len(LONGEST_FIRST)
    return next(turn for turn, folder in enumerate(LONGEST_FIRST) if scope.startswith(folder))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ModuleByModule:
    return ModuleByModule(config, log)


def pytest_configure(config: pytest.Config) -> None:
    worker = getattr(config, "workerinput", {}).get("workerid", PROJECTOR)
    if worker != PROJECTOR and hasattr(os, "nice"):  # Windows knows no niceness
        os.nice(GIVE_WAY)
