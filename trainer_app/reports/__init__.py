"""Reports on paper (PDF) and for spreadsheets (CSV)."""
