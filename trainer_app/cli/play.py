"""``simkoffert play``: start a film together and print the sync receipt."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from trainer_app.cli.garbage import look_as_usual
from trainer_app.cli.output import FAILED, Output, exit_code
from trainer_app.domain.films import choose_film
from trainer_app.domain.headset_state import PlayMode
from trainer_app.domain.playback import Course, HeadsetReceipt, Receipt, Unsynchronised
from trainer_app.domain.seen_picture import SeenPicture
from trainer_app.services.playing import PlayResult, Stage, play_together

if TYPE_CHECKING:
    from trainer_app.bootstrap import Workplace
    from trainer_app.domain.films import Film
    from trainer_app.texts.catalogue import Texts


async def play(workplace: Workplace, parsed: Namespace, output: Output) -> int:
    """Prepare, start together, stop, print the receipt."""
    films = workplace.all_films()
    result = await perform(
        workplace,
        output,
        choose_film(films, parsed.film),
        parsed.at,
        from_s=parsed.from_s,
        seconds=parsed.seconds,
        course=Course(then=tuple(choose_film(films, each) for each in parsed.then), loops=parsed.loop),
    )
    return report(result, output)


async def perform(
    workplace: Workplace,
    output: Output,
    film: Film,
    addresses: list[str],
    *,
    from_s: float,
    seconds: float | None,
    course: Course,
) -> PlayResult:
    """Play a film and what follows it, telling people of the stages."""

    def stage(stage: Stage) -> None:
        if stage.name == "started":
            # A film may go on for hours, and garbage would heap up as long.
            look_as_usual()
        output.say(f"play.{stage.name}", count=stage.headsets)

    return await play_together(
        workplace.gateway,
        workplace.headsets,
        film,
        addresses,
        greet=workplace.greeting,
        holder=workplace.holder,
        from_s=from_s,
        seconds=seconds,
        waiting=lambda address: output.say("cli.waiting_for_accept", address=address),
        stage=stage,
        awaited=output.awaited,
        course=course,
    )


def report(result: PlayResult, output: Output) -> int:
    """Print the receipt and every problem; return the exit code."""
    for address, problem in result.unreached.items():
        output.line(f"{address}:")
        output.problem(problem)
    for problem in result.problems.values():
        output.problem(problem)
    for serial in result.not_dark:
        output.say("play.not_dark", headset=serial)
    bad = len(result.problems) + len(result.unreached)
    document: dict[str, Any] = receipt_document(result.receipt) if result.receipt else {}
    if bad:
        document["problems"] = [
            {"serial": serial, **output.described(problem)} for serial, problem in result.problems.items()
        ] + [
            {"address": address, **output.described(problem)} for address, problem in result.unreached.items()
        ]
    output.result(document, receipt_lines(result.receipt, output) if result.receipt else [])
    if result.receipt is None:
        return FAILED
    receipt = result.receipt
    took_part = [h.serial for h in receipt.headsets] + [h.serial for h in receipt.unsynchronised]
    played = sum(serial not in result.problems for serial in took_part)
    return exit_code(played, bad)


def receipt_document(receipt: Receipt) -> dict[str, Any]:
    """The receipt for scripts; times in milliseconds, to the microsecond."""
    return {
        "film": receipt.film_sha256,
        "start_spread_ms": _rounded(receipt.start_spread_ms),
        "spread_ms": {k: _rounded(v) for k, v in asdict(receipt.spread_ms).items()}
        if receipt.spread_ms
        else None,
        "instants": receipt.instants,
        "headsets": [
            *(_headset(headset) for headset in receipt.headsets),
            *(_alone(headset) for headset in receipt.unsynchronised),
        ],
    }


def _headset(headset: HeadsetReceipt) -> dict[str, Any]:
    return {
        "serial": headset.serial,
        "number": headset.number,
        "synchronised": True,
        "clock_offset_ms": _rounded(headset.clock_offset_ms),
        "clock_uncertainty_ms": _rounded(headset.clock_uncertainty_ms),
        "clock_drift_ppm": _rounded(headset.clock_drift_ppm),
        "clock_at_ns": headset.clock_at_ns,
        "start_error_ms": _rounded(headset.start_error_ms),
        "corrections": headset.corrections,
        "seeks": headset.seeks,
        "stalls": headset.stalls,
        "player_mode": headset.play_mode.value,
        "absences_s": [list(span) for span in headset.absences_s],
        "absences": [
            {"begin_s": _rounded(one.begin_s), "end_s": _rounded(one.end_s), "cause": one.cause.value}
            for one in headset.away
        ],
        "picture": None if headset.picture is None else _picture(headset.picture),
    }


def _picture(picture: SeenPicture) -> dict[str, Any]:
    return {
        "ways": [way.value for way in picture.ways],
        "timed_by": "position" if picture.behind_ms is None else "frames",
        "behind_ms": picture.behind_ms,
    }


def _alone(headset: Unsynchronised) -> dict[str, Any]:
    """One without a clock of ours: what is not known is null."""
    return {
        "serial": headset.serial,
        "number": headset.number,
        "synchronised": False,
        "accepted_s": _rounded(headset.accepted_s),
        "joined_late": headset.joined_late,
        "clock_offset_ms": None,
        "clock_uncertainty_ms": None,
        "clock_drift_ppm": None,
        "clock_at_ns": None,
        "start_error_ms": None,
        "corrections": None,
        "seeks": None,
        "stalls": None,
        "player_mode": PlayMode.MANUAL.value,
        "absences_s": [],
        "absences": [],
        "picture": None,
    }


def receipt_lines(receipt: Receipt, output: Output) -> list[str]:
    """The receipt for people."""
    texts = output.texts
    unknown = texts("headset.unknown")

    def ms(value: float | None) -> str:
        return unknown if value is None else texts("play.ms", value=round(value, 1) + 0.0)  # no "-0"

    # Without synchronised headsets there is no spread to tell of.
    lines = [texts("play.start_spread", spread=ms(receipt.start_spread_ms))] if receipt.headsets else []
    if receipt.spread_ms is not None:
        spread = receipt.spread_ms
        lines.append(
            texts(
                "play.spread", p50=ms(spread.p50), p95=ms(spread.p95), p99=ms(spread.p99), max=ms(spread.max)
            )
        )
    lines += [
        texts(
            "play.headset",
            number=headset.number,
            mode=texts(f"headset.mode.{headset.play_mode.value}"),
            start=ms(headset.start_error_ms),
            offset=ms(headset.clock_offset_ms),
            uncertainty=ms(headset.clock_uncertainty_ms),
            corrections=headset.corrections,
        )
        for headset in receipt.headsets
    ]
    return lines + [_alone_line(headset, texts) for headset in receipt.unsynchronised]


def _alone_line(headset: Unsynchronised, texts: Texts) -> str:
    seconds = 0.0 if headset.accepted_s is None else round(headset.accepted_s, 1)
    return texts(f"play.{headset.story}", number=headset.number, seconds=seconds)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
