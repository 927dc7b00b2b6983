"""Which headsets show films in their own player only: those that can show no page in VR, and never will.

A newer headset whose browser is missing is none of them: somebody has to put the browser back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from headset_agent.protocol.browsers import BROWSERS
from trainer_app.headsets.link import HeadsetLink, run

_OUTDATED = frozenset({"pacific"})
"""By ``ro.product.device``: they have a browser of a known name, in which WebXR is not to be had any more.

Oculus Go: "plans to sunset Oculus Go" of 2020-06-23, quoted in Meta's developer pages (Mobile Media Overview,
developer.oculus.com/documentation/native/android/mobile-media-overview).
"""

_HAVE_BROWSERS = frozenset({"monterey", "hollywood", "seacliff", "eureka", "panther"})
"""Quests, which come with a browser that knows WebXR."""

ASK = (
    'echo "maker=$(getprop ro.product.manufacturer)"; echo "pxr=$(getprop pxr.vendorhw.product.model)"; '
    "pm list packages"
)
"""Shell: what :func:`read_kind` reads."""

_ASK_S = 10.0
_TOLD = re.compile(r"^(maker|pxr)=(.*?)\r?$", re.MULTILINE)
_PACKAGE = re.compile(r"^package:(\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a headset says of its make.

    Attributes:
        maker: As ``ro.product.manufacturer``; empty: it does not tell.
        needs_own_player: It shows films in no other way.
    """

    maker: str
    needs_own_player: bool


def may_need_own_player(announced: Mapping[str, str]) -> bool:
    """Whether it is worth asking; ``announced``: the properties that its ADB tells of itself."""
    return announced.get("ro.product.device") not in _HAVE_BROWSERS


def read_kind(answer: str, announced: Mapping[str, str]) -> Kind:
    """Read the answer to :data:`ASK`; a headset that names no package is still starting."""
    told = dict(_TOLD.findall(answer))
    packages = set(_PACKAGE.findall(answer))
    outdated = announced.get("ro.product.device") in _OUTDATED
    # Newer PICOs have this property, and a browser that knows WebXR.
    has_none = bool(packages) and packages.isdisjoint(BROWSERS) and not told.get("pxr")
    return Kind(maker=told.get("maker", "").strip(), needs_own_player=outdated or has_none)


async def kind_of(link: HeadsetLink) -> Kind | None:
    """What a headset says of its make where it shows films in its own player only; None: it knows better.

    Raises:
        LinkLost: the connection is gone.
    """
    if not may_need_own_player(link.properties):
        return None
    answer = await run(link, ASK, timeout_s=_ASK_S)
    kind = read_kind(answer.stdout.decode(errors="replace"), link.properties)
    return kind if kind.needs_own_player else None
