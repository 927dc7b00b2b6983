#!/usr/bin/env python3
"""Builds the headset runtime: ``python packaging/build_runtime.py``; see README.md beside this file."""

from __future__ import annotations

import sys

from headset_runtime.command import main

if __name__ == "__main__":
    sys.exit(main())
