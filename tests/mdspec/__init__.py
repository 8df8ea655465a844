"""Specs in Markdown: read, linted and compared with what their comments say."""
