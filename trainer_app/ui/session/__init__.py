"""The page of one session: klargjøring, gjennomføring, avslutning."""
