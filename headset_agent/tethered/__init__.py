"""The agent on the laptop, for a headset that cannot run it and hangs on a cable."""
