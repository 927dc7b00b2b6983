#!/usr/bin/env python3
"""Everything a developer runs: ``python3 dev.py demo | test | bench NAME | lint``.

Needs nothing but Python 3.11 or newer. Each command first sets up what it needs: Debian packages (as root;
without root it prints the line to run), a virtual environment in ``.venv``, the WebXR emulator of the virtual
headsets and the checker of the player page. When all is there this takes a fraction of a second. What is said
for people goes to standard error; standard output belongs to the command.

Exit codes: 0 done, 1 failed, 2 wrong use or something has to be installed by hand first, 130 interrupted.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - whoever runs this may have an older one
    sys.stderr.write(
        "SimKoffert needs Python 3.11 or newer; this is Python %d.%d (%s).\n"  # noqa: UP031 - older Pythons read this
        % (sys.version_info[0], sys.version_info[1], sys.executable)
    )
    raise SystemExit(2)

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
STAMP = VENV / "simkoffert-setup.json"
LOG = ROOT / "out" / "setup.log"
LOG_LIMIT = 5_000_000
"""Bytes after which the log is begun anew."""

USAGE = """\
usage: python3 dev.py COMMAND

  demo [OPTIONS]        the app with five virtual headsets and example data; --tour DIR without a screen
  test [PYTEST OPTIONS] lint, then the tests; what continuous integration runs
  bench NAME [OPTIONS]  one measurement, as JSON on standard output; without NAME, lists them
  lint                  ruff, mypy, the import rules and the player page's types
"""

DONE, FAILED, BY_HAND, INTERRUPTED = 0, 1, 2, 130


class SetupProblem(Exception):
    """Setting up cannot go on; the message is for people."""

    def __init__(self, message: str, exit_code: int = FAILED) -> None:
        super().__init__(message)
        self.exit_code = exit_code


@dataclass(frozen=True)
class SystemPart:
    """A Debian package that pip cannot bring.

    Attributes:
        package: Its name in Debian 12 and Ubuntu 24.04.
        purpose: What breaks without it.
        commands: Any one of these on the PATH does as well.
    """

    package: str
    purpose: str
    commands: tuple[str, ...] = ()


BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

SYSTEM_PARTS = (
    SystemPart("python3-venv", "makes the virtual environment"),
    SystemPart("perl-base", "the commands of the virtual headsets' shell", ("perl",)),
    SystemPart("adb", "the official client that the virtual headsets are tested with", ("adb",)),
    SystemPart("chromium", "the browser of the virtual headsets", BROWSERS),
    SystemPart("fonts-dejavu-core", "letters and numbers in that browser"),
    SystemPart("xvfb", "a display for programs that open windows", ("Xvfb",)),
    SystemPart("libvlc5", "the laptop's film preview"),
    SystemPart("vlc-plugin-base", "the preview's decoders"),
    SystemPart("vlc-plugin-video-output", "the preview's picture"),
    SystemPart("libegl1", "Qt draws with it"),
    SystemPart("libxkbcommon-x11-0", "Qt reads the keyboard with it"),
    SystemPart("libxcb-cursor0", "Qt opens X11 windows with it"),
    SystemPart("libxcb-icccm4", "Qt opens X11 windows with it"),
    SystemPart("libusb-1.0-0", "headsets on a USB cable"),
    SystemPart("poppler-utils", "turns report PDFs into pictures that tests read", ("pdftoppm",)),
    SystemPart("qemu-user-static", "runs the headsets' own Python on this machine", ("qemu-aarch64-static",)),
    SystemPart("iproute2", "network namespaces for headsets on a bad Wi-Fi", ("ip",)),
)


def say(message: str) -> None:
    """Tell the person at the terminal."""
    print(message, file=sys.stderr, flush=True)


# --- running programs -----------------------------------------------------------------------------------


def run_logged(purpose: str, command: Sequence[str], env: Mapping[str, str] | None = None) -> None:
    """Run a set-up step with its output in the log.

    Raises:
        SetupProblem: it failed; the message shows the end of its output.
    """
    LOG.parent.mkdir(exist_ok=True)
    outgrown = LOG.exists() and LOG.stat().st_size > LOG_LIMIT
    with LOG.open("wb" if outgrown else "ab") as log:
        log.write(f"\n$ {' '.join(command)}\n".encode())
        log.flush()
        start = log.tell()
        result = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if result.returncode:
        with LOG.open("rb") as log:
            log.seek(start)
            tail = log.read().decode(errors="replace").splitlines()[-25:]
        shown = "\n".join(f"    {line}" for line in tail)
        raise SetupProblem(f"{purpose} failed. The end of its output (all of it: {LOG}):\n{shown}")


def run_foreground(command: Sequence[str], env: Mapping[str, str] | None = None) -> int:
    """Run a program that owns the terminal until it ends; Ctrl-C is its business first.

    Ctrl-C reaches it as well as us: it is given the time to clean up, a second Ctrl-C ends it.
    """
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **(env or {})})
    try:
        return process.wait()
    except KeyboardInterrupt:
        try:
            process.wait()
        except KeyboardInterrupt:
            process.terminate()
            process.wait()
        return INTERRUPTED


# --- system packages ------------------------------------------------------------------------------------


def missing_parts() -> list[SystemPart]:
    """Return the system parts that are not there."""
    unsure = [part for part in SYSTEM_PARTS if not _is_there_as_command(part)]
    installed = _installed_packages([part.package for part in unsure])
    return [part for part in unsure if part.package not in installed]


def _is_there_as_command(part: SystemPart) -> bool:
    if part.package == "python3-venv":
        return importlib.util.find_spec("ensurepip") is not None
    found = (shutil.which(command) for command in part.commands)
    return any(path and not _is_snap(path) for path in found)


def _is_snap(command: str) -> bool:
    """A browser in a snap sees neither /tmp nor hidden folders, where the headsets' profiles lie."""
    real = Path(command).resolve()
    if real.is_relative_to("/snap") or real.name == "snap":
        return True
    # Ubuntu's transitional chromium-browser is a shell script that calls the snap.
    with real.open("rb") as program:
        head = program.read(4096)
    return head.startswith(b"#!") and b"/snap/bin/" in head


