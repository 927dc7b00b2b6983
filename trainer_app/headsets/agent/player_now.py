"""What a member's page reports, in the services' terms."""

from __future__ import annotations

from collections.abc import Iterable

from headset_agent.protocol.gaze import direction_of
from headset_agent.protocol.page_messages import PageReport
from headset_agent.protocol.playing import PageState
from trainer_app.domain.absences import AbsenceCause
from trainer_app.domain.headset_state import Showing
from trainer_app.domain.live_kit import Gaze
from trainer_app.domain.seen_picture import PictureWay
from trainer_app.domain.tracks import Track
from trainer_app.services.headset_port import PlayerNow

_SHOWING = {
    PageState.PLAYING: Showing.FILM,
    PageState.STALLED: Showing.FILM,
    PageState.PAUSED: Showing.PAUSED_FILM,
    PageState.FAILED: Showing.FAULT,
}

_WORN = ("visible", "visible-blurred")
"""WebXR's visibility states in which somebody looks; blurred is the headset's own menu before the film."""

_STALE_NS = 500_000_000


def showing_of(state: PageState | None) -> Showing:
    """What a page in this state shows."""
    return Showing.NOTHING if state is None else _SHOWING.get(state, Showing.NOTHING)


def player_now(page: PageReport | None) -> PlayerNow:
    """What a page does, as far as others need to know."""
    if page is None:
        return PlayerNow()
    in_vr = page.immersive or page.visible is not None
    return PlayerNow(
        showing=showing_of(page.state),
        position_s=page.position_s,
        worn=page.visible in _WORN if in_vr else None,
        gaze=gaze_of(page),
        heard=True,
        in_vr=in_vr,
    )


def gaze_of(page: PageReport) -> Gaze | None:
    """Where the wearer looks, as far as a page tells and what it tells is a direction."""
    if page.yaw_deg is None or page.pitch_deg is None:
        return None
    found = direction_of(page.yaw_deg, page.pitch_deg)
    return None if found is None else Gaze(yaw_deg=found.yaw_deg, pitch_deg=found.pitch_deg)


def tells_news(before: PageReport, after: PageReport) -> bool:
    """Whether more has changed than where the film is and where the wearer looks."""
    return (
        before.state is not after.state
        or before.plan_id != after.plan_id
        or before.immersive != after.immersive
        or before.visible != after.visible
    )


def is_seen(page: PageReport | None) -> bool:
    """Whether somebody has before their eyes what a page shows in VR."""
    now = player_now(page)
    return now.heard and now.in_vr and now.worn is not False


def why_unseen(page: PageReport) -> AbsenceCause | None:
    """Why nobody sees the film that a page plays, as far as the page knows; None: somebody does."""
    now = player_now(page)
    if not now.in_vr:
        return AbsenceCause.NOT_IN_VR
    return AbsenceCause.TAKEN_OFF if now.worn is False else None


def picture_way(page: PageReport) -> PictureWay | None:
    """How the page shows the film; None: it is not to be seen in VR."""
    return PictureWay(page.picture.value) if page.picture else None


def picture_behind_ms(page: PageReport) -> float | None:
    """How long after the film's position its frame is seen; None: this browser does not tell of frames."""
    if page.presented_ms is None or page.presented_s is None or page.state is not PageState.PLAYING:
        return None
    then_s = page.position_s + (page.presented_ms - page.at_ms) * 1e-3 * page.playback_rate
    return (then_s - page.presented_s) * 1e3


def spread_now_ms(tracks: Iterable[Track], at_ns: int) -> float | None:
    """Distance between first and last of those that were heard a moment ago; None of fewer than two."""
    last = [track.samples[-1] for track in tracks if track.samples]
    positions = [s.position_s + (at_ns - s.at_ns) * 1e-9 for s in last if at_ns - s.at_ns < _STALE_NS]
    return (max(positions) - min(positions)) * 1e3 if len(positions) >= 2 else None
