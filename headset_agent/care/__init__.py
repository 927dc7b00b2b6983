"""Keeping a headset awake for a session, and putting back whatever that changed, whoever is killed."""
