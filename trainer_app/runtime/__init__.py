"""Threads: the loop that waits, the worker that writes, and the way back to the screen."""
