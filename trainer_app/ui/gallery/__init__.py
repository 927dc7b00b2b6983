"""Renders the widgets as sheets, to lay beside the designer's pictures (a tool for developers)."""
