"""The laptop's side of the agent: bringing it there, talking to it, filling, playing together."""
