"""How a whole run is shared out between processes: module by module, what plays films one after another."""

from __future__ import annotations

import pytest
from xdist.scheduler.loadscope import LoadScopeScheduling

IN_REAL_TIME = (
    "tests/e2e/",
    "tests/integration/desktop/test_starting.py",
    "tests/integration/page/",
    "tests/integration/virtual/test_chromium.py",
)
"""What plays films, above all with real browsers, which draw in software, and what somebody waits for: beside
one another they would starve."""

PLAYS_NOTHING = (
    "tests/e2e/test_pushing.py",
    "tests/integration/page/test_devtools_endpoints.py",
    "tests/integration/page/test_emulator.py",
)
"""What lies among them without need of that."""


class ModuleByModule(LoadScopeScheduling):  # type: ignore[misc]  # xdist is not typed
    """Keeps a module's tests together, for the sake of what they share, and modules in their order."""

    def __init__(self, config: pytest.Config, log: object = None) -> None:
        # The longest stretch, which is what plays films, is also the first.
        config.option.loadscopereorder = False
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.partition("::")[0]
        is_in_real_time = module.startswith(IN_REAL_TIME) and module not in PLAYS_NOTHING
        return "in real time" if is_in_real_time else module


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ModuleByModule:
    return ModuleByModule(config, log)
