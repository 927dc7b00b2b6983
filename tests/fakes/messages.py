"""One message of every kind, with every field set, by the conversation it belongs to."""

from __future__ import annotations

import msgspec

from headset_agent.protocol import messages as m
from headset_agent.protocol import page_messages
from headset_agent.protocol.care import Change, Kind
from headset_agent.protocol.care_messages import CareNow, KeepAwake, LetSleep
from headset_agent.protocol.playing import (
    Action,
    FilmRef,
    PageState,
    Picture,
    Plan,
    PlayMode,
    Projection,
    Stereo,
)

FILM = FilmRef(
    sha256="ab" * 32,
    duration_s=312.5,
    projection=Projection.EQUIRECT_180,
    stereo=Stereo.LEFT_RIGHT,
)
PLAN = Plan(
    plan_id="5f3a",
    revision=7,
    action=Action.PLAY,
    anchor_ns=7_205_123_456_789_012,
    position_s=12.25,
    rate=1.0000625,
    film=FILM,
)
REPORT = page_messages.PageReport(
    plan_id="5f3a",
    revision=7,
    state=PageState.STALLED,
    at_ms=7_205_123_456.25,
    at_uncertainty_ms=0.375,
    position_s=12.5,
    playback_rate=1.03125,
    immersive=True,
    visible="visible-blurred",
    yaw_deg=-45.5,
    pitch_deg=10.25,
    presented_ms=7_205_123_440.5,
    presented_s=12.46875,
    rate_changes=3,
    seeks=1,
    stalls=2,
    dropped_frames=4,
    started_ms=7_205_111_206.25,
    dark=True,
    silent=True,
    picture=Picture.LAYER,
)
CHANGE = Change(kind=Kind.SETTING, name="system/screen_off_timeout", ours="14400000", former="15000")
TEXTS = {"calm": "Sett deg godt til rette. Æøå."}
FOLLOWING = FilmRef(sha256="cd" * 32, duration_s=60.0)

AGENT_TO_PAGE: tuple[msgspec.Struct, ...] = (
    page_messages.PageWelcome(
        version=1, lang="nb", number=3, colour="#1B5E20", ink="#FFFFFF", texts=TEXTS, tethered=True
    ),
    page_messages.PagePlan(
        plan_id="5f3a",
        revision=7,
        action=Action.PLAY,
        anchor_ms=7_205_123_456.75,
        position_s=12.25,
        rate=1.0000625,
        film=FILM,
        film_url="/film/" + "ab" * 32 + "?token=t",
        then=(FOLLOWING,),
        then_urls=("/film/" + "cd" * 32 + "?token=t",),
        loops=True,
    ),
    page_messages.PagePong(seq=4, t1=1000.5, t2=7_205_123_456.25, t3=7_205_123_456.5),
    page_messages.PageStop(seq=2),
    page_messages.PageIdentify(seconds=5.0),
    page_messages.PageText(text="Snart stopp. Æøå.", seconds=8.5),
    page_messages.PageRecentre(),
    page_messages.PageVolume(level=0.75),
)
PAGE_TO_AGENT: tuple[msgspec.Struct, ...] = (
    page_messages.PageHello(
        version=1, user_agent="Browser/1", xr=True, layers=True, video_frame_callback=True, max_texture=8192
    ),
    page_messages.PagePing(seq=4, t1=1000.5),
    REPORT,
    page_messages.PageStopped(seq=2, at_ms=7_205_123_456.25),
    page_messages.PageProblem(code="film_not_playable", detail="no decoder"),
)
REQUESTS: tuple[msgspec.Struct, ...] = (
    m.Hello(
        protocol=1, build="b" * 64, token="t", role=m.Role.CONTROL, client="c1", holder="SimKoffert på pc-042"
    ),
    m.AskStatus(id=1),
    m.Configure(id=2, number=3, lang="nb", colour="#1B5E20", ink="#FFFFFF", texts=TEXTS),
    m.OpenPlayer(id=3, timeout_s=30.5),
    m.SetPlan(id=4, plan=PLAN),
    m.Identify(id=5, seconds=2.5),
    m.ShowText(id=6, text="Snart stopp. Æøå.", seconds=8.5),
    m.Recentre(id=6),
    m.SetVolume(id=6, level=0.75),
    m.Heartbeat(id=7),
    m.Release(id=8),
    m.Shutdown(id=9),
    m.ClockPing(seq=10, t1=123_456_789_012_345),
    m.StopNow(id=11),
    m.FilmBegin(
        id=12,
        sha256="ab" * 32,
        size=4_000_000_000,
        title="Innkomst på kvelden",
        suffix=".webm",
        blake3="b3" * 32,
    ),
    m.FilmStream(id=13, sha256="ab" * 32, offset=4_194_304),
    m.FilmCommit(id=14, sha256="ab" * 32),
    m.FilmList(id=15),
    m.FilmRemove(id=16, sha256="ab" * 32),
    KeepAwake(id=17),
    LetSleep(id=18),
)
FROM_AGENT: tuple[msgspec.Struct, ...] = (
    m.Welcome(protocol=1, build="b" * 64, pid=4711, lease_epoch=2),
    m.Refused(code="lease", holder="SimKoffert på pc-042", retry_ms=1500, detail="d"),
    m.Done(id=1),
    m.Failed(id=2, code="storage_full", detail="d"),
    m.ClockPong(seq=3, t1=123_456_789_012_345, t2=7_205_123_456_789_012, t3=7_205_123_456_799_012),
    m.PlayerOpen(id=4, mode=PlayMode.VR, immersive=True, user_agent="Browser/1"),
    m.Stopped(id=5, page=True),
    m.Status(id=6, state=PageState.PAUSED, film="ab" * 32, position_s=12.5, holder="pc-042", plan=PLAN),
    m.FilmOffset(id=7, offset=4_194_304, verified=False, free_bytes=64_000_000_000),
    m.Films(
        id=8,
        films=[m.FilmEntry(sha256="ab" * 32, size=4_000_000_000, verified=True, title="Innkomst")],
        free_bytes=64_000_000_000,
    ),
    m.Report(at_ns=7_205_123_456_789_012, page=REPORT),
    m.PlayerGone(),
    m.Problem(code="film_not_playable", detail="no decoder"),
    m.WasStopped(plan_id="5f3a", by="SimKoffert på pc-042"),
    m.LeaseLost(holder="SimKoffert på pc-042"),
    CareNow(id=9, changes=[CHANGE]),
    m.FilmStored(offset=8_388_608),
    m.FilmBroken(code="storage_full", detail="d"),
)

CONVERSATIONS: dict[str, tuple[msgspec.Struct, ...]] = {
    "agent_to_page": AGENT_TO_PAGE,
    "page_to_agent": PAGE_TO_AGENT,
    "laptop_to_agent": REQUESTS,
    "agent_to_laptop": FROM_AGENT,
}
