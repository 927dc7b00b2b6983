"""The words of the command line (a contract: scripts rely on them)."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

from trainer_app.cli.addresses import read_addresses
from trainer_app.texts.catalogue import LANGUAGES, Texts


class WrongUse(Exception):
    """The command line cannot be understood."""

    def __init__(self, reason: str, usage: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.usage = usage


class _Parser(argparse.ArgumentParser):
    """Raises instead of printing, so that the reason can be put into the user's language."""

    def error(self, message: str) -> NoReturn:
        raise WrongUse(message, self.format_usage().strip())


def make_parser(texts: Texts) -> argparse.ArgumentParser:
    """Build the parser; its help speaks the language of ``texts``."""
    parser = _Parser(prog="simkoffert", description=texts("cli.help.app"))
    parser.set_defaults(data=None, database=None, lang=LANGUAGES[0], json=False)
    _global(parser, texts)
    commands = parser.add_subparsers(dest="command", metavar=texts("cli.help.command"))
    _demo(commands, texts)
    _virtual_kit(commands, texts)
    _headset(commands, texts)
    _film(commands, texts)
    _play(commands, texts)
    _stop(commands, texts)
    _doctor(commands, texts)
    _session(commands, texts)
    _report(commands, texts)
    _cards(commands, texts)
    _example_data(commands, texts)
    _db(commands, texts)
    return parser


def _global(parser: argparse.ArgumentParser, texts: Texts) -> None:
    """The options that every command has; they may stand before the command or behind it."""
    # Suppressed defaults: a command that does not name an option must not undo what stood before it.
    parser.add_argument(
        "--data", type=Path, metavar="DIR", default=argparse.SUPPRESS, help=texts("cli.help.data")
    )
    parser.add_argument(
        "--database", metavar="URL", default=argparse.SUPPRESS, help=texts("cli.help.database")
    )
    parser.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=texts("cli.help.lang"))
    parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=texts("cli.help.json"))


def addresses(text: str) -> list[str]:
    """Read ``HOST:PORT,HOST:PORT``; a port alone belongs to this machine."""
    try:
        return read_addresses(text)
    except ValueError as wrong:
        raise argparse.ArgumentTypeError(f"{str(wrong)!r}: HOST:PORT") from wrong


def _count(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) <= 200:
        raise argparse.ArgumentTypeError(f"{text!r}: 1-200")
    return int(text)


def _seconds(text: str) -> float:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = -1.0
    if not 0 <= value < 86_400:
        raise argparse.ArgumentTypeError(f"{text!r}: 0-86400")
    return value


def _day(text: str) -> date:
    """Read ``2026-01-31`` or ``31.1.2026``."""
    for pattern in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    raise argparse.ArgumentTypeError(f"{text!r}: YYYY-MM-DD, DD.MM.YYYY")


def _amount(least: int, most: int) -> Callable[[str], int]:
    """A whole number within limits."""

    def read(text: str) -> int:
        if not text.isdigit() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"{text!r}: {least}-{most}")
        return int(text)

    return read


def _at(parser: argparse.ArgumentParser, texts: Texts) -> None:
    parser.add_argument(
        "--at", type=addresses, default=[], metavar="HOST:PORT,...", help=texts("cli.help.at")
    )


def _add(commands: Any, texts: Texts, name: str, key: str) -> argparse.ArgumentParser:
    added: argparse.ArgumentParser = commands.add_parser(
        name, help=texts(f"cli.help.{key}"), description=texts(f"cli.help.{key}")
    )
    _global(added, texts)
    return added


def _demo(commands: Any, texts: Texts) -> None:
    demo = _add(commands, texts, "demo", "demo")
    demo.add_argument("--headsets", type=_count, default=5, metavar="N", help=texts("cli.help.count"))
    demo.add_argument("--tour", type=Path, metavar="DIR", help=texts("cli.help.tour"))


def _virtual_kit(commands: Any, texts: Texts) -> None:
    kit = _add(commands, texts, "virtual-kit", "virtual_kit")
    kit.add_argument("--count", type=_count, required=True, metavar="N", help=texts("cli.help.count"))
    kit.add_argument("--base-port", type=int, metavar="P", help=texts("cli.help.base_port"))
    kit.add_argument("--player", default="simulated", help=texts("cli.help.player"))
    kit.add_argument("--require-auth", action="store_true", help=texts("cli.help.require_auth"))
    kit.add_argument("--clock-skew", action="store_true", help=texts("cli.help.clock_skew"))
    kit.add_argument("--root", type=Path, metavar="DIR", help=texts("cli.help.root"))
    kit.add_argument("--faults", type=Path, metavar="FILE", help=texts("cli.help.faults"))


def _headset(commands: Any, texts: Texts) -> None:
    verbs = _add(commands, texts, "headset", "headset").add_subparsers(
        dest="verb", metavar=texts("cli.help.command"), required=True
    )
    _at(_add(verbs, texts, "list", "headset_list"), texts)
    _at(_add(verbs, texts, "arm", "headset_arm"), texts)
    clear = _add(verbs, texts, "clear", "headset_clear")
    _at(clear, texts)
    clear.add_argument("--yes", action="store_true", help=texts("cli.help.clear_yes"))
    identify = _add(verbs, texts, "identify", "headset_identify")
    _at(identify, texts)
    identify.add_argument("--seconds", type=_seconds, default=5.0, metavar="S")


