"""A virtual headset: an ADB daemon, a shell of stand-ins and a player, in a process of its own (Linux).

Nothing of it is needed on a real headset. The agent gets into it only as it would into a real one: pushed by
ADB, started by a shell command.
"""
