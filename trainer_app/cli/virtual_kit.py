"""``simkoffert virtual-kit``: becomes the program that runs virtual headsets (a process apart by design)."""

from __future__ import annotations

import os
import subprocess
import sys
from argparse import Namespace

from trainer_app.headsets.rehearsal import kit_command


def become_virtual_kit(parsed: Namespace) -> int:
    """Run the virtual headsets in the foreground until SIGINT or SIGTERM."""
    command = kit_command(
        count=parsed.count,
        base_port=parsed.base_port,
        player=parsed.player,
        require_auth=parsed.require_auth,
        clock_skew=parsed.clock_skew,
        root=parsed.root,
        faults=parsed.faults,
    )
    if sys.platform != "win32":
        os.execv(command[0], command)
    return subprocess.call(command)
