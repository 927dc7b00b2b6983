"""The agent beside the laptop's program."""
