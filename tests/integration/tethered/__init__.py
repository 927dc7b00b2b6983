"""Headsets that cannot run the agent, on a cable."""
