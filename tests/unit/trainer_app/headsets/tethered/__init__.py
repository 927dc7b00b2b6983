"""The laptop's side of an agent that runs beside it."""
