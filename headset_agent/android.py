"""What the agent asks of the Android it runs on: which browser there is, to open it, to wake the headset."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
from typing import Protocol

from headset_agent.protocol.browsers import BROWSERS

log = logging.getLogger(__name__)


class System(Protocol):
    """What is needed of the system."""

    async def installed_browser(self) -> str | None:
        """Return the package of the browser to use; None: there is none."""

    async def open_address(self, package: str, url: str) -> str:
        """Have a browser show an address; return why it does not, or an empty text."""

    async def bring_to_front(self, package: str) -> None:
        """Show an app that is there already, as it is."""

    async def is_asleep(self) -> bool:
        """Whether the headset's screen is off; False where it does not tell."""

    async def wake(self) -> None:
        """Turn its screen on."""


class Run(Protocol):
    """Runs a command of the headset."""

    async def __call__(self, *command: str) -> str:
        """Return what it printed, on both of its outputs; empty where it could not be run."""


class Android:
    """The same by Android's own commands.

    Args:
        run: Runs them; None: here, on the headset itself.
    """

    def __init__(self, run: Run | None = None) -> None:
        self._run_there = run or _run

    async def _run(self, *command: str) -> str:
        output = await self._run_there(*command)
        # An intent is repeated with its whole address; the token in it stays out of logs and answers.
        said = re.sub(r"token=[\w-]+", "token=...", output)
        log.info("%s: %s", command[:2], said[:200])
        return said

    async def installed_browser(self) -> str | None:
        """Return the first of the known browsers that is installed."""
        listed = await self._run("pm", "list", "packages")
        packages = {line.removeprefix("package:").strip() for line in listed.splitlines()}
        return next((package for package in BROWSERS if package in packages), None)

    async def open_address(self, package: str, url: str) -> str:
        """Start the browser with the address, or bring it to front."""
        said = await self._run("am", "start", "-p", package, "-a", "android.intent.action.VIEW", "-d", url)
        return said.strip() if re.search(r"^(Error|java\.lang\.)", said, re.MULTILINE) else ""

    async def bring_to_front(self, package: str) -> None:
        """As its icon does."""
        intent = ("-a", "android.intent.action.MAIN", "-c", "android.intent.category.LAUNCHER")
        await self._run("am", "start", *intent, "-p", package)

    async def is_asleep(self) -> bool:
        """Ask the power manager."""
        found = re.search(r"mWakefulness=(\w+)", await self._run("dumpsys", "power"))
        return found is not None and found[1] != "Awake"

    async def wake(self) -> None:
        """Press the key that does nothing but wake."""
        await self._run("input", "keyevent", "KEYCODE_WAKEUP")


async def _run(*command: str) -> str:
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
    except OSError as error:
        # A system without this command tells nothing by it; what it was needed for is told by its caller.
        log.info("%s: %s", command[:2], error)
        return ""
    try:
        return (await process.communicate())[0].decode(errors="replace")
    except BaseException:  # cancelled: a command that hangs must not stay, one more with each attempt
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        raise
