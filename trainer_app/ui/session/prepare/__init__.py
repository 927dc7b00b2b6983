"""Klargjøring: from five unknown headsets to a start everyone trusts."""
