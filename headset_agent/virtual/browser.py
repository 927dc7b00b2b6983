"""The virtual headset's browser: a real headless Chromium in which every page finds an emulated headset.

The emulator and, when wanted, the skewed clock are put into each new page before its own scripts run. The
page therefore cannot tell this browser from a headset's: it asks for an immersive session and gets one.
"""

from __future__ import annotations

import asyncio
import collections
import contextlib
import os
import re
import shutil
import signal
import tempfile
from pathlib import Path

import psutil

from headset_agent.devtools import Connection, DevTools, DevToolsError, Json, Target
from headset_agent.virtual.iwer import emulator_script
from headset_agent.virtual.skew import ClockSkew

START_TIMEOUT_S = 30.0
CLOSE_TIMEOUT_S = 5.0

_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_LISTENING = re.compile(rb"DevTools listening on ws://([\d.]+:\d+)/")

_FLAGS = (
    "--headless=new",
    # Software drawing that still offers WebGL 2.
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    # A headset shows its page always; a desktop slows down what it thinks nobody sees.
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--disable-features=Translate,OptimizationHints,MediaRouter",
    "--metrics-recording-only",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-proxy-server",
    "--password-store=basic",
    "--remote-debugging-address=127.0.0.1",
    "--remote-debugging-port=0",
    # The policy of a browser on Android, so that the page has to earn its sound here too.
    "--autoplay-policy=document-user-activation-required",
)


class BrowserMissing(Exception):
    """No Chromium is installed."""


class BrowserFailed(Exception):
    """Chromium did not start; the text holds the last it said."""


def find_chromium() -> str:
    """Return the path of the installed Chromium.

    Raises:
        BrowserMissing: None of the usual names is on PATH.
    """
    for name in _NAMES:
        found = shutil.which(name)
        if found:
            return found
    raise BrowserMissing(f"none of {', '.join(_NAMES)} is on PATH")


