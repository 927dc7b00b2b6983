"""Avslutning: who was there, what was reached, what is kept; then the record is closed and printed."""
