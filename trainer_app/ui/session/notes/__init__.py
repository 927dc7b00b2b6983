"""Notes while a session is held: the field they are written in, and how many there are."""
