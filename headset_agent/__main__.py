"""Starts the agent: reads the token from standard input, detaches, reports on standard output, serves.

The laptop runs ``python AGENT.pyz --films DIR --run DIR`` in the headset's shell, writes one JSON line
(:class:`headset_agent.agent.Start`), and reads one JSON line back: ``{"pid": N}``, or
``{"error": "...", "port_taken": ...}`` with exit code 1. The process that answers is the starter; the agent
itself lives on in a session of its own, so that it survives the end of that shell.
"""

from __future__ import annotations

import argparse
import asyncio
import errno
import gc
import json
import logging
import os
import sys
from pathlib import Path

import msgspec

from headset_agent.agent import ALONE_NS, Agent, Settings, Start
from headset_agent.clock import make_clock
from headset_agent.protocol.tether import HOST_VARIABLE

log = logging.getLogger("headset_agent")


def main() -> int:
    """Parse, detach, serve."""
    parser = argparse.ArgumentParser(prog="headset_agent")
    parser.add_argument("--films", type=Path, required=True, help="folder of the films")
    parser.add_argument("--run", type=Path, required=True, help="folder of agent.json and the log")
    parser.add_argument(
        "--alone", type=float, default=ALONE_NS * 1e-9, help="exit after so many seconds without a laptop"
    )
    parser.add_argument("--foreground", action="store_true", help="do not detach")
    arguments = parser.parse_args()
    start = msgspec.json.decode(sys.stdin.buffer.readline(), type=Start)
    host = os.environ.get(HOST_VARIABLE, "127.0.0.1")
    settings = Settings(
        host=host, films=arguments.films, run=arguments.run, alone_ns=round(arguments.alone * 1e9)
    )
    settings.run.mkdir(parents=True, exist_ok=True)
    if arguments.foreground:
        return _serve(settings, start, sys.stdout.fileno())
    return _detached(settings, start)


def _detached(settings: Settings, start: Start) -> int:
    """Serve in a child with a session of its own; pass its first words on and return."""
    reading, writing = os.pipe()
    if os.fork() == 0:
        os.setsid()
        os.close(reading)
        _leave_the_shell(settings.run / "agent.log")
        os._exit(_serve(settings, start, writing))
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.readline()
    answer = said or b'{"error": "the agent ended without a word"}\n'
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    return 0 if b'"pid"' in answer else 1


def _leave_the_shell(log_file: Path) -> None:
    """Point the standard streams away from the shell, which would else wait for them to close."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    written = os.open(log_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(nothing, 0)
    os.dup2(written, 1)
    os.dup2(written, 2)
    os.close(nothing)
    os.close(written)


def _serve(settings: Settings, start: Start, answer: int) -> int:
    logging.basicConfig(
        level=logging.INFO, stream=sys.stderr, format="%(relativeCreated)d %(name)s %(message)s"
    )

    def say(what: dict[str, object]) -> None:
        os.write(answer, json.dumps(what).encode() + b"\n")
        if answer != sys.stdout.fileno():
            os.close(answer)

    # What is loaded stays: a search for garbage that walks through all of it holds clock and page up.
    gc.freeze()
    try:
        asyncio.run(_run(settings, start, lambda: say({"pid": os.getpid()})))
    except OSError as error:
        log.exception("the agent cannot serve")
        say({"error": str(error), "port_taken": error.errno == errno.EADDRINUSE})
        return 1
    except Exception:
        log.exception("the agent ended with a fault of its own")
        return 1
    return 0


async def _run(settings: Settings, start: Start, ready: object) -> None:
    assert callable(ready)
    await Agent(settings, start, make_clock()).run(ready)


if __name__ == "__main__":
    sys.exit(main())
