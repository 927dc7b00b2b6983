"""What a headset tells of itself, in words: for whoever asks for details."""

from __future__ import annotations

from trainer_app.domain.headset_state import Controller, HeadsetFacts, Wifi
from trainer_app.texts.catalogue import Texts

_GOOD_DBM, _FAIR_DBM = -60, -72
"""A film does not go over it, only the laptop's words do; below the second they begin to be late."""


def details_in_words(facts: HeadsetFacts, texts: Texts) -> dict[str, str]:
    """By name: ``controllers``, ``system``, ``wifi``, ``temperature``; what is not known is empty."""
    return {
        "controllers": ", ".join(_controller(one, texts) for one in facts.controllers),
        "system": _system(facts, texts),
        "wifi": "" if facts.wifi is None else _wifi(facts.wifi, texts),
        "temperature": ""
        if facts.temperature_c is None
        else texts("headset.celsius", celsius=round(facts.temperature_c)),
    }


def _controller(one: Controller, texts: Texts) -> str:
    hand = texts(f"headset.hand.{one.hand.value}")
    if one.battery_percent is None:
        return texts("headset.controller_unknown", hand=hand)
    return texts("headset.controller", hand=hand, percent=one.battery_percent)


def _system(facts: HeadsetFacts, texts: Texts) -> str:
    if facts.android is None:
        return ""
    if facts.build is None:
        return texts("headset.android", version=facts.android)
    return texts("headset.android_build", version=facts.android, build=facts.build)


def _wifi(wifi: Wifi, texts: Texts) -> str:
    if wifi.on is False:
        return texts("headset.wifi.off")
    if wifi.connected is None:
        return ""
    if not wifi.connected:
        return texts("headset.wifi.not_connected")
    parts = [texts(f"headset.wifi.{_quality(wifi.signal_dbm)}")]
    if wifi.address is not None:
        parts.append(wifi.address)
    return ", ".join(parts)


def _quality(dbm: int | None) -> str:
    if dbm is None:
        return "connected"
    return "good" if dbm >= _GOOD_DBM else "fair" if dbm >= _FAIR_DBM else "poor"
