"""The program on the headset. It never imports trainer_app."""
