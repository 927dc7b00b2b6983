"""The run screen: a session while it is held."""
