"""What can keep a virtual headset from starting, in plain words for standard error."""

from __future__ import annotations


class HeadsetStartError(Exception):
    """The headset cannot start; the message says why and names the thing to change."""
