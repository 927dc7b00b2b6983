"""What fails a test besides its own assertions: leftovers, unannounced warnings, skips in CI."""
