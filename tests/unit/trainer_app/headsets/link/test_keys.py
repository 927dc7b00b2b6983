from __future__ import annotations

import os
from pathlib import Path

import pytest
from adb_shell.auth.sign_pythonrsa import PythonRSASigner

from headset_agent.virtual.adbd_keys import decode_public_key, is_signed_by_any
from trainer_app.domain.link_errors import KeyUnusable
from trainer_app.headsets.link.keys import AdbKey, choose_key

TOKEN = bytes(range(20))


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> AdbKey:
    return AdbKey(tmp_path_factory.mktemp("own") / "sub" / "adbkey")


def test_a_key_is_made_when_it_is_needed_and_for_our_eyes_only(key: AdbKey) -> None:
    key.public_key()
    assert key.path.read_text().startswith("-----BEGIN PRIVATE KEY-----")
    if os.name == "posix":
        assert key.path.stat().st_mode & 0o077 == 0
    assert sorted(entry.name for entry in key.path.parent.iterdir()) == ["adbkey", "adbkey.pub"]


def test_a_headset_that_knows_the_public_key_takes_the_signature(key: AdbKey) -> None:
    signature = key.sign(TOKEN)
    assert is_signed_by_any([b"not a key", key.public_key()], TOKEN, signature)
    assert not is_signed_by_any([key.public_key()], bytes(20), signature)
    assert not is_signed_by_any([], TOKEN, signature)


def test_the_signature_is_the_one_adb_shell_makes(key: AdbKey) -> None:
    key.public_key()
    assert key.sign(TOKEN) == PythonRSASigner.FromRSAKeyPath(str(key.path)).Sign(TOKEN)


def test_a_missing_public_file_is_made_from_the_private_one(key: AdbKey, tmp_path: Path) -> None:
    key.public_key()
    (tmp_path / "adbkey").write_bytes(key.path.read_bytes())
    copy = AdbKey(tmp_path / "adbkey")
    assert decode_public_key(copy.public_key()).public_numbers() == (
        decode_public_key(key.public_key()).public_numbers()
    )


def test_the_users_shared_key_goes_first(key: AdbKey, tmp_path: Path) -> None:
    key.public_key()
    assert choose_key(tmp_path / "own", key.path).path == key.path
    assert choose_key(tmp_path / "own", tmp_path / "missing").path == tmp_path / "own"


@pytest.mark.parametrize("content", ["", "no key", "-----BEGIN PRIVATE KEY-----\nAAAA\n"])
def test_an_unreadable_key_is_a_problem_with_that_file(tmp_path: Path, content: str) -> None:
    (tmp_path / "adbkey").write_text(content)
    with pytest.raises(KeyUnusable) as caught:
        AdbKey(tmp_path / "adbkey").sign(TOKEN)
    assert caught.value.params["path"] == str(tmp_path / "adbkey")


@pytest.mark.parametrize("line", [b"", b"####", b"QUFB user@host"])
def test_what_is_no_public_key_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError, match="not an ADB public key"):
        decode_public_key(line)
