"""What can go wrong between the laptop and a headset's agent, as the user meets it.

Each names the headset by its parameter ``headset`` (the number on it and its serial).
"""

from __future__ import annotations

from trainer_app.domain.errors import EnvironmentProblem, UserMistake


class HeadsetProblem(EnvironmentProblem):
    """Something is wrong with one headset; the others go on."""


class HeadsetVanished(HeadsetProblem):
    """The link was lost while something was under way."""

    key = "playback.vanished"


class AgentNotThere(HeadsetVanished):
    """The headset is there, but nothing listens where its agent should be."""


class AgentSilent(HeadsetProblem):
    """The headset is there, but its agent does not answer."""

    key = "playback.agent_silent"


class HeadsetBusy(HeadsetProblem):
    """Somebody else leads this headset (parameter ``holder``)."""

    key = "playback.busy"


class HeadsetPlays(HeadsetProblem):
    """The headset shows a film; what was asked for would disturb that."""

    key = "playback.plays"


class AgentOfAnotherVersion(HeadsetProblem):
    """The headset runs the agent of another version of SimKoffert, and somebody uses it (``holder``)."""

    key = "playback.other_version"


class AgentRefusesToken(HeadsetProblem):
    """The agent on the headset does not know our token."""

    key = "playback.token"


class RuntimeMissing(HeadsetProblem):
    """The headset has no Python for the agent yet."""

    key = "playback.runtime_missing"


class RuntimeUnfit(HeadsetProblem):
    """The headset cannot run the Python that SimKoffert brings (``detail``)."""

    key = "playback.runtime_unfit"


class CableNeeded(RuntimeUnfit):
    """The headset cannot run the agent, and is on no cable over which it could be reached from here."""

    key = "playback.cable_needed"


class RuntimeHasNoRoom(HeadsetProblem):
    """The agent's Python does not fit on the headset (``needed``, ``free``; bytes)."""

    key = "playback.runtime_room"


class AgentWillNotStart(HeadsetProblem):
    """The agent was started and ended at once, or never listened."""

    key = "playback.agent_start"


class AgentSpeaksStrangely(HeadsetProblem):
    """Something listens on the agent's port that is not our agent."""

    key = "playback.not_agent"


class NoBrowser(HeadsetProblem):
    """The headset has no browser that can show the film."""

    key = "playback.no_browser"


class BrowserSilent(HeadsetProblem):
    """The page did not come up in time."""

    key = "playback.browser_silent"


class BrowserClosed(BrowserSilent):
    """The headset's browser does not open."""

    key = "playback.browser_closed"


class HeadsetAsleep(BrowserSilent):
    """The headset sleeps, and its browser does not open."""

    key = "playback.headset_asleep"


class PageBlocked(BrowserSilent):
    """The browser is there and keeps the page from running."""

    key = "playback.page_blocked"


class PageGone(BrowserSilent):
    """The page was there, and was closed on the headset."""

    key = "playback.page_gone"


class DevToolsMissing(BrowserSilent):
    """The browser cannot be worked from outside, and nobody has pressed the button on its page."""

    key = "playback.no_devtools"


class DevToolsRefused(BrowserSilent):
    """The browser refuses to be worked from outside, and nobody has pressed the button on its page."""

    key = "playback.devtools_refused"


class SeveralBrowsers(BrowserSilent):
    """Several browsers are open, and it is not to be seen which of them has the page."""

    key = "playback.several_browsers"


class WearerAwaited(BrowserSilent):
    """VR waits for whoever wears the headset, who has not done yet what is needed."""

    key = "playback.button_unpressed"


class ConsentUnanswered(WearerAwaited):
    """The browser has asked whoever wears the headset for consent, and has no answer."""

    key = "playback.consent_unanswered"


class VrUnsupported(NoBrowser):
    """The browser is there, and has no VR."""

    key = "playback.vr_unsupported"


class VrEnded(HeadsetProblem):
    """The film was in VR, and VR has been left on the headset."""

    key = "playback.vr_ended"


class VrRefused(HeadsetProblem):
    """The browser does not enter VR."""

    key = "playback.vr_refused"


class GraphicsFailed(HeadsetProblem):
    """The film page is there, and the headset's graphics do not draw it."""

    key = "playback.graphics"


class OwnPlayerMissing(HeadsetProblem):
    """The headset shows films in its own player only, and that does not open the film (``film``)."""

    key = "playback.own_player_missing"


class OwnPlayerClosed(HeadsetProblem):
    """The film was on in the headset's own player, which is not in front any more."""

    key = "playback.own_player_closed"


class FilmNotOnHeadset(HeadsetProblem):
    """The film is to be played, but is not on the headset (``film``)."""

    key = "playback.film_missing"


class FilmNotPlayable(HeadsetProblem):
    """The headset's browser cannot play the film (``film``)."""

    key = "playback.film_not_playable"


class NotReadyInTime(HeadsetProblem):
    """The headset did not become ready (``seconds``)."""

    key = "playback.not_ready"


class HeadsetStorageFull(HeadsetProblem):
    """The film does not fit (``film``, ``needed``, ``free``; bytes)."""

    key = "playback.storage_full"


class HeadsetStorageFault(HeadsetProblem):
    """The headset cannot write its storage (``film``)."""

    key = "playback.storage_fault"


class NoRoomForAgent(HeadsetStorageFull):
    """Not even our own program fits (``needed``: what it takes at most, bytes)."""

    key = "playback.no_room_for_agent"


class AgentNotStored(HeadsetStorageFault):
    """The headset cannot write our own program to its storage."""

    key = "playback.agent_not_stored"


class FilmArrivedCorrupt(HeadsetProblem):
    """The film on the headset is not the film that was sent (``film``)."""

    key = "playback.corrupt"


class AgentFault(HeadsetProblem):
    """The agent could not do what was asked for another reason (``code``)."""

    key = "playback.agent_fault"


class PlaybackStopped(HeadsetProblem):
    """Somebody used *Stopp alt* (``by``)."""

    key = "playback.stopped"


class NoHeadsetLeft(EnvironmentProblem):
    """None of the headsets can go on."""

    key = "playback.none_left"


class NoHeadsetGiven(EnvironmentProblem):
    """No headset is connected and none was named."""

    key = "playback.none_given"


class NoFilmChosen(EnvironmentProblem):
    """A start was asked for, and nobody has said of which film."""

    key = "playback.no_film"


class StartBeyondEnd(UserMistake):
    """The film is over before it would start (``film``, ``start``, ``length``; seconds)."""

    key = "playback.start_beyond_end"


class SourceUnreadable(EnvironmentProblem):
    """The film's file on this laptop cannot be read while it is sent (``film``)."""

    key = "playback.source_unreadable"


class SameHeadset(EnvironmentProblem):
    """Two addresses lead to one headset (``address``, ``headset``)."""

    key = "playback.same_headset"
