"""The parts of :class:`trainer_app.services.live_kit.LiveKit`."""
