"""Reads JSON that somebody else has written: whatever comes gives a value or one kind of error.

msgspec raises its own error for what is wrong, and Python's ``RecursionError`` for what is nested too deep: a
peer could end a whole program with a thousand brackets.
"""

from __future__ import annotations

from typing import Any, Generic, TypeVar

import msgspec

T = TypeVar("T")


class JsonReader(Generic[T]):
    """Reads values of one type."""

    def __init__(self, kind: Any) -> None:
        """``kind``: a type, or a union of tagged structs."""
        self._decoder: msgspec.json.Decoder[T] = msgspec.json.Decoder(kind)

    def decode(self, data: bytes | str) -> T:
        """Read one value.

        Raises:
            msgspec.DecodeError: it is none of this type.
        """
        try:
            return self._decoder.decode(data)
        except RecursionError as error:
            raise msgspec.DecodeError("nested too deep") from error
        except UnicodeError as error:
            raise msgspec.DecodeError(f"not Unicode: {error}") from error