def _film(commands: Any, texts: Texts) -> None:
    verbs = _add(commands, texts, "film", "film").add_subparsers(
        dest="verb", metavar=texts("cli.help.command"), required=True
    )
    take = _add(verbs, texts, "import", "film_import")
    take.add_argument("file", type=Path, metavar="FILE")
    take.add_argument("--theme", required=True, metavar="CODE", help=texts("cli.help.theme"))
    take.add_argument("--title", metavar="T", help=texts("cli.help.title"))
    take.add_argument(
        "--projection", choices=("equirect", "equirect180", "flat"), help=texts("cli.help.projection")
    )
    take.add_argument("--stereo", choices=("mono", "top-bottom", "left-right"), help=texts("cli.help.stereo"))
    push = _add(verbs, texts, "push", "film_push")
    push.add_argument("film", metavar="FILM|all", help=texts("cli.help.film_or_all"))
    _at(push, texts)
    _add(verbs, texts, "list", "film_list")
    demo = _add(verbs, texts, "demo", "film_demo")
    demo.add_argument("--seconds", type=_seconds, metavar="S", help=texts("cli.help.length"))
    demo.add_argument("--width", type=int, metavar="W", help=texts("cli.help.width"))


def _play(commands: Any, texts: Texts) -> None:
    play = _add(commands, texts, "play", "play")
    play.add_argument("film", metavar="FILM", help=texts("cli.help.which_film"))
    _at(play, texts)
    play.add_argument("--seconds", type=_seconds, metavar="S", help=texts("cli.help.seconds"))
    play.add_argument(
        "--from", dest="from_s", type=_seconds, default=0.0, metavar="S", help=texts("cli.help.from")
    )
    play.add_argument("--then", action="append", default=[], metavar="FILM", help=texts("cli.help.then"))
    play.add_argument("--loop", action="store_true", help=texts("cli.help.loop"))


def _stop(commands: Any, texts: Texts) -> None:
    _at(_add(commands, texts, "stop", "stop"), texts)


def _doctor(commands: Any, texts: Texts) -> None:
    doctor = _add(commands, texts, "doctor", "doctor")
    _at(doctor, texts)
    doctor.add_argument("--out", type=Path, metavar="FILE", help=texts("cli.help.doctor_out"))


def _session(commands: Any, texts: Texts) -> None:
    verbs = _add(commands, texts, "session", "session").add_subparsers(
        dest="verb", metavar=texts("cli.help.command"), required=True
    )
    _add(verbs, texts, "list", "session_list")


def _report(commands: Any, texts: Texts) -> None:
    verbs = _add(commands, texts, "report", "report").add_subparsers(
        dest="verb", metavar=texts("cli.help.command"), required=True
    )
    participation = _add(verbs, texts, "participation", "report_participation")
    participation.add_argument(
        "--from", dest="first", type=_day, metavar="D", help=texts("cli.help.report_from")
    )
    participation.add_argument("--to", dest="last", type=_day, metavar="D", help=texts("cli.help.report_to"))
    participation.add_argument("--department", metavar="X", help=texts("cli.help.report_department"))
    participation.add_argument("--theme", metavar="CODE", help=texts("cli.help.report_theme"))
    protocol = _add(verbs, texts, "protocol", "report_protocol")
    protocol.add_argument("--session", required=True, metavar="NO", help=texts("cli.help.report_session"))
    protocol.add_argument("--heat-map", action="store_true", help=texts("cli.help.report_heat_map"))
    for report in (participation, protocol):
        report.add_argument(
            "--out", type=Path, required=True, metavar="FILE", help=texts("cli.help.report_out")
        )


def _cards(commands: Any, texts: Texts) -> None:
    _add(commands, texts, "cards", "cards").add_argument(
        "--out", type=Path, required=True, metavar="FILE", help=texts("cli.help.report_out")
    )


def _example_data(commands: Any, texts: Texts) -> None:
    example = _add(commands, texts, "example-data", "example_data")
    example.add_argument(
        "--sessions", type=_amount(1, 5000), default=40, metavar="N", help=texts("cli.help.example_sessions")
    )
    example.add_argument(
        "--participants",
        type=_amount(10, 5000),
        default=60,
        metavar="N",
        help=texts("cli.help.example_participants"),
    )
    example.add_argument(
        "--seed", type=_amount(0, 2**31), default=1, metavar="S", help=texts("cli.help.example_seed")
    )


def _db(commands: Any, texts: Texts) -> None:
    verbs = _add(commands, texts, "db", "db").add_subparsers(
        dest="verb", metavar=texts("cli.help.command"), required=True
    )
    _add(verbs, texts, "upgrade", "db_upgrade")
    _add(verbs, texts, "check", "db_check")
    _add(verbs, texts, "backup", "db_backup").add_argument("file", type=Path, metavar="FILE")
    _add(verbs, texts, "restore", "db_restore").add_argument("file", type=Path, metavar="FILE")
