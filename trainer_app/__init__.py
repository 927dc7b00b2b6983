"""SimKoffert: the facilitator's desk for VR-triggered simulation training."""
