"""For all tests: the guards, and how hypothesis searches."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

from tests.guards.surroundings import in_ci

pytest_plugins = ["tests.guards.plugin", "tests.guards.workers", "tests.fakes.databases", "pytester"]

# No deadline and no complaint about slow generation: a busy machine is not a bug in the product.
settings.register_profile("local", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# CI tries the same examples every time, so that a red run is caused by the change it judges and not by luck.
# New examples are tried on every developer's machine (profile "local"); what they find becomes an @example.
settings.register_profile("ci", settings.get_profile("local"), derandomize=True, print_blob=True)
# For a long search by hand: HYPOTHESIS_PROFILE=search python3 dev.py test tests/unit
settings.register_profile("search", settings.get_profile("local"), max_examples=5000)

settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if in_ci() else "local"))
