"""Rules of the house that no other tool keeps."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("trainer_app", "headset_agent")
NAMES_THAT_SAY_NOTHING = {"utils", "util", "misc", "helpers", "helper", "manager", "common", "base", "tools"}
UNIX_ONLY = {"fcntl", "grp", "pty", "pwd", "resource", "syslog", "termios", "tty"}


def _modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def _imports(tree: ast.AST) -> Iterator[str]:
    """Yield the top-level package of every import."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def test_the_domain_knows_the_standard_library_only() -> None:
    allowed = sys.stdlib_module_names | {"trainer_app"}
    foreign = {
        (path.name, name)
        for path in _modules("trainer_app/domain")
        for name in _imports(ast.parse(path.read_bytes()))
        if name not in allowed
    }
    assert foreign == set()


def test_the_laptop_program_imports_nothing_that_windows_lacks() -> None:
    """What is imported inside a function or a platform check is guarded; at the top of a module it is not."""
    unguarded = {
        (str(path.relative_to(ROOT)), name)
        for folder in ("trainer_app", "headset_agent/protocol")
        for path in _modules(folder)
        for node in ast.parse(path.read_bytes()).body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in _imports(node)
        if name in UNIX_ONLY
    }
    assert unguarded == set()


def test_packaging_never_shadows_the_library_of_that_name() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()


@pytest.mark.parametrize("package", PACKAGES)
def test_modules_have_names_that_say_what_is_inside(package: str) -> None:
    empty = [
        str(path.relative_to(ROOT))
        for path in _modules(package)
        if path.stem in NAMES_THAT_SAY_NOTHING or path.parent.name in NAMES_THAT_SAY_NOTHING
    ]
    assert empty == []


def test_every_folder_of_tests_is_a_package() -> None:
    """Two test modules of one name would otherwise hide each other."""
    folders = {path.parent for path in (ROOT / "tests").rglob("test_*.py")}
    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []
