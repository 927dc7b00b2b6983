"""The agent on this computer, for a headset that cannot run it: its process, and its way to the headset."""
