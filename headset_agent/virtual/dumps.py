"""What ``dumpsys`` and ``df`` print, made of a headset's state and the sample outputs."""

from __future__ import annotations

import re

from headset_agent.virtual import samples
from headset_agent.virtual.own_player import HOME
from headset_agent.virtual.state import HeadsetState

FULL_CHARGE_UAH = 4_900_000
_INET = re.compile(r"(\binet )\d+\.\d+\.\d+\.\d+")
_QUEST_POWER = ("vrpowermanager", "oculus.internal.power.IVrPowerManager/default")


def dump(state: HeadsetState, service: str) -> str | None:
    """Return what a service says of itself; None when this model has no such service."""
    match service:
        case "battery":
            return _battery(state)
        case "thermalservice":
            return _thermal(state)
        case "power":
            return _power(state)
        case "activity" | "window":
            return _in_front(state, f"dumpsys_{service}.txt")
        case "wifi":
            return samples.render(state.model, "dumpsys_wifi.txt")
    if not state.is_quest:
        return None
    if service in _QUEST_POWER:
        return _vr_power(state)
    return _controllers(state) if service == "OVRRemoteService" else None


def _battery(state: HeadsetState) -> str:
    battery, now = state.battery, state.clock_s()
    level = battery.level(now)
    return samples.render(
        state.model,
        "dumpsys_battery.txt",
        ac=_flag(value=battery.plugged),
        usb="false",
        max_current=1_500_000 if battery.plugged else 0,
        max_voltage=5_000_000 if battery.plugged else 0,
        charge_counter=FULL_CHARGE_UAH * level // 100,
        status=battery.status(now),
        level=level,
        voltage=3500 + 8 * level,
        temperature=battery.tenths_celsius,
    )


def _thermal(state: HeadsetState) -> str:
    celsius = state.battery.tenths_celsius / 10
    return samples.render(
        state.model,
        "dumpsys_thermalservice.txt",
        thermal_status=0,
        celsius=celsius,
        skin_celsius=celsius + 2.5,
    )


def _power(state: HeadsetState) -> str:
    now = state.clock_s()
    return samples.render(
        state.model,
        "dumpsys_power.txt",
        wakefulness="Awake" if state.awake else "Asleep",
        powered=_flag(value=state.battery.plugged),
        plug_type=int(state.battery.plugged),
        level=state.battery.level(now),
        stay_on=_flag(value=state.settings.get(("global", "stay_on_while_plugged_in"), "0") != "0"),
    )


def _in_front(state: HeadsetState, name: str) -> str:
    package = state.own_player.in_front
    activity = ".Launcher" if package == HOME else ".VideoActivity"
    return samples.render(state.model, name, component=f"{package}/{activity}")


def _vr_power(state: HeadsetState) -> str:
    now = state.clock_s()
    log = "\n".join(
        f"  {at:.2f}s ({now - at:.2f}s ago) - received {broadcast} broadcast: duration={ms}"
        for at, broadcast, ms in reversed(state.proximity.log)
    )
    return samples.render(
        state.model,
        "dumpsys_vrpowermanager.txt",
        proximity="CLOSE" if state.proximity.is_overridden(now) else "DISABLED",
        mount_state=_mount_state(state),
        idle_state="Not idle" if state.awake else "Idle",
        proximity_log=log,
    )


def _mount_state(state: HeadsetState) -> str:
    if not state.awake:
        return "STANDBY"
    return "HEADSET_MOUNTED" if state.is_mounted() else "HEADSET_UNMOUNTED"


def _controllers(state: HeadsetState) -> str:
    left, right = _controller_levels(state)
    return samples.render(
        state.model, "dumpsys_ovrremoteservice.txt", left_controller=left, right_controller=right
    )


def _controller_levels(state: HeadsetState) -> tuple[int, int]:
    level = state.battery.level(state.clock_s())
    return min(100, level + 10), min(100, level + 5)


def controllers_as_json(state: HeadsetState) -> str | None:
    """Return what ``rstest info --json`` prints; None where there is no such command."""
    if not samples.exists(state.model, "rstest_info.txt"):
        return None
    left, right = _controller_levels(state)
    return samples.render(state.model, "rstest_info.txt", left_controller=left, right_controller=right)


def address(state: HeadsetState) -> str:
    """Return what ``ip -o -4 addr show wlan0`` prints."""
    text = samples.render(state.model, "ip_addr.txt")
    return text if state.wifi_address is None else _INET.sub(rf"\g<1>{state.wifi_address}", text)


def file_systems(model: str, total_bytes: int, free_bytes: int) -> str:
    """Return what ``df`` prints of the headset's one file system."""
    used = max(0, total_bytes - free_bytes)
    return samples.render(
        model,
        "df.txt",
        total_k=total_bytes // 1024,
        used_k=used // 1024,
        free_k=free_bytes // 1024,
        percent=round(100 * used / total_bytes),
    )


def _flag(*, value: bool) -> str:
    return "true" if value else "false"
