"""From what is wrong with a headset to the page that helps."""

from __future__ import annotations

from trainer_app.domain.headset_state import HeadsetState
from trainer_app.domain.link_errors import CableLost, UsbDriverMissing, UsbNoAccess
from trainer_app.domain.playback_errors import OwnPlayerClosed, OwnPlayerMissing
from trainer_app.ui.help.finding import topic_for
from trainer_app.ui.help.topics import TOPICS

NOT_CONNECTED = HeadsetState.NOT_CONNECTED


def test_what_is_missing_on_the_computer_has_its_own_page() -> None:
    known = {topic.key for topic in TOPICS}
    assert topic_for(NOT_CONNECTED, UsbNoAccess(headset="4")) == "udev"
    assert topic_for(NOT_CONNECTED, UsbDriverMissing(headset="4")) == "winusb"
    assert {"udev", "winusb"} <= known


def test_what_is_wrong_with_its_own_player_leads_to_the_page_about_that() -> None:
    for problem in (OwnPlayerMissing(headset="5", film="Innkomst"), OwnPlayerClosed(headset="5")):
        assert topic_for(HeadsetState.FAULT, problem) == "own_player"
    assert "own_player" in {topic.key for topic in TOPICS}


def test_every_headset_that_is_not_well_leads_to_a_topic_there_is() -> None:
    known = {topic.key for topic in TOPICS}
    found = {topic_for(state, None) for state in HeadsetState} - {""}
    assert found <= known
    assert topic_for(NOT_CONNECTED, CableLost(headset="4")) == "not_connected"


def test_a_headset_that_is_well_leads_nowhere() -> None:
    assert topic_for(HeadsetState.READY, None) == ""
