"""The laptop's own view of the film, through VLC."""
