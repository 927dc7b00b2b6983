"""Makes a session ready with the headsets it starts with. Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trainer_app.domain.films import Sha256
from trainer_app.domain.findings import blocking
from trainer_app.domain.kits import HeadsetId
from trainer_app.domain.session_errors import StepBlocked
from trainer_app.domain.sessions import SessionId, SessionState
from trainer_app.looks.tokens import Tone
from trainer_app.services.setting_up import SettingUp
from trainer_app.texts.catalogue import Texts
from trainer_app.ui.office import Services
from trainer_app.ui.session.prepare.models import BannerModel, Way


@dataclass(frozen=True, slots=True, kw_only=True)
class StartWith:
    """What a session starts with.

    Attributes:
        film: What the headsets were filled with; None: the session needs none.
        headsets: Those that take part: they hold the film, or get it in time.
        sizes: Participants in each wave; empty: all at once.
    """

    session_id: SessionId
    film: Sha256 | None
    headsets: Sequence[HeadsetId]
    sizes: tuple[int, ...]


def make_ready(services: Services, start: StartWith) -> None:
    """Freeze the plan and its film, and deal the headsets: all or nothing; on the database worker.

    Raises:
        StepBlocked: something has to be solved first.
        SessionChangedElsewhere: the session was saved by somebody else at this moment.
    """
    with services.stored.together():
        plan = services.planning.plan_of(start.session_id)
        if plan is not None and plan.session.state is SessionState.PLANNED:
            services.planning.make_ready(plan, None, headsets_ready=len(start.headsets))
        # A film of the theme that is taken in after this lies on no headset.
        setting_up = SettingUp(services.stored.settings)
        setting_up.keep(start.session_id, replace(setting_up.read(start.session_id), film=start.film))
        if start.sizes:
            services.assigning.deal(start.session_id, start.headsets, start.sizes)


def refusal(problem: StepBlocked, texts: Texts) -> BannerModel:
    """What has to be solved first, with the way to where it is solved."""
    return BannerModel(
        tone=Tone.DANGER,
        fact=texts(f"{problem.key}.what"),
        cause=" ".join(texts(each.key, **each.params) for each in blocking(problem.findings)),
        button=texts("prepare.banner.plan"),
        way=Way.PLAN,
    )
