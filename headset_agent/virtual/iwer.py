"""The WebXR emulator (npm package ``iwer``). It is not shipped: it serves the virtual headset only."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_cache_dir

from headset_agent.virtual.npm import PackageMissing, bring

VERSION = "2.5.0"
"""The emulator's version; the page's tests are written against its behaviour."""


def emulator_script(cache: Path | None = None) -> Path:
    """Return the path of the emulator's script, brought when it is not in the cache yet; see :func:`bring`.

    Raises:
        PackageMissing: it could not be brought.
    """
    home = (cache or Path(user_cache_dir("simkoffert"))) / f"iwer-{VERSION}"
    bring(home, f"iwer@{VERSION}")
    script = home / "node_modules/iwer/build/iwer.min.js"
    if not script.is_file():
        raise PackageMissing(f"npm ended well, but {script} is not there")
    return script
