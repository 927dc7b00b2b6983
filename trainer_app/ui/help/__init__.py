"""The page *Hjelp*."""
