"""The visual design's values (tokens.json): the one source of colours, type and spacing."""
