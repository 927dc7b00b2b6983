"""A whole run is shared out so that films never play beside one another."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest

from tests.guards import workers
from tests.guards.workers import ModuleByModule

COLLECTION = [
    "tests/e2e/test_playing.py::test_five",
    "tests/gui/test_page.py::test_a",
    "tests/integration/films/test_probing.py::test_a",
    "tests/integration/page/test_emulator.py::test_a",
    "tests/integration/page/test_playing.py::test_a",
    "tests/integration/page/test_playing.py::test_b",
    "tests/unit/test_a.py::test_a",
    "tests/unit/test_b.py::test_a",
    "tests/unit/test_c.py::test_a",
]
FILMS = {test for test in COLLECTION if "playing" in test}


@dataclass(eq=False)
class Worker:
    """Runs nothing, and remembers what it was given."""

    name: str
    given: list[str] = field(default_factory=list)
    shutting_down: bool = False

    @property
    def gateway(self) -> SimpleNamespace:
        return SimpleNamespace(id=self.name)

    def send_runtest_some(self, indices: Sequence[int]) -> None:
        self.given += [COLLECTION[index] for index in indices]

    def shutdown(self) -> None:
        self.shutting_down = True


def share_out(*names: str) -> list[Worker]:
    """Have workers done with each test as soon as it is given to them."""
    option = SimpleNamespace(loadscopereorder=True)
    config = SimpleNamespace(option=option, getvalue=lambda _name: [f"{len(names)}*popen"])
    scheduler = ModuleByModule(config)  # type: ignore[arg-type]  # of pytest's it needs no more
    found = [Worker(name) for name in names]
    for worker in found:
        scheduler.add_node(worker)
        scheduler.add_node_collection(worker, COLLECTION)
    scheduler.schedule()
    done = dict.fromkeys(found, 0)
    while any(done[worker] < len(worker.given) for worker in found):
        for worker in found:
            if done[worker] < len(worker.given):
                scheduler.mark_test_complete(worker, COLLECTION.index(worker.given[done[worker]]))
                done[worker] += 1
    return found


def test_one_worker_plays_all_films_and_begins_with_them() -> None:
    other, projector, third = share_out("gw1", "gw0", "gw2")
    assert set(projector.given[: len(FILMS)]) == FILMS
    assert not FILMS & {*other.given, *third.given}
    assert sorted([*other.given, *projector.given, *third.given]) == sorted(COLLECTION)


def test_what_takes_long_comes_first() -> None:
    (_, other) = share_out("gw0", "gw1")
    turns = [workers._turn(test, is_projector=False) for test in other.given]
    assert turns == sorted(turns)


def test_the_films_are_shown_though_the_projector_is_gone() -> None:
    (only,) = share_out("gw3")
    assert set(only.given) == set(COLLECTION)


def test_this_very_run_is_shared_out_so(pytestconfig: pytest.Config) -> None:
    assert pytestconfig.pluginmanager.has_plugin("tests.guards.workers")


def test_a_machine_without_niceness_is_no_obstacle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "nice")
    config = SimpleNamespace(workerinput={"workerid": "gw1"})
    workers.pytest_configure(config)  # type: ignore[arg-type]  # of pytest's it needs no more
