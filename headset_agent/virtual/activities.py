"""``am``: starting the browser, ending it, and the broadcasts that matter (output as AOSP's am)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from headset_agent.protocol.browsers import BROWSERS
from headset_agent.virtual.answer import Answer
from headset_agent.virtual.own_player import HOME
from headset_agent.virtual.player import Player, PlayerFailed
from headset_agent.virtual.state import AUTOMATION_DISABLE, PROX_CLOSE, HeadsetState

_ONE_VALUE = {"-a": "action", "-d": "data", "-t": "type", "-n": "component", "-p": "package"}
_IGNORED_ONE_VALUE = ("-c", "-f", "--user", "--display", "--windowingMode")
_IS_HOME = "android.intent.category.HOME"
_EXTRAS = ("-e", "--es", "--ei", "--el", "--ef", "--ez", "--eu")


@dataclass(slots=True)
class Intent:
    """What a command line of ``am`` asks for."""

    action: str = ""
    data: str = ""
    type: str = ""
    component: str = ""
    package: str = ""
    extras: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """As Android prints it."""
        parts = [
            f"{name}={value}"
            for name, value in (
                ("act", self.action),
                ("dat", self.data),
                ("typ", self.type),
                ("pkg", self.package),
                ("cmp", self.component),
            )
            if value
        ]
        if self.extras:
            parts.append("(has extras)")
        return "Intent { " + " ".join(parts) + " }"

    def target(self) -> str:
        """The package that is named, or an empty text."""
        return self.package or self.component.partition("/")[0]


def parse_intent(arguments: Sequence[str]) -> Intent:
    """Read the options of ``am start`` and ``am broadcast``; unknown ones are passed over."""
    intent = Intent()
    waiting = iter(arguments)
    for argument in waiting:
        if argument in _ONE_VALUE:
            setattr(intent, _ONE_VALUE[argument], next(waiting, ""))
        elif argument in _EXTRAS:
            name = next(waiting, "")
            intent.extras[name] = next(waiting, "")
        elif argument in _IGNORED_ONE_VALUE:
            next(waiting, "")
        elif not argument.startswith("-"):
            _take_positional(intent, argument)
    return intent


def _take_positional(intent: Intent, argument: str) -> None:
    """A last word is an address, a component or a package."""
    if ":" in argument:
        intent.data = argument
    elif "/" in argument:
        intent.component = argument
    else:
        intent.package = argument


class Activities:
    """The activity manager of one headset."""

    def __init__(self, state: HeadsetState, player: Player) -> None:
        """Act on this headset's player."""
        self._state = state
        self._player = player

    async def am(self, arguments: Sequence[str]) -> Answer:
        """Run one ``am`` command."""
        match list(arguments):
            case ["start" | "start-activity", *options]:
                return await self._start(parse_intent(options))
            case ["force-stop", package]:
                return await self._force_stop(package)
            case ["broadcast", *options]:
                return self._broadcast(parse_intent(options))
        return Answer(err=f"Unknown command: {' '.join(arguments[:1])}\n", code=255)

    async def _start(self, intent: Intent) -> Answer:
        starting = f"Starting: {intent}\n"
        if intent.component and intent.target() not in self._state.packages:
            problem = f"Error: Activity class {{{intent.component}}} does not exist.\n"
            return Answer(out=starting, err="Error type 3\n" + problem)
        if intent.package and intent.package not in self._state.packages:
            return Answer(out=starting, err=f"Error: Activity not started, unable to resolve {intent}\n")
        self._state.recorded.append(("am", "start", str(intent)))
        film = self._state.own_player.film_of(
            intent.action, intent.data, intent.type, intent.extras.get("uri", "")
        )
        if film is not None:
            self._state.own_player.open(film)
        elif self._is_for_film(intent):
            return Answer(out=starting, err=f"Error: Activity not started, unable to resolve {intent}\n")
        if self._is_for_browser(intent):
            try:
                await self._player.open(intent.data)
            except PlayerFailed as error:
                return Answer(out=starting, err=f"Error: {error}\n", code=1)
        return Answer(out=starting)

    def _is_for_browser(self, intent: Intent) -> bool:
        is_web = intent.data.startswith(("http://", "https://"))
        return is_web and (not intent.target() or intent.target() in BROWSERS)

    @staticmethod
    def _is_for_film(intent: Intent) -> bool:
        return intent.action == "picovr.intent.action.player" or intent.type.startswith("video/")

    def resolve(self, arguments: Sequence[str]) -> Answer:
        """``cmd package resolve-activity --brief``: who would be started."""
        if _IS_HOME in arguments:
            return _resolved(f"{HOME}/.Launcher")
        intent = parse_intent(arguments)
        player = self._state.own_player
        film = player.film_of(intent.action, intent.data, intent.type, intent.extras.get("uri", ""))
        if film is None:
            return Answer(out="No activity found\n")
        return _resolved(f"{player.package}/.VideoActivity")

    async def _force_stop(self, package: str) -> Answer:
        self._state.recorded.append(("am", "force-stop", package))
        if package == self._state.browser_package:
            await self._player.close()
        if package == self._state.own_player.package:
            self._state.own_player.close()
        return Answer()

    def _broadcast(self, intent: Intent) -> Answer:
        now = self._state.clock_s()
        if intent.action == PROX_CLOSE and self._state.is_quest:
            self._state.proximity.close(now, int(intent.extras.get("duration", "0")))
            self._state.awake = True
        elif intent.action == AUTOMATION_DISABLE and self._state.is_quest:
            self._state.proximity.restore(now)
        self._state.recorded.append(("am", "broadcast", str(intent)))
        return Answer(out=f"Broadcasting: {intent}\nBroadcast completed: result=0\n")


def _resolved(component: str) -> Answer:
    return Answer(out=f"priority=0 preferredOrder=0 match=0x0 specificIndex=-1 isDefault=true\n{component}\n")
