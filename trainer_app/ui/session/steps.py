"""The views of the three steps, by their names; a step that is not here is not offered."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from trainer_app.ui.session.closing.view import ClosingView
from trainer_app.ui.session.prepare.view import PrepareView
from trainer_app.ui.session.run.view import RunView
from trainer_app.ui.session.step_names import CLOSE, PREPARE, RUN
from trainer_app.ui.session.step_view import MakeStep

STEP_VIEWS: Mapping[str, MakeStep] = MappingProxyType(
    {PREPARE: PrepareView, RUN: RunView, CLOSE: ClosingView}
)
