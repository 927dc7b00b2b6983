"""Widgets that know no screen: each takes a look and values, and emits signals."""