def _installed_packages(packages: Sequence[str]) -> set[str]:
    if not packages or not shutil.which("dpkg-query"):
        return set()
    result = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *packages],
        capture_output=True,
        text=True,
        check=False,
    )
    lines = (line.split() for line in result.stdout.splitlines())
    return {words[0] for words in lines if words[1:] == ["installed"]}


def ensure_system_parts() -> None:
    """Install the system packages that are missing.

    Raises:
        SetupProblem: something has to be installed by hand, or apt failed.
    """
    missing = missing_parts()
    if not missing:
        return
    _refuse_without_apt(missing)
    _refuse_snap_browser(missing)
    packages = [part.package for part in missing]
    if os.geteuid() != 0:
        raise SetupProblem(_install_by_hand(packages), BY_HAND)
    say(f"Installing {len(packages)} system packages (once, some minutes): {' '.join(packages)}")
    _apt_install(packages)


def _refuse_without_apt(missing: Sequence[SystemPart]) -> None:
    if shutil.which("apt-get"):
        return
    parts = "\n".join(f"  {part.package}: {part.purpose}" for part in missing)
    raise SetupProblem(
        f"This set-up knows Debian and Ubuntu. Please install, under Debian's names:\n{parts}", BY_HAND
    )


def _refuse_snap_browser(missing: Sequence[SystemPart]) -> None:
    packages = [part.package for part in missing]
    if "chromium" not in packages or not _is_ubuntu():
        return
    others = [package for package in packages if package != "chromium"]
    line = f"\nThe other packages: sudo apt-get install -y {' '.join(others)}" if others else ""
    raise SetupProblem(
        "Ubuntu has Chromium only as a snap, and a snap cannot read the folders in which the virtual\n"
        "headsets keep their browser profiles. Please install Google Chrome's .deb (google.com/chrome):\n"
        "  sudo apt-get install -y ./google-chrome-stable_current_amd64.deb\n"
        f"or any Chromium that is not a snap, and run this again.{line}",
        BY_HAND,
    )


def _is_ubuntu() -> bool:
    release = Path("/etc/os-release")
    words = release.read_text().replace('"', "") if release.exists() else ""
    return any(line.partition("=")[2].split().count("ubuntu") for line in words.splitlines())


def _install_by_hand(packages: Sequence[str]) -> str:
    return (
        "Some system packages are missing and only root can install them. Run this line, then try again:\n\n"
        f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {' '.join(packages)}"
    )


