"""Tokens made into Qt: fonts, icons, colours, style sheet, focus ring."""
