"""The film in a window of its own: on the laptop, or on a projector for those who watch on a screen."""
