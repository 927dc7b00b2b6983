"""Why a film cannot be taken in."""

from __future__ import annotations

import errno


class StoreError(Exception):
    """A film cannot be taken in; ``code`` is one of :class:`Failed`'s."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


def storage_error(error: OSError) -> StoreError:
    """What the storage refuses, as a code of ours."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return StoreError("storage_full" if full else "storage_error", str(error))
