"""The page *Rapporter*."""
