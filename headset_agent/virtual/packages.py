"""``pm``: which packages are installed (output as AOSP's PackageManagerShellCommand)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from headset_agent.virtual.answer import Answer
from headset_agent.virtual.state import HeadsetState


def packages_of(state: HeadsetState) -> Callable[[Sequence[str]], Answer]:
    """Return the command ``pm`` of one headset."""

    def pm(arguments: Sequence[str]) -> Answer:
        match list(arguments):
            case ["list", "packages", *options]:
                return Answer(out=_list(state.packages, options))
            case ["path", package]:
                return _path(state.packages, package)
        return Answer(err=f"Unknown command: {' '.join(arguments[:1])}\n", code=255)

    return pm


def _list(packages: dict[str, str], options: list[str]) -> str:
    """``[-f] [FILTER]``; a filter is any part of the name."""
    wanted = next((option for option in options if not option.startswith("-")), "")
    names = [name for name in packages if wanted in name]
    if "-f" in options:
        return "".join(f"package:{packages[name]}={name}\n" for name in names)
    return "".join(f"package:{name}\n" for name in names)


def _path(packages: dict[str, str], package: str) -> Answer:
    known = packages.get(package)
    return Answer(out=f"package:{known}\n") if known else Answer(code=1)
