"""The drawings of fix cards and help pages."""
