"""What can keep the runtime from being built; the text of each is for the person at the terminal."""

from __future__ import annotations


class BuildProblem(Exception):
    """The runtime cannot be built."""


class NoLongerOffered(BuildProblem):
    """A pinned version is not to be had any more."""
