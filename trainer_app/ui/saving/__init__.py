"""Saving a file that a person takes away: where to, and where it is afterwards."""
