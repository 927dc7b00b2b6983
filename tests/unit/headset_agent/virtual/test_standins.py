"""What Android's commands answer on each model, and what they change."""

from __future__ import annotations

import re

import pytest

from headset_agent.virtual.answer import Answer
from headset_agent.virtual.player import PlayerFailed
from headset_agent.virtual.standins import StandIns
from headset_agent.virtual.state import MODELS, HeadsetState

PAGE = "http://127.0.0.1:29361/?token=x&lang=nb"


class FakePlayer:
    """Notes what is opened and closed."""

    devtools = None

    def __init__(self) -> None:
        self.shown: str | None = None
        self.fails = False

    async def start(self) -> None:
        """Nothing to start."""

    async def open(self, url: str) -> None:
        if self.fails:
            raise PlayerFailed("it crashed")
        self.shown = url

    async def close(self) -> None:
        self.shown = None

    def observe(self) -> dict[str, object]:
        return {}


class FullStorage:
    """Ten blocks, three of them free."""

    def total_bytes(self) -> int:
        return 10 * 4096

    def free_bytes(self) -> int:
        return 3 * 4096


class Headset:
    """The commands of one headset with a clock that stands still until it is moved."""

    def __init__(self, model: str = "quest3") -> None:
        self.now = 1000.0
        self.player = FakePlayer()
        self.state = HeadsetState(model, "SERIAL1", 1, lambda: self.now)
        self._standins = StandIns(self.state, self.player, FullStorage())

    async def run(self, *command: str) -> Answer:
        return await self._standins.run(command)

    async def out(self, *command: str) -> str:
        answer = await self.run(*command)
        assert (answer.code, answer.err) == (0, "")
        return answer.out


@pytest.fixture
def quest() -> Headset:
    return Headset()


# --- what a headset says of itself ---


@pytest.mark.parametrize(
    ("model", "device", "product"), [("quest2", "hollywood", "Quest 2"), ("quest3", "eureka", "Quest 3")]
)
async def test_properties_name_the_model_and_the_serial(model: str, device: str, product: str) -> None:
    headset = Headset(model)
    assert await headset.out("getprop", "ro.product.device") == f"{device}\n"
    assert await headset.out("getprop", "ro.product.model") == f"{product}\n"
    assert await headset.out("getprop", "ro.serialno") == "SERIAL1\n"


async def test_all_properties_are_listed_as_android_lists_them(quest: Headset) -> None:
    lines = (await quest.out("getprop")).splitlines()
    assert "[ro.product.manufacturer]: [Oculus]" in lines
    assert lines == sorted(lines)
    assert all(re.fullmatch(r"\[\S+\]: \[.*\]", line) for line in lines)


async def test_an_unknown_property_is_an_empty_line_or_the_default(quest: Headset) -> None:
    assert await quest.out("getprop", "no.such") == "\n"
    assert await quest.out("getprop", "no.such", "7") == "7\n"


async def test_setprop_changes_a_property_but_none_that_is_read_only(quest: Headset) -> None:
    await quest.out("setprop", "debug.oculus.guardian_pause", "1")
    assert await quest.out("getprop", "debug.oculus.guardian_pause") == "1\n"
    assert (await quest.run("setprop", "ro.serialno", "x")).code == 1
    assert await quest.out("getprop", "ro.serialno") == "SERIAL1\n"


@pytest.mark.parametrize("model", MODELS)
async def test_battery_drains_while_the_headset_is_used(model: str) -> None:
    headset = Headset(model)

    async def level() -> int:
        found = re.search(r"^  level: (\d+)$", await headset.out("dumpsys", "battery"), re.MULTILINE)
        assert found
        return int(found[1])

    full = await level()
    headset.now += 900
    assert await level() == full - 10
    headset.state.battery.plug(headset.now, plugged=True)
    assert "  AC powered: true\n" in await headset.out("dumpsys", "battery")
    assert "  status: 2\n" in await headset.out("dumpsys", "battery")


async def test_an_unknown_service_is_said_on_standard_error(quest: Headset) -> None:
    answer = await quest.run("dumpsys", "nothing")
    assert answer == Answer(err="Can't find service: nothing\n")


async def test_a_pico_has_none_of_metas_services() -> None:
    pico = Headset("pico4")
    for service in ("vrpowermanager", "OVRRemoteService"):
        assert "Can't find service" in (await pico.run("dumpsys", service)).err
    assert await pico.out("getprop", "pxr.vendorhw.product.model") == "PICO 4\n"


async def test_controllers_tell_their_battery(quest: Headset) -> None:
    text = await quest.out("dumpsys", "OVRRemoteService")
    assert len(re.findall(r"Paired device: .*Type:\s+(?:Left|Right),.*Battery: \d+%", text)) == 2


async def test_free_space_is_told_in_blocks(quest: Headset) -> None:
    assert await quest.out("stat", "-fc", "%S:%b:%a", "/data") == "4096:10:3\n"
    assert await quest.out("stat", "-f", "-c", "%a %n", "/data") == "3 /data\n"
    assert (await quest.out("df", "/data")).splitlines()[1].split()[1:4] == ["40", "28", "12"]


async def test_thermal_status_is_told(quest: Headset) -> None:
    assert "Thermal Status: 0\n" in await quest.out("dumpsys", "thermalservice")


# --- wearing and sleeping ---


