"""This computer's ADB key: the user's own one where there is one, so that a headset knows us already.

Nothing heavy is imported before a key is needed. Measured in a fresh process: loading and signing takes 60 to
90 ms with ``cryptography`` and its check of our own key left out, 100 ms with adb-shell's PythonRSASigner and
130 ms with its CryptographySigner.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from trainer_app.domain.link_errors import KeyUnusable

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey


def shared_key_path() -> Path:
    """Where the official ``adb`` keeps the user's key."""
    return Path.home() / ".android" / "adbkey"


def choose_key(own: Path, shared: Path | None = None) -> AdbKey:
    """The user's shared key if there is one, else our own, which is made when it is first needed.

    Args:
        own: ``adbkey`` in our data folder.
        shared: For tests; None is :func:`shared_key_path`.
    """
    shared = shared_key_path() if shared is None else shared
    return AdbKey(shared if shared.is_file() else own)


class AdbKey:
    """A key pair in two files: ``path`` (PKCS#8 PEM) and ``path`` + ``.pub`` (ADB's own format).

    Its methods may be called from any thread; they raise :class:`KeyUnusable`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()

    def sign(self, token: bytes) -> bytes:
        """Sign a device's token as if it were a SHA-1 digest."""
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import padding, utils

        with self._lock:
            key = self._private_key
        return key.sign(token, padding.PKCS1v15(), utils.Prehashed(hashes.SHA1()))

    def public_key(self) -> bytes:
        """The line that is offered to a headset which does not know us."""
        with self._lock, self._explained():
            self._ensure()
            if not self._public_path.is_file():
                self._write_public_key()
            return self._public_path.read_bytes().strip()

    @cached_property
    def _private_key(self) -> RSAPrivateKey:
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

        with self._explained():
            self._ensure()
            # Our own file, written by adb or by us: checking its primes would take longer than all the rest.
            key = serialization.load_pem_private_key(
                self.path.read_bytes(), None, unsafe_skip_rsa_key_validation=True
            )
            if not isinstance(key, RSAPrivateKey):
                raise TypeError("not an RSA key")
            return key

    @property
    def _public_path(self) -> Path:
        return self.path.with_name(self.path.name + ".pub")

    def _ensure(self) -> None:
        """Make the pair unless it is there; complete or not at all."""
        if self.path.is_file():
            return
        from adb_shell.auth.keygen import keygen

        self.path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self.path.parent) as folder:
            fresh = Path(folder) / self.path.name
            keygen(str(fresh))
            fresh.chmod(0o600)
            fresh.with_name(fresh.name + ".pub").replace(self._public_path)
            fresh.replace(self.path)

    def _write_public_key(self) -> None:
        from adb_shell.auth.keygen import write_public_keyfile

        with tempfile.TemporaryDirectory() as folder:
            fresh = Path(folder) / "pub"
            write_public_keyfile(str(self.path), str(fresh))
            shutil.copyfile(fresh, self._public_path)

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (OSError, ValueError, TypeError) as error:
            raise KeyUnusable(path=os.fspath(self.path), detail=str(error)) from error
