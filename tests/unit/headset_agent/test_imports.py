"""The agent asks for nothing that the headset runtime does not carry, anywhere in its code."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from headset_runtime.tree import is_left_out
from headset_runtime.wheels import WANTED

AGENT = Path(str(files("headset_agent")))


def asked_for() -> Iterator[tuple[str, str]]:
    """Each file of the agent with each module it imports, also deep in a function."""
    for file in sorted(AGENT.rglob("*.py")):
        if "virtual" in file.relative_to(AGENT).parts:
            continue  # it runs beside the agent, on a machine with a whole Python
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((file.name, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield file.name, node.module


def test_packages_are_those_that_the_runtime_was_built_with() -> None:
    allowed = {*sys.stdlib_module_names, "headset_agent", *WANTED}
    assert [ask for ask in asked_for() if ask[1].partition(".")[0] not in allowed] == []


def test_no_module_of_the_standard_library_was_left_behind() -> None:
    names = {(file, module.replace(".", "/")) for file, module in asked_for()}
    left = [ask for ask in names if is_left_out(f"{ask[1]}.py") or is_left_out(f"{ask[1]}/__init__.py")]
    assert left == []


def test_what_was_left_behind_is_known() -> None:
    """Otherwise the test above could never fail."""
    assert is_left_out("sqlite3/__init__.py")
    assert is_left_out("pydoc.py")
    assert not is_left_out("asyncio/__init__.py")
