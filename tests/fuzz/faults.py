"""Faults of virtual headsets, as people write them."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from headset_agent.virtual.faults.reading import read_file, read_line

FAULTS_TOML = b"""\
[[fault]]
headset = 2
kind = "cut"
after_bytes = 10_000_000
at_s = 3
for_s = 5.5

[[fault]]
headset = 1
kind = "offline"
"""
FAULTS_JSON = json.dumps({"fault": [{"headset": 1, "kind": "cut", "after_bytes": 10, "for_s": 5}]}).encode()


async def read_toml(pieces: Sequence[bytes]) -> None:
    """A file of TOML."""
    _read("faults.toml", b"".join(pieces))


async def read_json(pieces: Sequence[bytes]) -> None:
    """A file of JSON."""
    _read("faults.json", b"".join(pieces))


async def read_typed(pieces: Sequence[bytes]) -> None:
    """A line that was typed."""
    read_line(b"".join(pieces).decode(errors="replace"))


def _read(name: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(content)
        read_file(file, count=5)