def _apt_install(packages: Sequence[str]) -> None:
    env = {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8", "NEEDRESTART_MODE": "a"}
    apt = ["apt-get", "-y", "-q", "-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3"]
    # An installation that was cut off must be finished before apt takes a new one.
    run_logged("Finishing an earlier installation", ["dpkg", "--configure", "-a"], env)
    try:
        run_logged("Reading the package lists", [*apt, "update"], env)
    except SetupProblem as problem:
        # One broken third-party source must not stop us: what matters is whether the packages can be had.
        say(f"Note: {problem}")
    run_logged("Installing system packages", [*apt, "install", "--no-install-recommends", *packages], env)


# --- the virtual environment ----------------------------------------------------------------------------


def _wanted_stamp() -> dict[str, str]:
    """What the virtual environment depends on; a difference means: set up again."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    described = json.dumps([project["build-system"], project["project"]], sort_keys=True)
    return {
        "project": hashlib.sha256(described.encode()).hexdigest(),
        "python": _python_version(),
        "folder": str(ROOT),
    }


def _python_version() -> str:
    return "{}.{}".format(*sys.version_info)


def ensure_venv() -> None:
    """Make ``.venv`` hold what pyproject.toml asks for; repair what was left half-made.

    Raises:
        SetupProblem: pip or venv failed.
    """
    wanted = _wanted_stamp()
    healthy = _venv_is_healthy()
    if healthy and _read_stamp() == wanted:
        return
    STAMP.unlink(missing_ok=True)
    if not healthy:
        _make_venv()
    try:
        _install_project()
    except SetupProblem:
        if not healthy:
            raise
        say("That did not work in the environment that was there; making a new one.")
        _make_venv()
        _install_project()
    STAMP.write_text(json.dumps(wanted), encoding="utf-8")


def _venv_is_healthy() -> bool:
    """Its interpreter runs, is of this version, and has pip."""
    if not VENV_PYTHON.exists():
        return False
    question = "import sys, pip; print('{}.{}'.format(*sys.version_info))"
    result = subprocess.run([VENV_PYTHON, "-I", "-c", question], capture_output=True, text=True, check=False)
    return result.returncode == 0 and result.stdout.strip() == _python_version()


def _read_stamp() -> object:
    try:
        return json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _make_venv() -> None:
    say(f"Making a virtual environment for Python {_python_version()} in {VENV.name}")
    # Run from inside a virtual environment, venv would link the new one to the old.
    interpreter = getattr(sys, "_base_executable", None) or sys.executable
    run_logged("Making the virtual environment", [interpreter, "-m", "venv", "--clear", str(VENV)])


def _install_project() -> None:
    say("Installing Python packages with pip")
    pip = [str(VENV_PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    run_logged("Installing Python packages", [*pip, "install", "-e", ".[dev]"])


def ensure_webxr_emulator() -> None:
    """Fetch iwer, which makes a desktop browser behave like a headset's, into its cache."""
    bring = "from headset_agent.virtual.iwer import emulator_script; emulator_script()"
    run_logged("Fetching the WebXR emulator", [str(VENV_PYTHON), "-c", bring])


# TypeScript 7 reads the player page's JavaScript, whose types stand in comments; it runs without Node.
PAGE_CHECKER = ("typescript@7.0.2", "@types/webxr@0.5.24")
PAGE_CHECKER_HOME = VENV / "-".join(package.replace("/", "-") for package in PAGE_CHECKER)


def ensure_page_checker() -> None:
    """Fetch what reads the player page into the virtual environment.

    Raises:
        SetupProblem: npm failed.
    """
    if PAGE_CHECKER_HOME.exists():
        return
    fetch = "import sys; from headset_agent.virtual.npm import bring; bring(*sys.argv[1:])"
    run_logged("Fetching TypeScript", [str(VENV_PYTHON), "-c", fetch, str(PAGE_CHECKER_HOME), *PAGE_CHECKER])


def set_up() -> None:
    """Make everything there that the commands below need."""
    ensure_system_parts()
    ensure_venv()
    ensure_webxr_emulator()


# --- commands -------------------------------------------------------------------------------------------


# The virtual headset and the headset program are for Linux; all that runs on the laptop is not.
WINDOWS_TOO = ("--platform=win32", "--cache-dir=.mypy_cache/win32", "trainer_app", "headset_agent/protocol")


PAGE = ROOT / "headset_agent" / "web"
PAGE_RULES = (
    "--noEmit --allowJs --checkJs --strict --exactOptionalPropertyTypes --noImplicitReturns"
    " --noFallthroughCasesInSwitch --noUnusedLocals --noUnusedParameters --allowUnreachableCode false"
    " --target es2022 --module esnext --moduleResolution bundler --lib es2023,dom,dom.iterable --types webxr"
)


def page_check(folder: Path) -> list[str]:
    """Return the command that checks the JavaScript in a folder; its tool has to be there."""
    modules = PAGE_CHECKER_HOME / "node_modules"
    checker = next(modules.glob("@typescript/*/lib/tsc"))
    scripts = sorted(str(path) for path in folder.glob("*.js"))
    return [str(checker), *PAGE_RULES.split(), "--typeRoots", str(modules / "@types"), *scripts]


def lint() -> list[str]:
    """Run the checkers side by side, show what they complain about, and name those that did."""
    ensure_page_checker()
    tools = VENV_PYTHON.parent
    checks = {
        "ruff check": ["ruff", "check", "--quiet"],
        "ruff format": ["ruff", "format", "--check"],
        "mypy": ["mypy", "--no-error-summary"],
        "mypy for Windows": ["mypy", "--no-error-summary", *WINDOWS_TOO],
        "import rules": ["lint-imports"],
        "page types": page_check(PAGE),
    }
    failed: list[str] = []
    shown: set[str] = set()
    with tempfile.TemporaryDirectory() as folder:
        running = {}
        for name, command in checks.items():
            output = Path(folder, name)
            with output.open("wb") as stream:
                running[name] = subprocess.Popen(
                    [str(tools / command[0]), *command[1:]],
                    cwd=ROOT,
                    stdin=subprocess.DEVNULL,
                    stdout=stream,
                    stderr=subprocess.STDOUT,
                )
        for name, process in running.items():
            if not process.wait():
                say(f"{name}: ok")
                continue
            failed.append(name)
            complaints = Path(folder, name).read_text(encoding="utf-8", errors="replace").rstrip()
            # What mypy says for this system and for Windows alike is said once.
            news = [line for line in complaints.splitlines() if line not in shown]
            shown.update(line for line in news if ": error:" in line or ": note:" in line)
            say("\n".join([f"{name}: failed", *news]))
    return failed


def command_lint(arguments: Sequence[str]) -> int:
    """``dev.py lint``."""
    if arguments:
        return wrong_use("lint takes no options")
    ensure_system_parts()
    ensure_venv()
    return FAILED if lint() else DONE


# One process plays the films, which is mostly waiting; two do all the rest meanwhile and give way to it (see
# tests/guards/workers.py). Where so many fail, the rest says nothing new, and waiting for it may take longer
# than CI has.
IN_PARALLEL = ("--numprocesses=3", "--dist=loadscope", "--maxfail=20", "--durations=40", "--durations-min=2")


def pytest_options(arguments: Sequence[str]) -> list[str]:
    """Return what pytest is given: who names tests, or looks at one, gets one process and live output."""
    looks_at_one = any(not argument.startswith("-") for argument in arguments)
    looks_at_one |= any(argument in ("-s", "--pdb", "--trace", "--lf", "--sw") for argument in arguments)
    return [*(() if looks_at_one else IN_PARALLEL), *arguments]


def command_test(arguments: Sequence[str]) -> int:
    """``dev.py test``: all checks and all tests, whatever fails first; pytest has the last word."""
    set_up()
    complaints = lint()
    # Handed to pytest, so that its summary names them just above its closing line.
    env = {"SIMKOFFERT_LINT_FAILURES": ", ".join(complaints)}
    code = run_foreground([str(VENV_PYTHON), "-m", "pytest", *pytest_options(arguments)], env)
    return code or (FAILED if complaints else DONE)


def command_bench(arguments: Sequence[str]) -> int:
    """``dev.py bench NAME``."""
    names = sorted(path.stem for path in (ROOT / "benchmarks").glob("[!_]*.py"))
    if not arguments or arguments[0] not in names:
        return wrong_use(f"bench needs one of these names: {', '.join(names) or '(there are none yet)'}")
    set_up()
    return run_foreground([str(VENV_PYTHON), "-m", f"benchmarks.{arguments[0]}", *arguments[1:]])


def command_demo(arguments: Sequence[str]) -> int:
    """``dev.py demo``."""
    set_up()
    return run_foreground([str(VENV_PYTHON), "-m", "trainer_app", "demo", *arguments])


COMMANDS = {"demo": command_demo, "test": command_test, "bench": command_bench, "lint": command_lint}


def wrong_use(message: str) -> int:
    """Say what was wrong with the command line."""
    say(f"dev.py: {message}\n\n{USAGE}")
    return BY_HAND


def main(arguments: Sequence[str]) -> int:
    """Run one command and return the exit code."""
    if arguments[:1] in (["-h"], ["--help"]):
        print(USAGE)
        return DONE
    command = COMMANDS.get(arguments[0]) if arguments else None
    if command is None:
        return wrong_use(f"no such command: {arguments[0]}" if arguments else "say what to do")
    try:
        return command(arguments[1:])
    except SetupProblem as problem:
        say(str(problem))
        return problem.exit_code
    except PermissionError as error:
        say(f"Cannot write {error.filename}: it belongs to another user, perhaps root.")
        return BY_HAND
    except KeyboardInterrupt:
        say("Interrupted. Run it again to go on.")
        return INTERRUPTED


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
