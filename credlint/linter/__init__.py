"""From paths to a report: discover, read, run, suppress. Only the rim of this room touches files and processes."""
