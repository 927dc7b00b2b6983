"""What can go wrong, as the user meets it.

::

    TrainerError                   shown to people; key and parameters, never a sentence
      EnvironmentProblem           the world is not as needed; not our bug
      UserMistake                  input that can be corrected
      ProgramMistake               our bug, as the user hears of it
    UserCancelled                  never shown

Every error has a ``key``; the catalogue holds three texts for it: ``<key>.what`` (what is wrong, naming the
thing), ``<key>.why`` (the cause) and ``<key>.next`` (the one next step). Parameters are plain values; their
formatting (bytes, seconds, names) is the catalogue's business. Raw text of other programs goes to
``detail``: for the log and the details view, never for the headline.
"""

from __future__ import annotations

from typing import ClassVar, TypeVar


class TrainerError(Exception):
    """Root of all errors that are shown to people."""

    key: ClassVar[str]

    def __init__(self, *, detail: str = "", **params: object) -> None:
        self.detail = detail
        self.params: dict[str, object] = params
        super().__init__(detail)

    def __str__(self) -> str:
        """For logs and developers; people read the catalogue's texts."""
        parts = [f"{name}={value!r}" for name, value in self.params.items()]
        if self.detail:
            parts.append(self.detail)
        return f"{self.key}({', '.join(parts)})"


class EnvironmentProblem(TrainerError):
    """The world is not as needed: a headset, a disk, a network."""


class UserMistake(TrainerError):
    """Input that the user can correct."""


class UserCancelled(Exception):
    """The user changed their mind."""


P = TypeVar("P", bound=EnvironmentProblem)


def same_again(problem: P) -> P:
    """The same problem, to be raised once more: an exception carries the way of its first raising with it."""
    return type(problem)(detail=problem.detail, **problem.params)
