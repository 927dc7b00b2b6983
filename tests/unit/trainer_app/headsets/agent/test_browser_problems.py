"""Every code that a headset's browser or film page can fail with has words of its own."""

from __future__ import annotations

import inspect
import re
from importlib.resources import files

from headset_agent import browser, entering
from headset_agent.protocol.messages import Failed
from trainer_app.headsets.agent.browser_problems import BROWSER_PROBLEMS


def _raised() -> set[str]:
    """By the agent: the codes it names where it gives up."""
    source = inspect.getsource(browser) + inspect.getsource(entering)
    raised = re.findall(r"(?:BrowserError|NotInVr)\(([^\n]*)", source)
    return {code for words in raised for code in re.findall(r'"([a-z]+_[a-z_]+)"', words)}


def _said_by_the_page() -> set[str]:
    """Of VR and of drawing."""
    web = files("headset_agent") / "web"
    source = "".join(path.read_text() for path in web.iterdir() if path.name.endswith(".js"))
    return set(re.findall(r"'(xr_[a-z]+|graphics)'", source))


def test_every_code_has_a_problem() -> None:
    codes = _raised() | _said_by_the_page()
    assert {"no_browser", "several_browsers", "xr_gesture", "xr_ended", "graphics"} <= codes
    assert codes <= BROWSER_PROBLEMS.keys()


def test_the_protocol_names_no_other_of_browser_and_vr() -> None:
    _, _, told = (Failed.__doc__ or "").partition("of the browser")
    codes = set(re.findall(r"``([a-z_]+)``", told))
    assert codes
    assert codes <= BROWSER_PROBLEMS.keys()
