"""The code and the catalogue know each other: errors have their texts, keys in the code exist."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

import headset_agent
import trainer_app
from headset_agent.protocol.playing import PageState
from trainer_app.domain.errors import EnvironmentProblem, TrainerError, UserMistake
from trainer_app.texts.catalogue import LANGUAGES, Texts

PARTS = ("what", "why", "next")
ROOTS = {TrainerError, EnvironmentProblem, UserMistake}
SOURCE = Path(trainer_app.__file__).parent
FILE_SUFFIXES = re.compile(r"\.(po|py|toml|json|mp4|log|db|txt|html|js|css)$")


@cache
def _error_classes() -> tuple[type[TrainerError], ...]:
    for module in pkgutil.walk_packages(trainer_app.__path__, "trainer_app."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found: list[type[TrainerError]] = []
    unseen = [TrainerError]
    while unseen:
        subclasses = unseen.pop().__subclasses__()
        unseen += subclasses
        found += [cls for cls in subclasses if cls.__module__.startswith("trainer_app.")]
    return tuple(dict.fromkeys(found))


def _shown(cls: type[TrainerError]) -> bool:
    """A class that only gathers others has no key of its own, and is never raised."""
    return cls not in ROOTS and hasattr(cls, "key")


def _placeholders(key: str) -> set[str]:
    patterns = [Texts("nb").pattern(f"{key}.{part}") for part in PARTS]
    return {name for pattern in patterns for _, name, _, _ in Formatter().parse(pattern) if name}


@dataclass(frozen=True)
class _Made:
    """A place where an error is made by its name, with the parameters it is given."""

    name: str
    where: str
    parameters: frozenset[str]


@cache
def _trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_bytes()) for path in sorted(SOURCE.rglob("*.py"))}


def _makings() -> Iterator[_Made]:
    names = {cls.__name__ for cls in _error_classes()}
    for path, tree in _trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and (name := _called(node)) in names:
                given = [keyword.arg for keyword in node.keywords]
                if None not in given:  # **parameters cannot be followed from here
                    where = f"{path.relative_to(SOURCE.parent)}:{node.lineno}"
                    yield _Made(name, where, frozenset(str(word) for word in given))


def _called(node: ast.Call) -> str:
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def test_error_classes_are_found_and_have_names_of_their_own() -> None:
    names = [cls.__name__ for cls in _error_classes()]
    assert "FilmTruncated" in names
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_error_has_its_three_texts(lang: str) -> None:
    keys = Texts(lang).keys()
    wanted = {f"{cls.key}.{part}" for cls in _error_classes() if _shown(cls) for part in PARTS}
    assert wanted - keys == set()


def test_every_error_is_made_with_the_parameters_its_texts_need() -> None:
    """A parameter that is missing where an error is made would be a crash when it is shown."""
    keys = {cls.__name__: cls.key for cls in _error_classes() if _shown(cls)}
    own_init = {cls.__name__ for cls in _error_classes() if "__init__" in vars(cls)}
    missing = [
        f"{made.where}: {made.name} lacks {', '.join(sorted(lacking))}"
        for made in _makings()
        if made.name in keys and made.name not in own_init
        if (lacking := _placeholders(keys[made.name]) - made.parameters)
    ]
    assert missing == []


def test_explanations_belong_to_an_error() -> None:
    """A text nobody shows is a text nobody mends."""
    errors = {cls.key for cls in _error_classes() if _shown(cls)}
    all_keys = Texts("nb").keys()
    explained = {key.rpartition(".")[0] for key in all_keys if key.rpartition(".")[2] in PARTS}
    assert explained - errors == set()


def test_every_key_in_the_code_exists() -> None:
    keys = Texts("nb").keys()
    areas = "|".join(sorted({key.partition(".")[0] for key in keys}))
    looks_like_a_key = re.compile(rf"({areas})(\.[a-z0-9_]+)+")
    prefixes = {key[: match.start()] for key in keys for match in re.finditer(r"\.", key)}
    unknown = [
        f"{path.relative_to(SOURCE.parent)}:{node.lineno}: {node.value}"
        for path, tree in _trees().items()
        # The storage speaks no language; its columns (film.sha256) only look like keys.
        if SOURCE / "storage" not in path.parents
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if looks_like_a_key.fullmatch(node.value) and not FILE_SUFFIXES.search(node.value)
        if node.value not in keys and node.value not in prefixes
    ]
    assert unknown == []


def test_the_player_page_finds_the_texts_it_asks_for() -> None:
    page = Path(headset_agent.__file__).parent / "web"
    asked = {
        word
        for path in page.glob("*.js")
        for word in re.findall(r"\btexts\.([a-z_]+)", path.read_text("utf-8"))
    }
    # While the film runs there is nothing to read.
    asked |= {state.value for state in PageState} - {PageState.PLAYING.value, PageState.STALLED.value}
    assert "enter" in asked
    assert asked - Texts("nb").section("player").keys() == set()
