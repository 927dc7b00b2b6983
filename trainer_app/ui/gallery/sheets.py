"""All sheets by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from trainer_app.texts.catalogue import Texts
from trainer_app.ui.gallery.component_sheet import component_sheet
from trainer_app.ui.gallery.ready_sheet import ready_sheet
from trainer_app.ui.gallery.run_sheet import run_sheet
from trainer_app.ui.gallery.sheet import Sheet
from trainer_app.ui.gallery.tile_sheet import tile_sheet
from trainer_app.ui.gallery.week_sheet import week_sheet
from trainer_app.ui.theme.look import Look

SHEETS: Mapping[str, Callable[[Look, Texts], Sheet]] = MappingProxyType(
    {
        "components": component_sheet,
        "tiles": tile_sheet,
        "ready": ready_sheet,
        "run": run_sheet,
        "week": week_sheet,
    }
)
