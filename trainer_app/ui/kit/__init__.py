"""*Koffert*: the suitcases of the department, what lies in them, and checking them."""
