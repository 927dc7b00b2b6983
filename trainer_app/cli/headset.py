"""``simkoffert headset …``."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from trainer_app.cli.headset_films import clear, compared_in_words, film_document
from trainer_app.cli.output import DONE, Output, exit_code
from trainer_app.domain.films import Film
from trainer_app.domain.headset_films import compare
from trainer_app.services.connecting import reached
from trainer_app.services.listing import HeadsetStatus, list_headsets

if TYPE_CHECKING:
    from trainer_app.bootstrap import Workplace
    from trainer_app.services.arming import Armed


async def _list(workplace: Workplace, parsed: Namespace, output: Output) -> int:
    statuses = await list_headsets(workplace.gateway, workplace.headsets, parsed.at)
    library = workplace.all_films()
    for status in statuses:
        if status.problem is not None:
            output.line(f"{status.address}:")
            output.problem(status.problem)
    output.result(
        {"headsets": [_document(status, library, output) for status in statuses]},
        [_line(status, library, output) for status in statuses],
    )
    good = sum(status.problem is None for status in statuses)
    return exit_code(good, len(statuses) - good)


def _document(status: HeadsetStatus, library: Sequence[Film], output: Output) -> dict[str, Any]:
    facts = status.facts
    document: dict[str, Any] = {
        "address": status.address,
        "serial": status.serial,
        "number": status.number,
        "model": facts.model if facts else None,
        "state": status.state.value,
        "battery": facts.battery_percent if facts else None,
        "charging": facts.charging if facts else None,
        "temperature_c": facts.temperature_c if facts else None,
        "awake": facts.awake if facts else None,
        "worn": facts.worn if facts else None,
        "controllers": [
            {"hand": one.hand.value, "battery": one.battery_percent}
            for one in (facts.controllers if facts else ())
        ],
        "android": facts.android if facts else None,
        "build": facts.build if facts else None,
        "wifi": asdict(facts.wifi) if facts and facts.wifi else None,
        "free_bytes": facts.free_bytes if facts else None,
        "total_bytes": facts.total_bytes if facts else None,
        "films": sorted(facts.films) if facts else [],
        "library": [film_document(film) for film in compare(library, facts.stored)] if facts else None,
        "player_mode": facts.play_mode.value if facts else None,
    }
    if status.problem is not None:
        document["error"] = output.described(status.problem)
    return document


def _line(status: HeadsetStatus, library: Sequence[Film], output: Output) -> str:
    texts = output.texts
    state = texts(f"headset.state.{status.state.value}")
    facts = status.facts
    if facts is None:
        return f"{status.address}  {state}"
    unknown = texts("headset.unknown")
    battery = unknown if facts.battery_percent is None else f"{facts.battery_percent} %"
    free = unknown if facts.free_bytes is None else texts("headset.free", free=facts.free_bytes)
    return "  ".join(
        (
            texts("headset.name", number=status.number),
            f"{status.serial}",
            facts.model or unknown,
            state,
            battery,
            free,
            texts("headset.films", count=len(facts.films)),
            *compared_in_words(compare(library, facts.stored), texts),
            texts(f"headset.mode.{facts.play_mode.value}"),
        )
    )


async def _identify(workplace: Workplace, parsed: Namespace, output: Output) -> int:
    async with reached(
        workplace.gateway,
        workplace.headsets,
        parsed.at,
        waiting=lambda address: output.say("cli.waiting_for_accept", address=address),
    ) as outcome:
        for address, problem in outcome.unreached.items():
            output.line(f"{address}:")
            output.problem(problem)
        group = await workplace.gateway.group(
            outcome.places, greet=workplace.greeting, film_title="", holder=workplace.holder
        )
        try:
            await group.open(parsed.seconds + 30.0)
            await group.identify(parsed.seconds)
            alone = {serial for serial, player in group.players().items() if not player.synchronised}
        finally:
            await group.close()
        for place in outcome.places:
            if place.headset.serial in alone:
                output.say("cli.cannot_identify", number=place.number)
        for problem in group.problems.values():
            output.problem(problem)
    bad = len(outcome.unreached) + len(group.problems) + len(alone)
    good = group.size - len(alone)
    output.result({"identified": good}, [output.texts("cli.identified", count=good)])
    return exit_code(good, bad) if bad else DONE


async def _arm(workplace: Workplace, parsed: Namespace, output: Output) -> int:
    from trainer_app.services.arming import arm_headsets

    armed = await arm_headsets(
        workplace.gateway,
        workplace.headsets,
        parsed.at,
        waiting=lambda address: output.say("cli.waiting_for_accept", address=address),
    )
    for one in armed:
        if one.problem is not None:
            output.line(f"{one.asked_at}:")
            output.problem(one.problem)
    good = [one for one in armed if one.address is not None]
    output.result(
        {"headsets": [_armed_document(one, output) for one in armed]},
        [output.texts("cli.armed", number=one.number, address=one.address) for one in good],
    )
    return exit_code(len(good), len(armed) - len(good))


def _armed_document(one: Armed, output: Output) -> dict[str, Any]:
    document: dict[str, Any] = {
        "asked_at": one.asked_at,
        "serial": one.serial,
        "number": one.number,
        "address": one.address,
    }
    if one.problem is not None:
        document["error"] = output.described(one.problem)
    return document


VERBS = {"list": _list, "identify": _identify, "arm": _arm, "clear": clear}
