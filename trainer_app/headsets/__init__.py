"""Everything that speaks to headsets."""
