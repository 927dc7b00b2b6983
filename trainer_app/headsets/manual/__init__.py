"""The last way to show a film: a headset's own video player. Not synchronised, and it says so everywhere."""
