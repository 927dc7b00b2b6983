"""The agent's codes for what goes wrong with a headset's browser, in the terms of people."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from trainer_app.domain.headset_state import Awaited
from trainer_app.domain.playback_errors import (
    BrowserClosed,
    BrowserSilent,
    ConsentUnanswered,
    DevToolsMissing,
    DevToolsRefused,
    GraphicsFailed,
    HeadsetAsleep,
    HeadsetProblem,
    NoBrowser,
    PageBlocked,
    PageGone,
    SeveralBrowsers,
    VrEnded,
    VrRefused,
    VrUnsupported,
    WearerAwaited,
)

BROWSER_PROBLEMS: Mapping[str, type[HeadsetProblem]] = MappingProxyType(
    {
        "no_browser": NoBrowser,
        "browser_closed": BrowserClosed,
        "headset_asleep": HeadsetAsleep,
        "browser_silent": BrowserSilent,
        "page_blocked": PageBlocked,
        "page_gone": PageGone,
        "no_devtools": DevToolsMissing,
        "devtools_refused": DevToolsRefused,
        "several_browsers": SeveralBrowsers,
        "xr_unsupported": VrUnsupported,
        "xr_refused": VrRefused,
        "xr_gesture": WearerAwaited,
        "xr_ended": VrEnded,
        "graphics": GraphicsFailed,
        "consent_unanswered": ConsentUnanswered,
        "button_unpressed": WearerAwaited,
    }
)
"""By :class:`~headset_agent.protocol.messages.Failed`'s code."""

AWAITED: Mapping[str, Awaited] = MappingProxyType(
    {"consent_awaited": Awaited.CONSENT, "button_awaited": Awaited.BUTTON}
)
"""By the code of the event that says so."""
