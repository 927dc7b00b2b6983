"""The screen *I dag*: the next session, and what needs the facilitator."""
