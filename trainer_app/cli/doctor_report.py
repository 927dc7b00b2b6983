"""The report of ``doctor``: made to be sent. No serial numbers, addresses, names, titles or free text."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Sequence
from datetime import datetime
from importlib.metadata import version
from typing import Any

from trainer_app.domain.errors import TrainerError
from trainer_app.domain.examination import Examination, Finding, Verdict
from trainer_app.domain.headset_state import HeadsetFacts
from trainer_app.texts.catalogue import Texts
from trainer_app.texts.headset_words import details_in_words


def document(examined: Sequence[Examination], made: datetime, texts: Texts) -> dict[str, Any]:
    """The report for programs."""
    return {
        "simkoffert": version("simkoffert"),
        "made": made.isoformat(timespec="seconds"),
        "computer": {"system": platform.system(), "python": platform.python_version()},
        "headsets": [_headset(one, texts) for one in examined],
    }


def _headset(one: Examination, texts: Texts) -> dict[str, Any]:
    return {
        "number": one.number,
        "player_mode": one.play_mode.value if one.play_mode is not None else None,
        "model": one.model,
        "android": one.android,
        "build": one.build,
        "ok": one.counted(Verdict.OK),
        "failed": one.counted(Verdict.FAILED),
        "not_possible": one.counted(Verdict.NOT_POSSIBLE),
        "steps": [_step(finding, one, texts) for finding in one.findings],
    }


def _step(finding: Finding, one: Examination, texts: Texts) -> dict[str, Any]:
    return {
        "step": finding.step.value,
        "verdict": finding.verdict.value,
        "seen": dict(finding.seen),
        "problem": finding.problem.key if finding.problem is not None else None,
        "needs": finding.needs.value if finding.needs is not None else None,
        "what": _what(finding, one, texts),
        "next": _next(finding, one, texts),
    }


def lines(examined: Sequence[Examination], made: datetime, texts: Texts) -> list[str]:
    """The report for people."""
    told = [
        texts("doctor.title", version=version("simkoffert")),
        texts("doctor.made", time=made.strftime("%Y-%m-%d %H:%M"), system=platform.system()),
    ]
    for one in examined:
        told += ["", *_told(one, texts)]
    return told


def _told(one: Examination, texts: Texts) -> Iterator[str]:
    system = details_in_words(HeadsetFacts(android=one.android, build=one.build), texts)["system"]
    mode = texts(f"headset.mode.{one.play_mode.value}") if one.play_mode is not None else ""
    yield ", ".join(part for part in (_name(one, texts), one.model or "", system, mode) if part)
    widest = max(len(texts(f"doctor.verdict.{verdict.value}")) for verdict in Verdict)
    for finding in one.findings:
        mark = texts(f"doctor.verdict.{finding.verdict.value}").ljust(widest)
        step = texts(f"doctor.step.{finding.step.value}")
        yield f"  {mark}  {step}: {_what(finding, one, texts)}"
        if todo := _next(finding, one, texts):
            yield f"  {' ' * widest}  {todo}"
    yield texts(
        "doctor.sum",
        ok=one.counted(Verdict.OK),
        failed=one.counted(Verdict.FAILED),
        not_possible=one.counted(Verdict.NOT_POSSIBLE),
    )


def _name(one: Examination, texts: Texts) -> str:
    return texts("doctor.unreached") if one.number is None else texts("headset.name", number=one.number)


def _what(finding: Finding, one: Examination, texts: Texts) -> str:
    """What was seen."""
    if finding.verdict is Verdict.NOT_POSSIBLE:
        if finding.seen.get("own_player"):
            return texts("doctor.own_player")
        if finding.needs is None:
            return texts("doctor.not_here")
        return texts("doctor.needs", step=texts(f"doctor.step.{finding.needs.value}"))
    if finding.problem is not None:
        return _said(finding.problem, "what", one, texts)
    kind = "seen" if finding.verdict is Verdict.OK else "wrong"
    return texts(f"doctor.{kind}.{finding.step.value}", **finding.seen)


def _next(finding: Finding, one: Examination, texts: Texts) -> str:
    """What to do; empty where there is nothing to do."""
    if finding.verdict is not Verdict.FAILED:
        return ""
    if finding.problem is not None:
        return _said(finding.problem, "next", one, texts)
    return texts(f"doctor.next.{finding.step.value}")


def _said(problem: TrainerError, part: str, one: Examination, texts: Texts) -> str:
    """An error's words, with nothing in them that says who, where or which film."""
    hidden = {
        "headset": str(one.number) if one.number else texts("doctor.the_headset"),
        "film": texts("doctor.test_film"),
        "holder": texts("doctor.somebody"),
        "by": texts("doctor.somebody"),
    }
    params = {
        name: hidden.get(name, "–") if isinstance(value, str) else value
        for name, value in problem.params.items()
    }
    return texts(f"{problem.key}.{part}", **params)
