"""What can be made to go wrong with a virtual headset, at a chosen moment or by hand, and how it heals."""
