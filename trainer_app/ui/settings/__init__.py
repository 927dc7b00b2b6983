"""The page *Innstillinger*, and the first start."""
