"""How Python is read: triage, screen, LibCST by statement on demand, evaluation, facts."""
