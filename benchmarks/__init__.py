"""Measurements, one module each: ``python3 dev.py bench NAME`` prints one JSON document."""
