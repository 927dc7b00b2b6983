"""Facts and rules of simulation training; standard library only."""
