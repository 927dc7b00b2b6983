"""Constructs the desktop app and runs it; the other half of ``bootstrap``."""
