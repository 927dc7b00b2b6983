"""Builds the headset runtime: a Python for 64-bit ARM that needs nothing of the headset it runs on.

``lock`` names what goes in, ``debian`` and ``wheels`` bring it, ``tree`` lays it out, ``compiling`` compiles
it, ``archive`` packs it so that the same inputs give the same bytes, ``command`` is what a person starts.
"""