class VirtualBrowser:
    """A headset's browser in an emulated Meta Quest 3; use as an async context or call start and close.

    Args:
        skew: The clock its pages live in; None leaves them the machine's.
        draw: Whether pages can draw (WebGL 2). Without, films are decoded and timed but not drawn:
            for measurements with more browsers than this machine could draw for.
        blind: WebGL takes every call and draws nothing. The page enters VR all the same.
        size: The page in pixels; also the drawing resolution of the emulated session.
        layers: Whether it has media layers (WebXR Layers, by a polyfill that draws them for real).
        frame_rate: Frames a second that a page gets to draw. Each costs a desktop processor some 70 ms for
            a film of 1280x640, and several headsets share it; the film itself runs at its own rate.
        cache: Where the emulator is kept; None is the user's cache folder.
    """

    def __init__(
        self,
        *,
        skew: ClockSkew | None = None,
        draw: bool = True,
        blind: bool = False,
        layers: bool = False,
        size: tuple[int, int] = (480, 270),
        frame_rate: int = 6,
        cache: Path | None = None,
    ) -> None:
        self._skew = skew
        self._draw = draw
        self._blind = blind
        self._layers = layers
        self._size = size
        self._frame_rate = frame_rate
        self._cache = cache
        self._process: asyncio.subprocess.Process | None = None
        self._profile: tempfile.TemporaryDirectory[str] | None = None
        self._said: collections.deque[bytes] = collections.deque(maxlen=40)
        self._listener: asyncio.Task[None] | None = None
        self._dev: DevTools | None = None
        self._browser: Connection | None = None
        self._sessions: dict[str, str] = {}
        self._prepared = asyncio.Condition()
        self._preparing: set[asyncio.Task[None]] = set()
        self._shown: dict[str, Target] = {}
        self._head = (0.0, 0.0)
        self.devtools = ""

    async def __aenter__(self) -> VirtualBrowser:
        """Start."""
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close."""
        await self.close()

    async def start(self) -> None:
        """Start Chromium and stand ready to prepare its pages.

        Raises:
            BrowserMissing: There is none.
            BrowserFailed: It did not start within :data:`START_TIMEOUT_S`.
            PackageMissing: The WebXR emulator could not be brought.
        """
        program = find_chromium()
        script = await asyncio.to_thread(emulator_script, self._cache)
        self._emulator = await asyncio.to_thread(script.read_text, encoding="utf-8")
        try:
            await self._launch(program)
            await self._watch_pages()
        except BaseException:
            await self.close()
            raise

    async def _launch(self, program: str) -> None:
        self._profile = tempfile.TemporaryDirectory(prefix="simkoffert-browser-", ignore_cleanup_errors=True)
        command = [*_dying_with_parent(), program, *_FLAGS, *self._flags(), "about:blank"]
        self._process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            # Or it leaves its lock on a profile in the system's folder.
            env={**os.environ, "TMPDIR": self._profile.name},
            start_new_session=True,
        )
        found: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._listener = asyncio.create_task(self._listen(found), name="chromium-stderr")
        try:
            async with asyncio.timeout(START_TIMEOUT_S):
                self.devtools = await found
        except TimeoutError:
            raise BrowserFailed(self._last_words()) from None

    def _flags(self) -> list[str]:
        assert self._profile is not None
        width, height = self._size
        flags = [f"--user-data-dir={self._profile.name}", f"--window-size={width},{height}"]
        if self.devtools:
            # Started again: where it listened before, because running agents know that port.
            flags.append(f"--remote-debugging-port={self.devtools.rpartition(':')[2]}")
        if os.geteuid() == 0:
            flags.append("--no-sandbox")
        return flags

    async def _listen(self, found: asyncio.Future[str]) -> None:
        """Keep reading what Chromium says, so that it never blocks on a full pipe."""
        assert self._process is not None
        assert self._process.stderr is not None
        async for line in self._process.stderr:
            self._said.append(line)
            match = _LISTENING.search(line)
            if match and not found.done():
                found.set_result(match.group(1).decode())
        if not found.done():
            found.set_exception(BrowserFailed(self._last_words()))

    def _last_words(self) -> str:
        return b"".join(self._said).decode(errors="replace")

    async def _watch_pages(self) -> None:
        self._dev = await DevTools(f"tcp:{self.devtools}").__aenter__()
        self._browser = await self._dev.browser()
        self._browser.on("Target.attachedToTarget", self._on_attached)
        self._browser.on("Target.detachedFromTarget", self._on_detached)
        await self._browser.send(
            "Target.setAutoAttach", {"autoAttach": True, "waitForDebuggerOnStart": True, "flatten": True}
        )

    def _on_attached(self, params: Json, _: str | None) -> None:
        task = asyncio.create_task(self._prepare(params["sessionId"], params["targetInfo"]))
        self._preparing.add(task)
        task.add_done_callback(self._preparing.discard)

    def _on_detached(self, params: Json, _: str | None) -> None:
        self._sessions.pop(params["sessionId"], None)

    async def _prepare(self, session: str, target: Json) -> None:
        """Put our scripts into a new page and let it go on; anything else just goes on."""
        assert self._browser is not None
        # A page may be closed at any moment; then there is nothing to prepare.
        with contextlib.suppress(DevToolsError):
            if target["type"] == "page":
                await self._browser.send("Page.enable", session=session)
                await self._browser.send(
                    "Emulation.setDeviceMetricsOverride", self._metrics(), session=session
                )
                await self._browser.send(
                    "Page.addScriptToEvaluateOnNewDocument", {"source": self._injected()}, session=session
                )
            await self._browser.send("Runtime.runIfWaitingForDebugger", session=session)
            if target["type"] == "page":
                # Not before it runs: a page that still waits would lose the address it is sent to.
                async with self._prepared:
                    self._sessions[session] = target["targetId"]
                    self._prepared.notify_all()

    def _metrics(self) -> Json:
        # The window itself also holds the browser's own bars, and has a smallest width.
        width, height = self._size
        return {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}

    def _injected(self) -> str:
        yaw, pitch = self._head
        layers = "true" if self._layers else "false"
        parts = [
            _FRAME_RATE.replace("RATE", str(self._frame_rate)),
            self._skew.page_script() if self._skew else "",
            self._emulator,
            _LAYERS if self._layers else "",
            _HEADSET.replace("YAW", repr(yaw)).replace("PITCH", repr(pitch)).replace("LAYERS", layers),
            "" if self._draw else _NO_DRAWING,
            _BLIND if self._blind else "",
        ]
        return "\n;".join(parts)

    async def open(self, url: str) -> Target:
        """Show an address as Android's VIEW intent does: a page that shows it already is used again."""
        assert self._dev is not None
        # Remembered rather than read from the browser: a page that has just been sent somewhere is listed
        # under its old address for a while.
        address = url.split("?", maxsplit=1)[0]
        known = self._shown.get(address)
        if known is not None and known.id in self._sessions.values():
            await self._navigate(known, url)
            return known
        self._shown[address] = await self._open_new(url)
        return self._shown[address]

    async def _open_new(self, url: str) -> Target:
        """Open a blank page, wait until it is prepared, then go to the address: no script can be missed."""
        assert self._dev is not None
        target = await self._dev.open("about:blank")
        async with asyncio.timeout(START_TIMEOUT_S), self._prepared:
            await self._prepared.wait_for(lambda: target.id in self._sessions.values())
        await self._navigate(target, url)
        return target

    async def _navigate(self, target: Target, url: str) -> None:
        assert self._browser is not None
        for session, known in self._sessions.items():
            if known == target.id:
                await self._browser.send("Page.navigate", {"url": url}, session=session)
                await self._browser.send("Page.bringToFront", session=session)
                return
        raise DevToolsError("no_page", url)

    async def set_head(self, yaw_deg: float, pitch_deg: float = 0.0) -> None:
        """Turn the wearer's head: yaw positive to the right, pitch positive upwards, 0 straight ahead."""
        assert self._browser is not None
        self._head = (yaw_deg, pitch_deg)
        turn = f"globalThis.virtualHeadset?.turn({yaw_deg!r}, {pitch_deg!r})"
        for session in list(self._sessions):
            with contextlib.suppress(DevToolsError):
                await self._browser.send("Runtime.evaluate", {"expression": turn}, session=session)

    async def close(self) -> None:
        """End Chromium with all its processes and remove its profile."""
        for task in list(self._preparing):
            task.cancel()
        await asyncio.gather(*self._preparing, return_exceptions=True)
        # What is known of its pages goes with it: the next life of this browser has others.
        self._sessions.clear()
        self._shown.clear()
        if self._dev is not None:
            await self._dev.__aexit__(None, None, None)
            self._dev = None
        if self._process is not None:
            await self._end_processes(self._process)
            self._process = None
        if self._listener is not None:
            await asyncio.gather(self._listener, return_exceptions=True)
            self._listener = None
        if self._profile is not None:
            await asyncio.to_thread(self._profile.cleanup)
            self._profile = None

    async def _end_processes(self, process: asyncio.subprocess.Process) -> None:
        family: list[psutil.Process] = []
        with contextlib.suppress(psutil.NoSuchProcess):
            family = psutil.Process(process.pid).children(recursive=True)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        for member in family:
            with contextlib.suppress(psutil.NoSuchProcess):
                member.kill()
        await process.wait()
        await asyncio.to_thread(psutil.wait_procs, family, CLOSE_TIMEOUT_S)


