"""Notices of programs that lead headsets: read whole, by nobody else, and passed over when broken."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from trainer_app.headsets.emergency_notice import Notice, NoticedHeadset, post, posted

HEADSET = NoticedHeadset(address="10.0.0.1:5555", serial="S1", token="geheim", build="b1")


def a_notice(port: int = 5000) -> Notice:
    return Notice(pid=7, port=port, ask="spør", answer="svar", headsets=(HEADSET,))


def test_what_was_put_up_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "leading" / "7.json"
    post(file, a_notice())
    assert posted(tmp_path / "leading") == [(file, a_notice())]
    assert [entry.name for entry in (tmp_path / "leading").iterdir()] == [file.name]


def test_the_newest_comes_first(tmp_path: Path) -> None:
    for port, when in ((1, 30), (2, 50), (3, 40)):
        post(tmp_path / f"{port}.json", a_notice(port))
        os.utime(tmp_path / f"{port}.json", (when, when))
    assert [notice.port for _, notice in posted(tmp_path)] == [2, 3, 1]


def test_what_changes_is_put_up_in_its_place(tmp_path: Path) -> None:
    for port in (1, 2):
        post(tmp_path / "7.json", a_notice(port))
    assert [notice.port for _, notice in posted(tmp_path)] == [2]


@pytest.mark.skipif(sys.platform == "win32", reason="the user's folder is closed to others there")
def test_nobody_else_may_read_it(tmp_path: Path) -> None:
    post(tmp_path / "7.json", a_notice())
    assert (tmp_path / "7.json").stat().st_mode & 0o777 == 0o600


def test_where_nothing_was_ever_led_there_is_no_notice(tmp_path: Path) -> None:
    assert posted(tmp_path / "leading") == []


@pytest.mark.parametrize(
    "change",
    [
        {"port": 0},
        {"port": 70000},
        {"port": "5000"},
        {"pid": None},
        {"ask": ""},
        {"answer": 5},
        {"headsets": 5},
        {"headsets": [{"address": "10.0.0.1:5555"}]},
    ],
)
def test_a_broken_notice_is_passed_over(tmp_path: Path, change: dict[str, Any]) -> None:
    good = tmp_path / "good.json"
    post(good, a_notice())
    broken = json.loads(good.read_bytes()) | change
    (tmp_path / "broken.json").write_text(json.dumps(broken))
    assert [file for file, _ in posted(tmp_path)] == [good]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b"null", b"[" * 5000])
def test_a_file_that_is_no_notice_is_passed_over(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.json").write_bytes(content)
    assert posted(tmp_path) == []
