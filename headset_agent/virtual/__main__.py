"""``python -m headset_agent.virtual``: virtual headsets, one (``--number``) or a kit of them (``--count``).

``--number 1 ... --and --number 2 ...`` runs several headsets in this one process.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import sys
from collections.abc import Sequence
from pathlib import Path

from headset_agent.virtual.errors import HeadsetStartError
from headset_agent.virtual.faults.reading import (
    HOW_TO_WRITE_FAULTS,
    FaultMistake,
    check_players,
    read_file,
)
from headset_agent.virtual.headset import HeadsetOptions, run_headsets
from headset_agent.virtual.kit import AND, DEFAULT_BASE_PORT, KitOptions, run_kit
from headset_agent.virtual.player import CHROMIUM, FRAME_RATE, KINDS, SIMULATED
from headset_agent.virtual.processes import bury_all
from headset_agent.virtual.reservation import LAST_NUMBER
from headset_agent.virtual.skew import ClockSkew
from headset_agent.virtual.state import MODELS

LAST_PORT = 65535


def main() -> int:
    """Run what the command line asks for; return the exit code."""
    if not sys.platform.startswith("linux"):
        sys.stderr.write("Virtual headsets run on Linux only.\n")
        return 1
    # As in an agent: no headset waits while garbage is looked for in all that is loaded.
    gc.freeze()
    words = sys.argv[1:]
    is_kit = any(word == "--count" or word.startswith("--count=") for word in words)
    try:
        return asyncio.run(run_kit(kit_options(words)) if is_kit else run_headsets(options_apart(words)))
    except HeadsetStartError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    finally:
        bury_all()


def _common() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--adb-host", default="127.0.0.1", help="where the ADB daemon listens")
    parser.add_argument("--require-auth", action="store_true", help="an unknown key waits for 'accept'")
    parser.add_argument(
        "--authorized-key",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="public key file that is accepted at once; all others wait",
    )
    parser.add_argument("--model", choices=MODELS, default="quest3")
    parser.add_argument("--no-runtime", action="store_true", help="it cannot run the agent (32 bits)")
    parser.add_argument("--free-bytes", type=int, metavar="N", help="the storage is full after N more bytes")
    parser.add_argument("--root", type=Path, help="folder that keeps the storage; else a temporary one")
    return parser


def headset_options(words: Sequence[str]) -> HeadsetOptions:
    """Read the options of one headset.

    Raises:
        SystemExit: with 2 for what is none, which has been said on standard error.
    """
    parser = argparse.ArgumentParser(prog="headset_agent.virtual", description=__doc__, parents=[_common()])
    parser.add_argument("--number", type=int, required=True)
    parser.add_argument("--adb-port", type=int, default=0, help="0: any free one")
    parser.add_argument("--address", help="the headset's localhost; else 127.0.0.(10+N) or the next free one")
    parser.add_argument("--player", choices=KINDS, default=SIMULATED)
    parser.add_argument("--frame-rate", type=int, default=FRAME_RATE, help="how often its browser may draw")
    parser.add_argument("--blind", action="store_true", help="its browser draws nothing, which costs nothing")
    parser.add_argument("--clock-skew", type=ClockSkew.parse, metavar="OFFSET_NS:DRIFT_PPM:REFERENCE_NS")
    parser.add_argument("--emulator", help="runs a real headset's Python, which is to be brought")
    given = parser.parse_args(words)
    return HeadsetOptions(
        number=given.number,
        adb_host=given.adb_host,
        adb_port=given.adb_port,
        address=given.address,
        player=given.player,
        frame_rate=given.frame_rate,
        blind=given.blind,
        require_auth=given.require_auth,
        authorized_keys=tuple(given.authorized_key),
        skew=given.clock_skew,
        model=given.model,
        free_bytes=given.free_bytes,
        root=given.root,
        emulator=given.emulator,
        can_run_agent=not given.no_runtime,
    )


def options_apart(words: Sequence[str]) -> list[HeadsetOptions]:
    """Read the options of all headsets of one process.

    Raises:
        SystemExit: with 2 for what is none, which has been said on standard error.
    """
    apart: list[list[str]] = [[]]
    for word in words:
        if word == AND:
            apart.append([])
        else:
            apart[-1].append(word)
    return [headset_options(part) for part in apart]


def kit_options(words: Sequence[str]) -> KitOptions:
    """Read the options of a kit.

    Raises:
        SystemExit: with 2 for what is none, which has been said on standard error.
    """
    parser = argparse.ArgumentParser(
        prog="headset_agent.virtual",
        description=__doc__,
        epilog=HOW_TO_WRITE_FAULTS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[_common()],
    )
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--base-port", type=int, default=DEFAULT_BASE_PORT, help="0: any free ones")
    parser.add_argument(
        "--player", default=SIMULATED, help="simulated, chromium, or chromium:N for the first N"
    )
    parser.add_argument("--clock-skew", action="store_true", help="a clock of its own for each headset")
    parser.add_argument(
        "--to-a-process", type=int, default=1, metavar="N", help="so many headsets share a process"
    )
    parser.add_argument("--faults", type=Path, metavar="FILE", help="what goes wrong, and when: see below")
    parser.add_argument("--ends-with-stdin", action="store_true", help="end when standard input does")
    given = parser.parse_args(words)
    passed_on = ["--adb-host", given.adb_host, "--model", given.model]
    passed_on += ["--require-auth"] if given.require_auth else []
    passed_on += [word for key in given.authorized_key for word in ("--authorized-key", str(key))]
    passed_on += ["--no-runtime"] if given.no_runtime else []
    passed_on += ["--free-bytes", str(given.free_bytes)] if given.free_bytes is not None else []
    if not 1 <= given.count <= LAST_NUMBER:
        parser.error(f"--count is 1 to {LAST_NUMBER}")
    if given.to_a_process < 1:
        parser.error("--to-a-process is 1 or more")
    if not 0 <= given.base_port <= LAST_PORT - given.count:
        parser.error(f"--base-port is 0 to {LAST_PORT} less --count")
    try:
        chromium = chromium_count(given.player, given.count)
        faults = read_file(given.faults, given.count) if given.faults is not None else []
        check_players(faults, chromium)
    except (ValueError, FaultMistake) as error:
        parser.error(str(error))
    return KitOptions(
        count=given.count,
        base_port=given.base_port,
        chromium=chromium,
        clock_skew=given.clock_skew,
        root=given.root,
        faults=tuple(faults),
        ends_with_stdin=given.ends_with_stdin,
        to_a_process=given.to_a_process,
        passed_on=tuple(passed_on),
    )


def chromium_count(player: str, count: int) -> int:
    """Return how many headsets, from the first on, have a Chromium.

    Raises:
        ValueError: ``player`` is neither a kind of player nor ``chromium:N``.
    """
    kind, _, number = player.partition(":")
    if player in KINDS:
        return count if kind == CHROMIUM else 0
    if kind == CHROMIUM and number.isdecimal() and int(number) <= count:
        return int(number)
    raise ValueError(f"--player is simulated, chromium or chromium:N with N up to --count, not {player!r}")


if __name__ == "__main__":
    sys.exit(main())
