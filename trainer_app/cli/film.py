"""``simkoffert film …``."""

from __future__ import annotations

import math
from argparse import Namespace
from typing import TYPE_CHECKING, Any

from trainer_app.cli.breakable import Look, breakable
from trainer_app.cli.output import DONE, Output, exit_code
from trainer_app.domain.errors import TrainerError
from trainer_app.domain.films import Film, Projection, Stereo, choose_film
from trainer_app.services.filling import Delivery, Moved, push_films
from trainer_app.services.headset_port import Place

if TYPE_CHECKING:
    from trainer_app.bootstrap import Workplace


@breakable
async def _import(workplace: Workplace, parsed: Namespace, output: Output, look: Look) -> int:
    def copied(done: int, whole: int) -> None:
        look()
        output.progress(lambda: output.texts("cli.importing", done=done, whole=whole))

    imported = workplace.importing.import_film(
        parsed.file,
        theme=parsed.theme,
        title=parsed.title,
        projection=Projection(parsed.projection) if parsed.projection else None,
        stereo=Stereo(parsed.stereo) if parsed.stereo else None,
        progress=copied,
    )
    if imported.was_known:
        output.say("cli.already_imported", title=imported.film.title)
    output.result(_document(imported.film), [imported.film.sha256])
    return DONE


def _document(film: Film) -> dict[str, Any]:
    probe = film.probe
    return {
        "sha256": film.sha256,
        "title": film.title,
        "theme": film.theme,
        "file_name": film.file_name,
        "size_bytes": film.size_bytes,
        "projection": film.projection.value,
        "stereo": film.stereo.value,
        "duration_s": probe.duration_s,
        "codec": probe.video_codec,
        "width": probe.width,
        "height": probe.height,
        "frame_rate": probe.frame_rate,
    }


async def _list(workplace: Workplace, _parsed: Namespace, output: Output) -> int:
    films = workplace.all_films()
    output.result(
        {"films": [_document(film) for film in films]},
        [
            output.texts(
                "cli.film_line",
                sha=film.sha256[:12],
                theme=film.theme,
                length=film.probe.duration_s,
                size=film.size_bytes,
                title=film.title,
            )
            for film in films
        ]
        or [output.texts("cli.no_films")],
    )
    return DONE


@breakable
async def _demo(workplace: Workplace, parsed: Namespace, output: Output, look: Look) -> int:
    def rendered(done: int, whole: int) -> None:
        look()
        output.progress(lambda: output.texts("cli.rendering", percent=round(100 * done / whole)))

    films = workplace.demo_films(seconds=parsed.seconds, width=parsed.width, progress=rendered)
    output.result({"films": [_document(film) for film in films]}, [film.sha256 for film in films])
    return DONE


async def _push(workplace: Workplace, parsed: Namespace, output: Output) -> int:
    known = workplace.all_films()
    if parsed.film == "all" and not known:
        output.say("cli.no_films")
    films = list(known) if parsed.film == "all" else [choose_film(known, parsed.film)]

    def moved(how: Moved) -> None:
        output.progress(lambda: _how_far(how, output))

    def lost(place: Place, _problem: TrainerError) -> None:
        output.say("cli.lost_on_the_way", headset=place.label)

    result = await push_films(
        workplace.gateway,
        workplace.headsets,
        workplace.library,
        films,
        known,
        parsed.at,
        waiting=lambda address: output.say("cli.waiting_for_accept", address=address),
        progress=moved,
        lost=lost,
    )
    for address, problem in result.unreached.items():
        output.line(f"{address}:")
        output.problem(problem)
    for delivery in result.deliveries:
        if delivery.problem is not None:
            output.problem(delivery.problem)
    output.result(
        {
            "results": [_delivery(delivery, output) for delivery in result.deliveries],
            "unreached": [
                {"address": address, **output.described(problem)}
                for address, problem in result.unreached.items()
            ],
        },
        (_sent_line(delivery, output) for delivery in result.deliveries if delivery.sent is not None),
    )
    good = sum(delivery.sent is not None for delivery in result.deliveries)
    return exit_code(good, len(result.deliveries) - good + len(result.unreached))


def _how_far(how: Moved, output: Output) -> str:
    total = how.total
    own = 100 * how.there // how.film.size_bytes
    words = {"headset": how.place.label, "title": how.film.title, "percent": own, "total": total.percent}
    if total.seconds_left is None or total.bytes_per_s is None:
        return output.texts("cli.sending", **words)
    rate, left = round(total.bytes_per_s), math.ceil(total.seconds_left)
    return output.texts("cli.sending_left", **words, rate=rate, left=left)


def _delivery(delivery: Delivery, output: Output) -> dict[str, Any]:
    sent = delivery.sent
    document: dict[str, Any] = {
        "serial": delivery.serial,
        "number": delivery.number,
        "film": delivery.film.sha256,
        "bytes": delivery.film.size_bytes,
        "sent_bytes": sent.sent_bytes if sent else 0,
        "seconds": sent.seconds if sent else None,
        "verified": sent is not None and sent.verified,
    }
    if delivery.problem is not None:
        document["error"] = output.described(delivery.problem)
    return document


def _sent_line(delivery: Delivery, output: Output) -> str:
    assert delivery.sent is not None
    if not delivery.sent.verified:
        headset = f"{delivery.number} ({delivery.serial})"
        return output.texts("cli.unchecked", headset=headset, film=delivery.film.title)
    key = "cli.lent" if delivery.sent.lent else "cli.sent" if delivery.sent.sent_bytes else "cli.was_there"
    return output.texts(
        key,
        headset=f"{delivery.number} ({delivery.serial})",
        title=delivery.film.title,
        size=delivery.sent.sent_bytes,
        seconds=round(delivery.sent.seconds, 1),
    )


VERBS = {"import": _import, "push": _push, "list": _list, "demo": _demo}
