"""The command line: parsing, calling, and saying what came of it; nothing else."""
