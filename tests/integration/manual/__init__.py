"""Headsets that show films in their own player."""
