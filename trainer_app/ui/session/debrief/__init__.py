"""The debrief: the prompt in focus, where in the film notes were written, and what is gathered."""