async def test_a_broadcast_pretends_that_the_headset_is_worn_for_its_duration(quest: Headset) -> None:
    quest.state.proximity.worn = False
    assert "\nState: HEADSET_UNMOUNTED\n" in await quest.out("dumpsys", "vrpowermanager")
    await quest.out(
        "am", "broadcast", "-a", "com.oculus.vrpowermanager.prox_close", "--ei", "duration", "5000"
    )
    text = await quest.out("dumpsys", "vrpowermanager")
    assert "Virtual proximity state: CLOSE\n" in text
    assert "\nState: HEADSET_MOUNTED\n" in text
    quest.now += 5
    assert "Virtual proximity state: DISABLED\n" in await quest.out("dumpsys", "vrpowermanager")


async def test_automation_disable_gives_the_sensor_back(quest: Headset) -> None:
    await quest.out("am", "broadcast", "-a", "com.oculus.vrpowermanager.prox_close")
    await quest.out("am", "broadcast", "-a", "com.oculus.vrpowermanager.automation_disable")
    text = await quest.out("dumpsys", "oculus.internal.power.IVrPowerManager/default")
    assert "Virtual proximity state: DISABLED\n" in text


@pytest.mark.parametrize(
    ("keys", "wakefulness"),
    [
        (["223"], "Asleep"),
        (["KEYCODE_SLEEP", "KEYCODE_WAKEUP"], "Awake"),
        (["26"], "Asleep"),
        (["3"], "Awake"),
    ],
)
async def test_keys_put_the_headset_to_sleep_and_wake_it(
    quest: Headset, keys: list[str], wakefulness: str
) -> None:
    for key in keys:
        await quest.out("input", "keyevent", key)
    assert f"mWakefulness={wakefulness}\n" in await quest.out("dumpsys", "power")


async def test_stay_on_is_a_setting_that_can_be_read_back(quest: Headset) -> None:
    await quest.out("svc", "power", "stayon", "true")
    assert await quest.out("settings", "get", "global", "stay_on_while_plugged_in") == "7\n"


async def test_settings_are_kept_and_unknown_ones_are_null(quest: Headset) -> None:
    assert await quest.out("settings", "get", "system", "nothing") == "null\n"
    await quest.out("settings", "put", "system", "screen_off_timeout", "600000")
    assert await quest.out("settings", "get", "system", "screen_off_timeout") == "600000\n"
    assert await quest.out("settings", "delete", "system", "screen_off_timeout") == "Deleted 1 rows\n"


# --- packages and activities ---


async def test_installed_packages_are_listed(quest: Headset) -> None:
    assert "package:com.oculus.browser\n" in await quest.out("pm", "list", "packages")
    assert await quest.out("pm", "list", "packages", "browser") == "package:com.oculus.browser\n"
    assert re.fullmatch(
        r"package:/data/app/\S+\.apk=com\.oculus\.browser\n",
        await quest.out("pm", "list", "packages", "-f", "browser"),
    )


async def test_the_path_of_a_missing_package_is_silence_and_exit_code_1(quest: Headset) -> None:
    assert (await quest.out("pm", "path", "com.oculus.browser")).endswith("/base.apk\n")
    assert await quest.run("pm", "path", "no.such") == Answer(code=1)


async def test_an_address_opens_the_headsets_browser(quest: Headset) -> None:
    out = await quest.out(
        "am", "start", "-p", "com.oculus.browser", "-a", "android.intent.action.VIEW", "-d", PAGE
    )
    assert out == f"Starting: Intent {{ act=android.intent.action.VIEW dat={PAGE} pkg=com.oculus.browser }}\n"
    assert quest.player.shown == PAGE


async def test_ending_the_browser_closes_the_page(quest: Headset) -> None:
    await quest.out("am", "start", "-a", "android.intent.action.VIEW", "-d", PAGE, "com.oculus.browser")
    await quest.out("am", "force-stop", "com.oculus.browser")
    assert quest.player.shown is None


async def test_ending_another_package_leaves_the_page(quest: Headset) -> None:
    await quest.out("am", "start", "-d", PAGE)
    await quest.out("am", "force-stop", "com.oculus.tv")
    assert quest.player.shown == PAGE


async def test_the_package_that_is_home_can_be_asked_for(quest: Headset) -> None:
    home = ("-a", "android.intent.action.MAIN", "-c", "android.intent.category.HOME")
    told = await quest.run("cmd", "package", "resolve-activity", "--brief", *home)
    assert told.out.splitlines()[-1] == "com.android.launcher3/.Launcher"


async def test_an_unknown_package_is_an_error_as_android_words_it(quest: Headset) -> None:
    answer = await quest.run("am", "start", "-p", "org.none", "-a", "android.intent.action.VIEW", "-d", PAGE)
    assert "Error: Activity not started, unable to resolve Intent { " in answer.err
    assert quest.player.shown is None
    answer = await quest.run("am", "start", "-n", "org.none/.Main")
    assert "Error: Activity class {org.none/.Main} does not exist." in answer.err


async def test_a_film_is_started_in_another_player_and_only_noted(quest: Headset) -> None:
    await quest.out(
        "am",
        "start",
        "-a",
        "android.intent.action.VIEW",
        "-d",
        "file:///sdcard/film_TB.mp4",
        "-t",
        "video/mp4",
    )
    assert quest.player.shown is None
    assert any("film_TB.mp4" in word for command in quest.state.recorded for word in command)


async def test_a_browser_that_fails_is_an_error(quest: Headset) -> None:
    quest.player.fails = True
    answer = await quest.run("am", "start", "-d", PAGE)
    assert (answer.code, answer.err) == (1, "Error: it crashed\n")


async def test_a_command_that_android_lacks_is_not_found(quest: Headset) -> None:
    assert (await quest.run("systemctl", "status")).code == 127
