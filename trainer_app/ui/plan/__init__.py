"""The screen *Plan*: a week of sessions, and the panel in which one is planned."""
