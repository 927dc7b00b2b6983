"""Public keys as ADB hosts offer them, and whether one of them signed a token."""

from __future__ import annotations

import base64
import binascii
import struct
from collections.abc import Iterable

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa, utils

_MODULUS_BYTES = 256
# Words of the modulus, -1/n[0] mod 2^32, modulus, R^2 mod n, exponent: a struct for Montgomery arithmetic.
_KEY = struct.Struct(f"<II{_MODULUS_BYTES}s{_MODULUS_BYTES}sI")


def decode_public_key(line: bytes) -> rsa.RSAPublicKey:
    """Read the line of an ``adbkey.pub``: base64, a blank, a name.

    Raises:
        ValueError: It is no key of 2048 bits in this format.
    """
    words = line.split()
    try:
        raw = base64.b64decode(words[0] if words else b"", validate=True)
        size, _, modulus, _, exponent = _KEY.unpack(raw)
    except (binascii.Error, struct.error) as error:
        raise ValueError(f"not an ADB public key: {error}") from error
    if size != _MODULUS_BYTES // 4:
        raise ValueError(f"an ADB public key of {size} words")
    return rsa.RSAPublicNumbers(exponent, int.from_bytes(modulus, "little")).public_key()


def is_signed_by_any(keys: Iterable[bytes], token: bytes, signature: bytes) -> bool:
    """Whether one of the keys made the signature; unreadable keys are passed over."""
    return any(_is_signed_by(key, token, signature) for key in keys)


def _is_signed_by(line: bytes, token: bytes, signature: bytes) -> bool:
    try:
        key = decode_public_key(line)
        # The token is taken as a ready digest, although it is none.
        key.verify(signature, token, padding.PKCS1v15(), utils.Prehashed(hashes.SHA1()))
    except (ValueError, InvalidSignature):
        return False
    return True
