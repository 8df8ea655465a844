"""Readers: each looks at one file and says what it found as facts."""
