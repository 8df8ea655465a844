"""The small model of credential facts that every reader fills and every rule reads: no I/O, no parser."""
