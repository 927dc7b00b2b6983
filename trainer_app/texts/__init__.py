"""The one catalogue of texts, nb and en, for command line, reports, app and player page (no Qt)."""