def _dying_with_parent() -> list[str]:
    """Return the command prefix that makes the kernel end the browser when we are gone, however we went."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "KILL"] if setpriv else []


_HEADSET = """
(() => {
  // Only the top page wears the headset, and only where a document can hold its canvas.
  if (window !== window.top || !globalThis.IWER || !navigator.xr && !isSecureContext) return;
  const device = new IWER.XRDevice(IWER.metaQuest3, { stereoEnabled: true, visibilityMask: null });
  device.installRuntime({ forceInstall: true, polyfillLayers: LAYERS });
  device.position.set(0, 0, 0);
  const turn = (yaw, pitch) => {
    const y = -yaw * Math.PI / 360, x = pitch * Math.PI / 360;
    const [sy, cy, sx, cx] = [Math.sin(y), Math.cos(y), Math.sin(x), Math.cos(x)];
    device.quaternion.set(cy * sx, sy * cx, -sy * sx, cy * cx);
  };
  turn(YAW, PITCH);
  Object.defineProperty(globalThis, 'virtualHeadset', { value: { device, turn } });
})();
"""

# The emulator brings the polyfill's binding first, and then puts its own in its place, which has no layers.
_LAYERS = """
(() => {
  delete globalThis.XRMediaBinding;
  let binding;
  Object.defineProperty(globalThis, 'XRWebGLBinding', {
    configurable: true,
    get: () => binding,
    set: (made) => { binding ??= made; },
  });
})();
"""

# Drawing in software costs the machine dearly; a page that gets fewer frames draws less.
_FRAME_RATE = """
(() => {
  const realFrame = globalThis.requestAnimationFrame.bind(globalThis);
  const period = 1000 / RATE - 4;
  let waiting = [], last = -Infinity, asked = false, count = 0;
  const tick = (time) => {
    asked = false;
    if (time - last < period) { ask(); return; }
    last = time;
    const due = waiting;
    waiting = [];
    for (const [, callback] of due) {
      try { callback(time); } catch (problem) { reportError(problem); }
    }
  };
  const ask = () => { if (!asked) { asked = true; realFrame(tick); } };
  globalThis.requestAnimationFrame = (callback) => {
    waiting.push([++count, callback]);
    ask();
    return count;
  };
  globalThis.cancelAnimationFrame = (id) => { waiting = waiting.filter(([other]) => other !== id); };
})();
"""

_NO_DRAWING = """
(() => {
  const real = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function getContext(kind, ...rest) {
    return kind === 'webgl2' ? null : real.call(this, kind, ...rest);
  };
  // The page would show the film's plain frames instead, which costs as much.
  addEventListener('DOMContentLoaded', () => {
    const style = document.createElement('style');
    style.textContent = 'video { display: none }';
    document.head.append(style);
  });
})();
"""

_BLIND = """
(() => {
  const graphics = globalThis.WebGL2RenderingContext?.prototype;
  const costly = ['clear', 'drawArrays', 'drawElements', 'texImage2D', 'texSubImage2D', 'generateMipmap'];
  for (const name of graphics ? costly : []) graphics[name] = () => undefined;
})();
"""
