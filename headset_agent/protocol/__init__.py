"""What laptop and headset share: messages, clock exchange, time line, ADB framing; sans-IO."""
