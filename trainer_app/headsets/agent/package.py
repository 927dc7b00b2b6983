"""The agent program as one file: a zip archive that a headset's Python can run, named by its content."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import headset_agent

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip archive knows: equal sources give equal bytes."""

_LEFT_OUT = {"virtual", "__pycache__"}
"""The virtual headset is what the agent runs *on*, never part of it."""

_START = b"import sys\n\nfrom headset_agent.__main__ import main\n\nsys.exit(main())\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentPackage:
    """The agent's archive and its content hash, by which laptop and agent know one another's version."""

    build: str
    content: bytes

    @property
    def name(self) -> str:
        """File name on the headset."""
        return f"agent-{self.build[:16]}.pyz"


@cache
def agent_package() -> AgentPackage:
    """Pack the agent program of this very installation; equal sources give equal bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "__main__.py", _START)
        for path, entry in sorted(_walk(Path(headset_agent.__file__).parent, "headset_agent")):
            _add(archive, path, entry.read_bytes())
    content = buffer.getvalue()
    return AgentPackage(build=hashlib.sha256(content).hexdigest(), content=content)


def _walk(folder: Path, path: str) -> Iterator[tuple[str, Path]]:
    for entry in folder.iterdir():
        if entry.name in _LEFT_OUT:
            continue
        if entry.is_dir():
            yield from _walk(entry, f"{path}/{entry.name}")
        elif not entry.name.endswith((".pyc", ".md")):
            yield f"{path}/{entry.name}", entry


def _add(archive: zipfile.ZipFile, path: str, content: bytes) -> None:
    info = zipfile.ZipInfo(path, _EPOCH)
    info.external_attr = 0o644 << 16
    archive.writestr(info, content, zipfile.ZIP_DEFLATED)
